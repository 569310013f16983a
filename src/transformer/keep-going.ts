import type { Definitions, Stratum, System } from '../definitions/model.js';
import { type Diagnostic, isFailure } from '../diagnostics/diagnostic.js';

/** Files that everything depends on: an error in one of them cannot be left out. */
export const vital: readonly string[] = ['VERSION', 'DEFAULTS'];

/** True for an error that concerns more than some definitions which could be left out. */
export function isFatal(diagnostic: Diagnostic): boolean {
  const { place } = diagnostic;
  return isFailure(diagnostic) && (place === undefined || vital.includes(place.file));
}

/** What has to be left out, each with a reason, because it has or needs something with an error. */
export interface LeftOut {
  readonly strata: ReadonlyMap<Stratum, string>;
  readonly systems: ReadonlyMap<System, string>;
}

/** For a conversion that leaves out nothing. */
export const nothingLeftOut: LeftOut = { strata: new Map(), systems: new Map() };

/** How many strata and systems are left out. */
export function countLeftOut({ strata, systems }: LeftOut): number {
  return strata.size + systems.size;
}

/**
 * Finds the strata and systems that have an error in their files or in their chunks' files, that refer to something
 * which is not there, or that need one of these.
 */
export function findFlawed(
  definitions: Pick<Definitions, 'strata' | 'systems'>,
  diagnostics: readonly Diagnostic[],
): LeftOut {
  const broken = new Set(diagnostics.filter(isFailure).flatMap(({ place }) => (place ? [place.file] : [])));
  const strata = new Map<Stratum, string>();
  for (const stratum of definitions.strata) {
    const file = [stratum.at.file, ...stratum.chunks.map((chunk) => chunk.file)].find(
      (path) => path !== undefined && broken.has(path),
    );
    if (file !== undefined) strata.set(stratum, `there are errors in ${file}`);
    else if (stratum.isIncomplete) strata.set(stratum, 'it refers to what is not there or has errors');
  }
  let before = -1;
  while (before !== strata.size) {
    before = strata.size;
    for (const stratum of definitions.strata) {
      if (strata.has(stratum)) continue;
      const needed = stratum.buildDepends.find((reference) => strata.has(reference.stratum));
      if (needed) strata.set(stratum, `it needs ${needed.stratum.path}, which is left out`);
    }
  }
  const systems = new Map<System, string>();
  for (const system of definitions.systems) {
    const needed = system.strata.find((reference) => strata.has(reference.stratum));
    if (broken.has(system.at.file)) systems.set(system, `there are errors in ${system.at.file}`);
    else if (system.isIncomplete) systems.set(system, 'it refers to what is not there or has errors');
    else if (needed) systems.set(system, `it needs ${needed.stratum.path}, which is left out`);
  }
  return { strata, systems };
}
