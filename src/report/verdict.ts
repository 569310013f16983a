import type { Code } from '../diagnostics/catalogue.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';

/**
 * How far something is converted, from best to worst. `exact`: it is what Baserock would have; `approximate`: it
 * differs, or may differ, in a way that the diagnostics describe; `manual`: a person has something left to do;
 * `left-out`: it has or needs something with an error, and is not converted.
 */
export const verdicts = ['exact', 'approximate', 'manual', 'left-out'] as const;

/** How far something is converted: `exact`, `approximate`, `manual` or `left-out`, from best to worst. */
export type Verdict = (typeof verdicts)[number];

/** What a diagnostic makes of the elements that it concerns, by its severity. An error that Baserock passes over too
 * leaves something to correct; one that it does not pass over leaves the definition out, which is found elsewhere. */
const bySeverity = { error: 'manual', manual: 'manual', warning: 'approximate', info: 'exact' } as const;

/** What the severity does not tell. */
const byCode: Partial<Record<Code, Verdict>> = {
  // These warn of something in the definitions; what becomes of it is what ybd makes of it.
  'unknown-field': 'exact',
  'field-newer-than-format': 'exact',
  'overridden-field': 'exact',
  'rewritten-url': 'exact',
  'case-collision': 'exact',
  'ignored-chunk-file': 'exact',
  'unpinned-ref': 'exact',
  'unresolved-ref': 'exact',
  'empty-selection': 'exact',
  'unknown-artifact': 'exact',
  'unselected-integration': 'exact',
  // No reason to worry, and yet not the files that Baserock would have.
  'base-part': 'approximate',
};

/**
 * The verdict on an element: the worst that any diagnostic makes of it which lies in what the element came from (its
 * chunk's file, its entry in the stratum, the build system that it uses, the file of its stratum or system).
 */
export function verdictOf(diagnostics: readonly Pick<Diagnostic, 'code' | 'severity'>[]): Verdict {
  return worst(diagnostics.map(({ code, severity }) => byCode[code] ?? bySeverity[severity]));
}

/** The worst of some verdicts; `exact` if there are none. */
export function worst(given: readonly Verdict[]): Verdict {
  return verdicts[Math.max(0, ...given.map((verdict) => verdicts.indexOf(verdict)))]!;
}
