import { mappingOf } from './builtin/index.js';
import { Malformed } from './malformed.js';
import type { List, Mapping, Node, Position, Scalar } from './node.js';

/** A mapping with nothing in it. */
export function emptyAt(at: Position): Mapping {
  return { kind: 'mapping', entries: new Map(), at };
}

/** The mapping under a key; an empty one if there is none. */
export function mappingIn(node: Mapping, key: string): Mapping {
  const value = node.entries.get(key);
  return value ? mappingOf(value) : emptyAt(node.at);
}

/** The list under a key; an empty one if there is none. */
export function listIn(node: Mapping, key: string): List {
  const value = node.entries.get(key);
  if (!value) return { kind: 'list', items: [], at: node.at };
  if (value.kind !== 'list') throw new Malformed(value.at, `\`${key}\` has to be a list`);
  return value;
}

/** The text under a key; undefined if there is none. */
export function scalarIn(node: Mapping, key: string): Scalar | undefined {
  const value = node.entries.get(key);
  return value && scalarOf(value);
}

/** A value that has to be a text. */
export function scalarOf(value: Node): Scalar {
  if (value.kind !== 'scalar') throw new Malformed(value.at, `a text is needed here, not a ${value.kind}`);
  return value;
}

/** A truth value under a key. */
export function booleanIn(node: Mapping, key: string, otherwise: boolean): boolean {
  const value = scalarIn(node, key);
  if (!value) return otherwise;
  if (/^(true|false)$/i.test(value.text)) return value.text.toLowerCase() === 'true';
  throw new Malformed(value.at, `\`${key}\` has to be True or False`);
}

/** Refuses keys that BuildStream does not know. */
export function checkKeys({ entries }: Mapping, known: ReadonlySet<string>, where: string): void {
  for (const [key, { at }] of entries) {
    if (!known.has(key)) throw new Malformed(at, `${where} has no \`${key}\``);
  }
}
