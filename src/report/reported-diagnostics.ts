import { catalogue, type Entry } from '../diagnostics/catalogue.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/place.js';
import type { Found } from './numbered-diagnostics.js';
import type { ConversionReport, ReportedDiagnostic } from './report.js';

/** At most so many lines are quoted of a place. */
const QUOTED = 8;
/** At most so many characters of each. */
const LONGEST = 500;

/** A diagnostic as the report has it. */
export function reported(
  { id, diagnostic, concerns, step }: Found,
  files: ReadonlyMap<string, string>,
): ReportedDiagnostic {
  const { code, severity, message, hint, place, systems } = diagnostic;
  const { isUnquoted }: Entry = catalogue[code];
  const strata = new Set([...concerns.strata, ...concerns.chunks.map(({ stratum }) => stratum)]);
  return {
    id,
    step,
    code,
    severity,
    message,
    hint,
    place: place ? copyOf(place) : null,
    excerpt: place && !isUnquoted ? excerptOf(place, files.get(place.file) ?? '') : [],
    systems: systems ? [...systems] : concerns.systems.map(({ path }) => path),
    strata: [...strata].map(({ path }) => path),
    chunks: concerns.chunks.map(({ chunk, stratum }) => `${stratum.path}/${chunk.name}`),
    clusters: concerns.clusters.map(({ path }) => path),
  };
}

/** The lines of a place; none for a place that stands for a whole file. */
function excerptOf({ line, column, endLine, endColumn }: Place, text: string): string[] {
  if (line === endLine && column === endColumn) return [];
  const last = endColumn === 1 ? endLine - 1 : endLine;
  const lines = text.split('\n', last).slice(line - 1);
  return lines.slice(0, QUOTED).map((each) => {
    const whole = each.replace(/\r$/, '');
    return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
  });
}

/** How many diagnostics there are of each severity. */
export function countSeverities(diagnostics: readonly Diagnostic[]) {
  const counts = { error: 0, manual: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

/** The codes of some diagnostics and what they mean. */
export function codesOf(diagnostics: readonly Diagnostic[]): ConversionReport['codes'] {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return Object.fromEntries(
    codes.map((code) => {
      const { severity, meaning, advice } = catalogue[code];
      const count = diagnostics.filter((diagnostic) => diagnostic.code === code).length;
      return [code, { severity, count, meaning, advice }];
    }),
  );
}

/** A place without anything else that may be known of it. */
export function copyOf({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}
