import { compose } from './compose.js';
import { evaluateCondition, type Options } from './condition.js';
import { Malformed, Refused } from './malformed.js';
import type { Mapping, Node } from './node.js';

/** Gives the content of an include file by its path below the project. */
export type Include = (path: string, from: Node) => Mapping;

/**
 * What a file says for certain values of the options: conditionals `(?)` and assertions `(!)` decided, includes `(@)`
 * laid under what includes them (BuildStream: `OptionPool.process_node`, `Includes.process`).
 *
 * @throws {Refused} where an assertion holds.
 * @throws {Malformed}
 */
export function resolveDirectives(
  root: Mapping,
  options: Options | undefined,
  include: Include,
  within: readonly string[] = [],
): Mapping {
  const decided = options ? decide(root, options) : root;
  return includeInto(decided, options, include, within);
}

function decide(node: Mapping, options: Options): Mapping {
  let current = node;
  for (;;) {
    const assertion = current.entries.get('(!)');
    if (assertion) {
      throw new Refused(assertion.at, assertion.kind === 'scalar' ? assertion.text.trim() : 'it is refused');
    }
    const conditions = current.entries.get('(?)');
    if (!conditions) break;
    if (conditions.kind !== 'list') throw new Malformed(conditions.at, '`(?)` needs a list of conditions');
    current = without(current, '(?)');
    for (const condition of conditions.items) {
      const [entry] = condition.kind === 'mapping' ? condition.entries : [];
      if (!entry || condition.kind !== 'mapping' || condition.entries.size !== 1) {
        throw new Malformed(condition.at, 'a condition needs one key and what it stands for');
      }
      const [expression, fragment] = entry;
      if (fragment.kind !== 'mapping') throw new Malformed(fragment.at, 'a condition stands for a mapping');
      if (evaluateCondition(expression, options, condition.at)) current = compose(current, fragment);
    }
  }
  return eachMapping(current, (inner) => decide(inner, options));
}

function includeInto(
  node: Mapping,
  options: Options | undefined,
  include: Include,
  within: readonly string[],
): Mapping {
  let current = node;
  const includes = node.entries.get('(@)');
  if (includes) {
    current = without(node, '(@)');
    const files = includes.kind === 'list' ? includes.items : [includes];
    for (const file of [...files].reverse()) {
      if (file.kind !== 'scalar') throw new Malformed(file.at, 'an include needs the path of a file');
      if (within.includes(file.text)) throw new Malformed(file.at, `${file.text} includes itself`);
      const content = include(file.text, file);
      current = compose(resolveDirectives(content, options, include, [...within, file.text]), current);
    }
  }
  return eachMapping(current, (inner) => includeInto(inner, options, include, within));
}

function without(node: Mapping, key: string): Mapping {
  const entries = new Map(node.entries);
  entries.delete(key);
  return { ...node, entries };
}

/** The mapping with all mappings in it changed, those in lists too. The same one if nothing changes. */
function eachMapping(node: Mapping, change: (inner: Mapping) => Mapping): Mapping {
  const changeValue = (value: Node): Node => {
    if (value.kind === 'mapping') return change(value);
    if (value.kind === 'scalar') return value;
    const items = value.items.map(changeValue);
    return items.some((item, index) => item !== value.items[index]) ? { ...value, items } : value;
  };
  let entries: Map<string, Node> | undefined;
  for (const [key, value] of node.entries) {
    const made = changeValue(value);
    if (made === value) continue;
    entries ??= new Map(node.entries);
    entries.set(key, made);
  }
  return entries ? { ...node, entries } : node;
}
