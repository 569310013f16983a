import { counted } from '../counted.js';
import {
  type ConflictChoice,
  countDiagnostics,
  type Diagnostic,
  hasErrors,
  isFailure,
  renderDiagnostics,
  sortDiagnostics,
  type WriteResult,
  writeProject,
} from '../index.js';
import { convertAsAsked, projectAsAsked } from './conversion.js';
import type { ConversionFlags } from './conversion-flags.js';
import type { AskedConversion } from './convert-prepared.js';
import { exitCodes } from './exit-codes.js';
import type { DiagnosticFormat } from './formats.js';
import type { Io } from './io.js';
import { Progress } from './progress.js';

/** What the command line says to `convert`. */
export interface ConvertFlags extends ConversionFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** What stdout is for. */
  readonly format: 'text' | 'json' | DiagnosticFormat;
  /** The folder for a report. */
  readonly report?: string;
  readonly strict?: boolean;
  readonly force?: boolean;
  readonly onConflict: ConflictChoice;
  readonly all?: boolean;
}

/** How many diagnostics of each code are shown unless all are asked for. */
const SHOWN = 10;

/** The command `convert`: reads, converts, writes, and says what it did. Returns the exit code. */
export async function runConvert(
  source: string,
  target: string,
  flags: ConvertFlags,
  io: Io,
): Promise<number> {
  const progress = new Progress(io, flags);
  // A report needs all that the project was made of.
  const whole = flags.report === undefined ? undefined : await convertAsAsked(source, flags, io, progress);
  const asked = whole ?? (await projectAsAsked(source, flags, io, progress));
  const { definitions, elements, files, diagnostics } = asked;
  const write = () =>
    writeProject(files!, target, {
      definitionsDirectory: source,
      dryRun: flags.dryRun === true,
      force: flags.force === true,
      onConflict: flags.onConflict,
    });
  const result = files ? await progress.stage('writing the project', write) : undefined;
  const found = [...diagnostics, ...(result?.diagnostics ?? [])];
  const report = async (made: AskedConversion) => {
    const { reportOn, writeReport } = await import('./report.js');
    return writeReport(reportOn(made, source, found), flags.report!);
  };
  const reporting = whole ? await progress.stage('writing the report', () => report(whole)) : [];
  const all = sortDiagnostics([...found, ...reporting]);
  const failed = result === undefined || hasErrors(result.diagnostics);
  const format = flags.json ? 'json' : flags.format;
  const other = format === 'text' || format === 'json' ? undefined : await import('./formats.js');
  progress.timed('telling', () => {
    if (format === 'json') {
      const inForce = { ...flags, ...asked.flags };
      io.stdout(`${JSON.stringify(jsonResult(target, failed, inForce, result, all), null, 2)}\n`);
    } else if (format !== 'text') io.stdout(other!.formatDiagnostics(format, all, source));
    else {
      const limit = flags.all || flags.verbose ? Number.POSITIVE_INFINITY : SHOWN;
      const options = { colour: io.colour, limit, allBy: '--all' };
      // Where nothing was written, what keeps it from being written is what a terminal ends with.
      const last = failed || flags.quiet ? all.filter(isFailure) : [];
      const first = flags.quiet ? [] : all.filter((each) => !last.includes(each));
      const told = [first, last].map((some) => renderDiagnostics(some, definitions.files, options));
      io.stderr(told.filter((text) => text !== '').join('\n'));
      if (flags.dryRun && result) for (const path of result.written) io.stdout(`${path}\n`);
    }
  });
  if (flags.verbose && result) io.stderr(listing(result));
  if (failed || !flags.quiet) io.stderr(`${summary(target, failed, flags, elements, result, all)}\n`);
  if (whole && !flags.quiet && !hasErrors(reporting)) {
    io.stderr((await import('./report.js')).whereIs(flags.report!));
  }
  io.stderr(progress.timings());
  if (failed || hasErrors(reporting)) return exitCodes.failed;
  const needsHand =
    hasErrors(all) ||
    (flags.strict && all.some(({ severity }) => severity === 'manual' || severity === 'error'));
  return needsHand ? exitCodes.needsHand : exitCodes.done;
}

/** One line for each file that was touched, or is the person's. */
function listing(result: WriteResult): string {
  const lists = ['written', 'removed', 'merged', 'kept'] as const;
  const width = Math.max(...lists.map((list) => list.length));
  return lists.flatMap((list) => result[list].map((path) => `${list.padEnd(width)}  ${path}\n`)).join('');
}

function summary(
  target: string,
  failed: boolean,
  { dryRun }: ConvertFlags,
  elements: number,
  result: WriteResult | undefined,
  diagnostics: readonly Diagnostic[],
): string {
  const counts = countDiagnostics(diagnostics);
  if (failed) return `nothing was written: ${counts}`;
  const { written, unchanged, removed, merged, kept } = result!;
  const files = [
    `${written.length} written`,
    ...(unchanged.length > 0 ? [`${unchanged.length} unchanged`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    ...(merged.length > 0 ? [`${merged.length} merged`] : []),
    ...(kept.length > 0 ? [`${kept.length} kept`] : []),
  ].join(', ');
  const done = dryRun ? 'would convert' : 'converted';
  return `${done} to ${target}: ${counted(elements, 'element')} (files: ${files})${counts ? `; ${counts}` : ''}`;
}

/** The result as data: docs/commands.md, "Machine-readable output", tells of every field. */
function jsonResult(
  target: string,
  failed: boolean,
  flags: ConvertFlags,
  result: WriteResult | undefined,
  diagnostics: readonly Diagnostic[],
) {
  return {
    schema: 1,
    status: failed ? 'failed' : flags.dryRun ? 'dry-run' : 'converted',
    project: target,
    buildstream: Number(flags.buildstream),
    files: {
      written: failed ? [] : result!.written,
      unchanged: failed ? [] : result!.unchanged,
      removed: failed ? [] : result!.removed,
      merged: failed ? [] : result!.merged,
      kept: failed ? [] : result!.kept,
    },
    diagnostics,
  };
}
