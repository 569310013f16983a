import type { Chunk, Stratum } from '../definitions/model.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { ReportInput } from './build-report.js';
import { type Concerns, concernsOf } from './concerns.js';
import { elementOfChunk, type Origin } from './elements.js';
import { type Step, stepOf, steps } from './work-steps.js';

/** A diagnostic, what it lies in, and its number. */
export interface Found {
  readonly id: number;
  readonly diagnostic: Diagnostic;
  readonly concerns: Concerns;
  readonly step: Step;
}

/** All diagnostics in the order of the work: by step, then in build order, then by place. */
export function numbered(
  { asked, definitions, project, diagnostics }: ReportInput,
  strata: readonly Stratum[],
): Found[] {
  const buildSystems = new Map(
    project.elements.flatMap((element) =>
      element.kind === 'build' ? [[element.path, element.buildSystem] as const] : [],
    ),
  );
  const present = new Set(buildSystems.keys());
  const stratumOf = new Map(asked.strata.map((stratum) => [stratum.path, stratum]));
  const concerned = concernsOf(asked, definitions, (chunk) => {
    const path = elementOfChunk(chunk, stratumOf.get(chunk.stratum)!, present);
    return path === undefined ? undefined : buildSystems.get(path);
  });
  const rank = new Map<Stratum | Chunk, number>();
  for (const stratum of strata) {
    for (const each of [stratum, ...stratum.chunks]) rank.set(each, rank.size);
  }
  const rankOf = ({ strata: own, chunks }: Concerns) =>
    Math.min(...[...own, ...chunks.map(({ chunk }) => chunk)].map((each) => rank.get(each)!));
  return diagnostics
    .map((diagnostic) => {
      const concerns = concerned(diagnostic);
      const step = stepOf(diagnostic, concerns);
      return {
        diagnostic,
        concerns,
        step,
        key: [steps.indexOf(step), severityRank(diagnostic), rankOf(concerns)],
      };
    })
    .sort((a, b) => difference(a.key, b.key))
    .map(({ diagnostic, concerns, step }, index) => ({ id: index + 1, diagnostic, concerns, step }));
}

/** Errors come before everything else of their step. */
function severityRank({ severity }: Diagnostic): number {
  return severity === 'error' ? 0 : 1;
}

function difference(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}

/** Whether a diagnostic lies in what an element came from; what speaks of deployments, in these only. */
export function liesIn(found: Found, origin: Origin): boolean {
  const { deployments } = found.diagnostic;
  if (deployments) return origin.kind === 'cluster' && deployments.includes(origin.deployment);
  if (origin.kind === 'chunk') return liesInChunk(origin.chunk, origin.stratum)(found);
  if (origin.kind === 'system') return found.concerns.systems.includes(origin.system);
  if (origin.kind === 'cluster') return found.concerns.clusters.includes(origin.cluster);
  return found.concerns.strata.includes(origin.stratum);
}

export function liesInChunk(chunk: Chunk, stratum: Stratum): (found: Found) => boolean {
  return ({ concerns }) => concerns.chunks.some((each) => each.chunk === chunk && each.stratum === stratum);
}
