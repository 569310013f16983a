import type { Options } from './condition.js';
import { listIn, scalarIn, scalarOf } from './fields.js';
import { Malformed } from './malformed.js';
import type { Mapping, Node } from './node.js';

/**
 * The options that a project declares, with the values that are given or else their defaults, and the variables that
 * they set.
 *
 * @throws {Malformed} for a value that an option cannot have.
 */
export function readOptions(
  declared: Mapping,
  given: ReadonlyMap<string, string>,
): { options: Options; variables: Mapping } {
  const options = new Map<string, string>();
  const variables = new Map<string, Node>();
  for (const [name, node] of declared.entries) {
    if (node.kind !== 'mapping') throw new Malformed(node.at, `the option \`${name}\` has to be a mapping`);
    const otherwise = scalarIn(node, 'default');
    const text = given.get(name) ?? otherwise?.text;
    if (text === undefined) throw new Malformed(node.at, `the option \`${name}\` has no default`);
    const values = listIn(node, 'values').items.map((value) => scalarOf(value).text);
    const isChecked = ['enum', 'arch', 'os'].includes(scalarIn(node, 'type')?.text ?? '');
    if (isChecked && values.length > 0 && !values.includes(text)) {
      const at = given.has(name) ? listIn(node, 'values').at : otherwise!.at;
      throw new Malformed(at, `the option \`${name}\` cannot be \`${text}\``);
    }
    options.set(name, text);
    const variable = scalarIn(node, 'variable');
    if (variable) variables.set(variable.text, { kind: 'scalar', text, at: node.at });
  }
  return { options, variables: { kind: 'mapping', entries: variables, at: declared.at } };
}
