import type { Chunk, Stratum } from '../model.js';

/** True for a stratum that something else stands in for, and for all that it is built on. */
export type IsReplaced = (stratum: Stratum) => boolean;

/** What is there while a chunk is built. */
export interface Staged {
  readonly chunks: ReadonlySet<Chunk>;
  /** Strata that something else stands in for. */
  readonly replaced: ReadonlySet<Stratum>;
}

/**
 * What ybd stages for the build of each chunk (ybd: `install_dependencies`). The strata that the chunk's stratum
 * build-depends on, and those that these are built on, all of their chunks but those in bootstrap mode; of its own
 * stratum the chunks that it names, and those that these name. What a chunk in bootstrap mode needs goes no further
 * than its own list, and nothing needs a chunk in bootstrap mode but what names it.
 *
 * Of two chunks of one name ybd stages the one that it comes to first. Both are given here.
 */
export class Staging {
  readonly #below = new Map<Stratum, Staged>();
  readonly #strata: ReadonlyMap<string, Stratum>;

  constructor(
    strata: readonly Stratum[],
    readonly isReplaced: IsReplaced = () => false,
  ) {
    this.#strata = new Map(strata.map((stratum) => [stratum.path, stratum]));
  }

  /** The stratum that lists a chunk. */
  stratumOf(chunk: Chunk): Stratum {
    return this.#strata.get(chunk.stratum)!;
  }

  of(chunk: Chunk): Staged {
    const below = this.#belowStratum(this.stratumOf(chunk));
    const siblings = siblingsOf(chunk);
    return { chunks: new Set([...below.chunks, ...siblings]), replaced: below.replaced };
  }

  #belowStratum(stratum: Stratum): Staged {
    const known = this.#below.get(stratum);
    if (known) return known;
    const chunks = new Set<Chunk>();
    const replaced = new Set<Stratum>();
    const seen = new Set<Stratum>([stratum]);
    const waiting = stratum.buildDepends.map((reference) => reference.stratum);
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (this.isReplaced(next)) {
        replaced.add(next);
        continue;
      }
      for (const chunk of next.chunks) if (!chunk.bootstrap) chunks.add(chunk);
      waiting.push(...next.buildDepends.map((reference) => reference.stratum));
    }
    const found = { chunks, replaced };
    this.#below.set(stratum, found);
    return found;
  }
}

function siblingsOf(chunk: Chunk): Set<Chunk> {
  const found = new Set<Chunk>(chunk.buildDepends);
  const isAlike = ({ bootstrap }: Chunk) => bootstrap === chunk.bootstrap;
  const waiting = chunk.buildDepends.filter(isAlike);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const deeper of next.buildDepends.filter(isAlike)) {
      if (found.has(deeper)) continue;
      found.add(deeper);
      waiting.push(deeper);
    }
  }
  return found;
}

/** The chunks among some that bear one name, by name. */
export function namesakes(chunks: Iterable<Chunk>): ReadonlyMap<string, readonly Chunk[]> {
  const byName = new Map<string, Chunk[]>();
  for (const chunk of chunks) byName.set(chunk.name, [...(byName.get(chunk.name) ?? []), chunk]);
  return new Map([...byName].filter(([, those]) => those.length > 1));
}
