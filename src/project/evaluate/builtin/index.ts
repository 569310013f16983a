import type { BuildStreamVersion } from '../../dialects.js';
import { Malformed } from '../malformed.js';
import { type Mapping, type Node, readYaml } from '../node.js';
import { buildStream1 } from './buildstream1.js';
import { buildStream2 } from './buildstream2.js';

/** What a version of BuildStream brings along: the defaults of every project, and those of each kind of element. */
export interface BuiltIn {
  readonly project: Mapping;
  readonly kinds: ReadonlyMap<string, Mapping>;
}

const texts: Readonly<Record<BuildStreamVersion, string>> = {
  1: buildStream1,
  2: buildStream2,
};
const known = new Map<BuildStreamVersion, BuiltIn>();

/** The defaults of a version of BuildStream. */
export function builtInOf(version: BuildStreamVersion): BuiltIn {
  const read = known.get(version);
  if (read) return read;
  const { entries } = readYaml(`(BuildStream ${version})`, texts[version]);
  const kinds = [...mappingOf(entries.get('elements')!).entries];
  const made = {
    project: mappingOf(entries.get('project')!),
    kinds: new Map(kinds.map(([kind, node]) => [kind, mappingOf(node)])),
  };
  known.set(version, made);
  return made;
}

/**
 * A value that has to be a mapping. Where nothing is said, an empty value is one as well.
 *
 * @throws {Malformed} if it is something else.
 */
export function mappingOf(node: Node): Mapping {
  if (node.kind === 'mapping') return node;
  if (node.kind === 'scalar' && node.text === '') return { kind: 'mapping', entries: new Map(), at: node.at };
  throw new Malformed(node.at, 'this has to be a mapping of keys and values');
}
