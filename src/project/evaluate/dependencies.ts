import type { DependencyAt } from './element.js';
import { listIn, mappingIn, scalarIn, scalarOf } from './fields.js';
import { Malformed } from './malformed.js';
import type { Mapping, Node } from './node.js';

/** The dependencies that an element lists, those for building first. */
export function dependenciesOf(node: Mapping): DependencyAt[] {
  const of = (key: string, isBuild: boolean, isRun: boolean) =>
    listIn(node, key).items.flatMap((item) => dependency(item, key, isBuild, isRun));
  return [
    ...of('build-depends', true, false),
    ...of('depends', true, true),
    ...of('runtime-depends', false, true),
  ];
}

function dependency(node: Node, key: string, isBuild: boolean, isRun: boolean): DependencyAt[] {
  if (node.kind === 'scalar') return [{ element: node.text, isBuild, isRun, at: node.at }];
  if (node.kind === 'list') throw new Malformed(node.at, `\`${key}\` holds a list`);
  const named = node.entries.get('filename');
  if (!named) throw new Malformed(node.at, 'the dependency has no `filename`');
  if (node.entries.has('junction')) throw new Malformed(node.at, 'junctions cannot be followed');
  const type = scalarIn(node, 'type')?.text ?? 'all';
  if (!['all', 'build', 'runtime'].includes(type)) {
    throw new Malformed(node.at, `\`${type}\` is no type of dependency`);
  }
  const location = scalarIn(mappingIn(node, 'config'), 'location');
  const files = named.kind === 'list' ? named.items : [named];
  return files.map((file) => ({
    element: scalarOf(file).text,
    isBuild: isBuild && type !== 'runtime',
    isRun: isRun && type !== 'build',
    at: file.at,
    ...(location ? { location: location.text } : {}),
  }));
}
