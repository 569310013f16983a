import {
  type ConversionReport,
  countDiagnostics,
  hasErrors,
  isFailure,
  renderDiagnostics,
  renderReport,
  sortDiagnostics,
  type Verdict,
} from '../index.js';
import { convertAsAsked } from './conversion.js';
import type { ConversionFlags } from './conversion-flags.js';
import { exitCodes } from './exit-codes.js';
import { type DiagnosticFormat, formatDiagnostics } from './formats.js';
import type { Io } from './io.js';
import { Progress } from './progress.js';
import { reportOn, whereIs, writeReport } from './report.js';

/** What the command line says to `audit`. */
export interface AuditFlags extends Omit<ConversionFlags, 'keepGoing'> {
  readonly report?: string;
  readonly format: 'text' | 'json' | 'markdown' | DiagnosticFormat;
  readonly strict?: boolean;
}

/** Where the report goes if nobody says so. */
const usualFolder = 'report';

/**
 * The command `audit`: converts in memory, and reports how far that goes and what is left to do.
 *
 * @returns the exit code: 1 if something would have to be left out, or with `--strict` needs a hand.
 */
export async function runAudit(source: string, flags: AuditFlags, io: Io): Promise<number> {
  const progress = new Progress(io, flags);
  const converted = await convertAsAsked(source, { ...flags, keepGoing: true }, io, progress);
  const { definitions, diagnostics } = converted;
  const report = reportOn(converted, source, diagnostics);
  // In a wrong folder nobody looks for a report, and an earlier one may be there.
  const isAnything = definitions.strata.length > 0 || definitions.systems.length > 0;
  const folder = flags.report ?? (flags.format === 'text' && isAnything ? usualFolder : undefined);
  const write = () => writeReport(report, folder!);
  const writing = folder === undefined ? [] : await progress.stage('writing the report', write);
  const all = sortDiagnostics([...diagnostics, ...writing]);
  if (flags.format === 'json') io.stdout((await renderReport(report)).get('report.json')!);
  else if (flags.format === 'markdown') io.stdout((await renderReport(report)).get('report.md')!);
  else if (flags.format !== 'text') io.stdout(formatDiagnostics(flags.format, all, source));
  else {
    io.stderr(renderDiagnostics(all.filter(isFailure), definitions.files, { colour: io.colour, limit: 10 }));
    io.stdout(summary(report, countDiagnostics(all)));
  }
  if (folder !== undefined && !flags.quiet && !hasErrors(writing)) io.stderr(whereIs(folder));
  if (report.status === 'failed' || hasErrors(writing)) return exitCodes.failed;
  const needsHand = all.some(({ severity }) => severity === 'manual' || severity === 'error');
  return hasErrors(all) || (flags.strict && needsHand) ? exitCodes.needsHand : exitCodes.done;
}

function summary({ totals, systems }: ConversionReport, counts: string): string {
  const { total, exact, approximate, manual, leftOut } = totals.elements;
  const judged = (verdict: Verdict) => systems.filter((system) => system.verdict === verdict).length;
  const rows = [
    ['', 'total', 'exact', 'approximate', 'needs a hand', 'left out'],
    ['elements', total, exact, approximate, manual, leftOut],
    ['systems', systems.length, judged('exact'), judged('approximate'), judged('manual'), judged('left-out')],
  ];
  const width = (column: number) => Math.max(...rows.map((row) => `${row[column]}`.length));
  const lines = rows.map(([head, ...cells]) =>
    [`${head}`.padEnd(width(0)), ...cells.map((cell, i) => `${cell}`.padStart(width(i + 1)))].join('  '),
  );
  return `${lines.join('\n')}\n${counts === '' ? 'nothing to do' : counts}\n`;
}
