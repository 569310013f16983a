import type { Code } from '../diagnostics/catalogue.js';
import { type Diagnostic, isFailure } from '../diagnostics/diagnostic.js';
import type { Concerns } from './concerns.js';
import { isIntegration } from './concerns.js';

/** The steps of the work that is left to a person, in the order in which to do it; and what is no work. */
export const stepTitles = {
  blocking: 'What keeps it from being converted or fetched',
  base: 'The base, and what concerns the whole project',
  strata: 'Chunks, stratum by stratum in build order',
  systems: 'Systems, and what runs when they are put together',
  deployment: 'Deployment',
  notes: 'Worth knowing',
} as const;

/** A step of the work, or `notes` for what is none. */
export type Step = keyof typeof stepTitles;

/** All steps, in order. */
export const steps = Object.keys(stepTitles) as Step[];

/** What has its step whatever it lies in, and however severe it is. */
const byCode: Partial<Record<Code, Step>> = {
  'source-servers': 'blocking',
  'missing-repo': 'blocking',
  'missing-chunk-file': 'blocking',
  'unresolved-ref': 'blocking',
  'left-out': 'blocking',
  'base-replaced': 'base',
  'base-extra': 'base',
  'base-artifacts': 'base',
  'base-integration': 'base',
  'missing-system': 'deployment',
};

/** The step in which a person sees to a diagnostic: by its code, or else by what it lies in. */
export function stepOf(diagnostic: Diagnostic, concerns: Concerns): Step {
  const { code, severity, place } = diagnostic;
  const known = byCode[code];
  if (isFailure(diagnostic)) return 'blocking';
  if (known !== undefined) return known;
  if (severity === 'info') return 'notes';
  if (concerns.systems.length > 0) return 'systems';
  if (concerns.chunks.length > 0) {
    if (concerns.isInBase) return 'base';
    return concerns.chunks.some(({ chunk }) => place && isIntegration(place, chunk)) ? 'systems' : 'strata';
  }
  if (concerns.strata.length > 0) return concerns.isInBase ? 'base' : 'strata';
  return concerns.clusters.length > 0 ? 'deployment' : 'base';
}
