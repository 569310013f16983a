import type { Chunk, Definitions, Stratum, System } from '../definitions/model.js';
import type { Report } from '../diagnostics/diagnostic.js';
import type { BuildSystem } from '../project/model.js';
import type { ConvertOptions } from './options.js';
import { replacementOf } from './replacements.js';
import type { Rules } from './rules.js';
import type { Splitting } from './splitting.js';
import { reachable } from './walk.js';

/** What every rule of the transformer may look at; nothing in it changes during a conversion. */
export interface Context {
  readonly definitions: Definitions;
  readonly options: ConvertOptions;
  /** The build systems in force, by the name that definitions use. */
  readonly buildSystems: ReadonlyMap<string, BuildSystem>;
  /** Alias → URL, for the repositories of the definitions. */
  readonly aliases: ReadonlyMap<string, string>;
  /**
   * How the files of chunks are divided, and what systems hold of them.
   *
   * @internal
   */
  readonly splitting: Splitting;
  /** The rules by which definitions become elements. */
  readonly rules: Rules;
  readonly report: Report;
}

/**
 * True for a stratum that is not converted, because an element stands in for it: above all the base, for the stratum
 * that bootstraps the toolchain.
 */
export function isBase(stratum: Stratum): boolean {
  return replacementOf(stratum) !== undefined;
}

/**
 * The strata that a stratum's chunks are built on: its build-depends and, transitively, theirs. What stands in for a
 * stratum stands in for what that one is built on, too.
 */
export function strataBelow(stratum: Stratum): readonly Stratum[] {
  const known = below.get(stratum);
  if (known) return known;
  const found = [
    ...reachable(stratum, (each) =>
      each !== stratum && isBase(each) ? [] : each.buildDepends.map((reference) => reference.stratum),
    ),
  ];
  below.set(stratum, found);
  return found;
}

/** Remembers what `strataBelow` found: definitions do not change. */
const below = new WeakMap<Stratum, readonly Stratum[]>();

/** The chunks of its own stratum that a chunk needs, transitively, without itself. */
export function siblingsOf(chunk: Chunk): Chunk[] {
  return [...reachable(chunk, ({ buildDepends }) => buildDepends)];
}

/** The strata of a system, each once however often it is listed. */
export function strataOf({ strata }: System): Stratum[] {
  return [...new Set(strata.map(({ stratum }) => stratum))];
}
