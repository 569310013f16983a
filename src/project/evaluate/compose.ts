import { Malformed } from './malformed.js';
import type { List, Mapping, Node } from './node.js';

const directives: readonly string[] = ['(<)', '(>)', '(=)'];

/**
 * Lays one mapping over another as BuildStream composes them: texts and lists replace, mappings are merged, and a
 * mapping of `(<)`, `(>)` or `(=)` changes a list (BuildStream: `_yaml.composite_dict`, `Node._composite`).
 *
 * @throws {Malformed} where a value would replace one of another kind.
 */
export function compose(target: Mapping, source: Mapping): Mapping {
  if (target.entries.size === 0) return source;
  if (source.entries.size === 0) return target;
  const known = composed.get(target)?.get(source);
  if (known) return known;
  const entries = new Map(target.entries);
  for (const [key, value] of source.entries) entries.set(key, composeValue(entries.get(key), value, key));
  const made = { ...target, entries };
  const ofTarget = composed.get(target) ?? new WeakMap<Mapping, Mapping>();
  composed.set(target, ofTarget.set(source, made));
  return made;
}

/** What was composed before: the same for most elements, and for all values of the options. */
const composed = new WeakMap<Mapping, WeakMap<Mapping, Mapping>>();

function composeValue(old: Node | undefined, value: Node, key: string): Node {
  if (!old) return value;
  if (value.kind === 'list') {
    if (old.kind !== 'list' && !isChange(old)) throw mismatch(key, old, value);
    if (key === '(?)' && old.kind === 'list') return joined(old, value);
    return value;
  }
  if (value.kind === 'mapping' && isChange(value)) {
    if (old.kind === 'list') return changed(old, value);
    if (old.kind === 'mapping' && isChange(old)) return merged(old, value);
    throw mismatch(key, old, value);
  }
  if (value.kind !== old.kind || isChange(old)) throw mismatch(key, old, value);
  return value.kind === 'mapping' && old.kind === 'mapping' ? compose(old, value) : value;
}

/** True for a mapping of list directives. */
function isChange(node: Node): boolean {
  return (
    node.kind === 'mapping' &&
    node.entries.size > 0 &&
    [...node.entries.keys()].every((key) => directives.includes(key))
  );
}

function changed(list: List, { entries }: Mapping): List {
  let result = listOf(entries.get('(=)')) ?? list;
  const before = listOf(entries.get('(<)'));
  const after = listOf(entries.get('(>)'));
  if (before) result = joined(before, result);
  if (after) result = joined(result, after);
  return result;
}

function merged(old: Mapping, value: Mapping): Mapping {
  const replaced = value.entries.get('(=)');
  const entries = new Map(replaced ? [] : old.entries);
  if (replaced) entries.set('(=)', replaced);
  const before = listOf(value.entries.get('(<)'));
  const after = listOf(value.entries.get('(>)'));
  const [oldBefore, oldAfter] = [listOf(entries.get('(<)')), listOf(entries.get('(>)'))];
  if (before) entries.set('(<)', oldBefore ? joined(before, oldBefore) : before);
  if (after) entries.set('(>)', oldAfter ? joined(oldAfter, after) : after);
  return { ...value, entries };
}

function joined(first: List, second: List): List {
  return { ...first, items: [...first.items, ...second.items] };
}

function listOf(node: Node | undefined): List | undefined {
  if (node && node.kind !== 'list') throw new Malformed(node.at, 'a list directive needs a list');
  return node;
}

function mismatch(key: string, old: Node, value: Node): Malformed {
  return new Malformed(value.at, `\`${key}\` is a ${value.kind} here, but a ${old.kind} where it comes from`);
}

/**
 * What is composed to its end: a list directive that found no list to change is an error, but for `(=)`.
 *
 * @throws {Malformed}
 */
export function settled(node: Mapping): Mapping {
  for (const [key, value] of node.entries) {
    if (isChange(value)) {
      throw new Malformed(value.at, `there is no list \`${key}\` that could be added to`);
    }
    if (value.kind === 'mapping') settled(value);
  }
  return node;
}
