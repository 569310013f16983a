import type { Chunk, Cluster, Definitions, Stratum, System } from '../definitions/model.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/place.js';
import { isBase } from '../transformer/context.js';
import type { Selection } from '../transformer/selection.js';

/** A chunk, and the stratum that lists it. */
export interface ListedChunk {
  readonly chunk: Chunk;
  readonly stratum: Stratum;
}

/** The definitions that a diagnostic lies in; none for one that concerns the whole tree. */
export interface Concerns {
  readonly systems: readonly System[];
  /** Strata that it concerns as such, not by one of their chunks. */
  readonly strata: readonly Stratum[];
  readonly chunks: readonly ListedChunk[];
  readonly clusters: readonly Cluster[];
  /** An element stands in for all the strata that it lies in. */
  readonly isInBase: boolean;
}

/**
 * Tells which definitions diagnostics lie in, by their places: what is in a chunk's own file concerns the chunk in
 * every stratum that lists it; what is in a chunk's entry of a stratum, the chunk; what else is in the file of a
 * definition, that definition; what is in a command of a build system of DEFAULTS, the chunks that are built so.
 *
 * @param buildSystemOf the name of the build system that the element of a chunk uses.
 */
export function concernsOf(
  asked: Selection,
  { defaults }: Pick<Definitions, 'defaults'>,
  buildSystemOf: (chunk: Chunk) => string | undefined,
): (diagnostic: Diagnostic) => Concerns {
  const listed = asked.strata.flatMap((stratum) => stratum.chunks.map((chunk) => ({ chunk, stratum })));
  const chunksByFile = groupBy(listed, ({ chunk }) => chunk.file);
  const chunksByBuildSystem = groupBy(listed, ({ chunk }) => buildSystemOf(chunk));
  const strataByFile = groupBy(asked.strata, ({ at }) => at.file);
  const systemsByFile = groupBy(asked.systems, ({ at }) => at.file);
  const clustersByFile = groupBy(asked.clusters, ({ at }) => at.file);
  const ofBuildSystem = (place: Place) =>
    [...defaults.buildSystems.values()]
      .filter(({ commands }) => [...commands.values()].flat().some(({ at }) => contains(at, place)))
      .flatMap(({ name }) => chunksByBuildSystem.get(name) ?? []);
  return ({ place }) => {
    if (!place) return nothing;
    const strata = strataByFile.get(place.file) ?? [];
    const entries = strata.flatMap((stratum) =>
      stratum.chunks.filter(({ at }) => contains(at, place)).map((chunk) => ({ chunk, stratum })),
    );
    const chunks = [...entries, ...(chunksByFile.get(place.file) ?? []), ...ofBuildSystem(place)];
    const own = entries.length > 0 ? [] : strata;
    const touched = [...own, ...chunks.map(({ stratum }) => stratum)];
    return {
      systems: systemsByFile.get(place.file) ?? [],
      strata: own,
      chunks,
      clusters: clustersByFile.get(place.file) ?? [],
      isInBase: touched.length > 0 && touched.every(isBase),
    };
  };
}

const nothing: Concerns = { systems: [], strata: [], chunks: [], clusters: [], isInBase: false };

/** True for a place in the system integration commands of a chunk. */
export function isIntegration(place: Place, { systemIntegration }: Chunk): boolean {
  return systemIntegration.some(({ artifact, script, commands }) =>
    [artifact, script, ...commands].some(({ at }) => contains(at, place)),
  );
}

/** True if one place begins within another. */
function contains(outer: Place, inner: Place): boolean {
  if (outer.file !== inner.file) return false;
  const isBefore = (line: number, column: number, than: { line: number; column: number }) =>
    line < than.line || (line === than.line && column <= than.column);
  return (
    isBefore(outer.line, outer.column, inner) &&
    !isBefore(outer.endLine, outer.endColumn, { line: inner.line, column: inner.column })
  );
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
