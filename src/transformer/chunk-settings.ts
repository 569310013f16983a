import type { Chunk, Command, Stratum, TextAt } from '../definitions/model.js';
import { escapeVariables } from '../project/escape-variables.js';
import type { ElementPart } from '../project/model.js';
import type { Origin } from '../project/origin.js';
import { isBase, siblingsOf, strataBelow } from './context.js';
import { originOf, originsOf } from './origins.js';
import { searchPath } from './project-configuration.js';

/** The variables and the environment of a chunk's element, and what each of them comes from. */
export interface Settings {
  readonly variables: ReadonlyMap<string, string | boolean>;
  readonly environment: ReadonlyMap<string, string>;
  readonly origins: ReadonlyMap<ElementPart, Origin>;
}

/** What a chunk's element sets apart from commands. */
export function chunkSettings(chunk: Chunk, stratum: Stratum): Settings {
  const { prefix, maxJobs } = chunk;
  const variables = new Map<string, string | boolean>();
  const environment = new Map<string, string>();
  const naming = commandWithBuildDirectories(chunk);
  if (prefix) variables.set('prefix', escapeVariables(prefix.text));
  if (naming) {
    variables.set('build-root', escapeVariables(`/${chunk.name}.build`));
    variables.set('install-root', escapeVariables(`/${chunk.name}.inst`));
  }
  if (maxJobs?.text === '1') variables.set('notparallel', true);
  const prefixes = prefixesInPath(chunk, stratum);
  if (prefixes.size > 0) {
    const directories = [...prefixes.keys()].sort().map((text) => `${text.replace(/\/$/, '')}/bin`);
    environment.set('PATH', escapeVariables([...directories, searchPath].join(':')));
  }
  if (maxJobs && maxJobs.text !== '1') environment.set('MAKEFLAGS', `-j${maxJobs.text}`);
  const origins = originsOf<ElementPart>([
    ['variables.prefix', originOf(prefix?.at)],
    ['variables.build-root', originOf(naming?.at)],
    ['variables.install-root', originOf(naming?.at)],
    ['variables.notparallel', originOf(maxJobs?.at)],
    ['environment.PATH', originOf(prefixes.values().next().value?.at)],
    ['environment.MAKEFLAGS', originOf(maxJobs?.at)],
  ]);
  return { variables, environment, origins };
}

/** ybd builds in `/<name>.build` and installs to `/<name>.inst`; commands of real chunks count on it. */
function commandWithBuildDirectories(chunk: Chunk): Command | undefined {
  const paths = [`/${chunk.name}.build`, `/${chunk.name}.inst`];
  return [...chunk.commands.values()].flat().find(({ text }) => paths.some((path) => text.includes(path)));
}

/**
 * ybd puts `bin` below the prefixes of everything a chunk is built on ahead in PATH. What `--prefix=/usr` installs is
 * found anyway; the prefixes of bootstrap chunks belong to the base.
 */
function prefixesInPath(chunk: Chunk, stratum: Stratum): Map<string, TextAt> {
  const siblings = prefixesOf(stratum).length > 0 ? [chunk, ...siblingsOf(chunk)] : [];
  const all = [...siblings.flatMap(({ prefix }) => prefix ?? []), ...prefixesBelow(stratum)];
  const prefixes = new Map<string, TextAt>();
  for (const prefix of all) if (!prefixes.has(prefix.text)) prefixes.set(prefix.text, prefix);
  prefixes.delete('/usr');
  return prefixes;
}

/** The prefixes of a stratum's chunks. Remembered, as they are asked for every chunk that is built on it. */
function prefixesOf(stratum: Stratum): readonly TextAt[] {
  const known = prefixesOfStrata.get(stratum);
  if (known) return known;
  const prefixes = stratum.chunks.flatMap(({ prefix }) => prefix ?? []);
  prefixesOfStrata.set(stratum, prefixes);
  return prefixes;
}

const prefixesOfStrata = new WeakMap<Stratum, readonly TextAt[]>();

/** The prefixes of all that a stratum is built on. Remembered, as they are asked for every one of its chunks. */
function prefixesBelow(stratum: Stratum): readonly TextAt[] {
  const strata = () => strataBelow(stratum).filter((each) => !isBase(each));
  const known = prefixesOfAllBelow.get(stratum) ?? strata().flatMap(prefixesOf);
  prefixesOfAllBelow.set(stratum, known);
  return known;
}

const prefixesOfAllBelow = new WeakMap<Stratum, readonly TextAt[]>();
