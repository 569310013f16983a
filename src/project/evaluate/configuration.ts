import { mappingOf } from './builtin/index.js';
import type { Composition, DependencyAt, PlacedText } from './element.js';
import { booleanIn, listIn, scalarIn, scalarOf } from './fields.js';
import type { List, Mapping } from './node.js';

/** What the `config` of a compose element says. */
export function compositionOf(config: Mapping): Composition {
  const names = (key: string) => listIn(config, key).items.map((item) => scalarOf(item).text);
  return {
    integrate: booleanIn(config, 'integrate', true),
    include: names('include'),
    exclude: names('exclude'),
    includeOrphans: booleanIn(config, 'include-orphans', true),
  };
}

/**
 * Where a script stages its dependencies, by element: BuildStream 1 has a list of it in `config`, BuildStream 2 says it
 * of each dependency.
 *
 * @param texts expands variables.
 */
export function placesOf(
  config: Mapping,
  dependencies: readonly DependencyAt[],
  texts: (list: List) => readonly PlacedText[],
): ReadonlyMap<string, string> {
  const laidOut = listIn(config, 'layout').items.flatMap((item): [string, string][] => {
    const [element, destination] = ['element', 'destination'].map((key) => scalarIn(mappingOf(item), key));
    if (!element || !destination) return [];
    const [to] = texts({ kind: 'list', items: [destination], at: destination.at });
    return [[element.text, to!.text]];
  });
  const located = dependencies.map(({ element, location }): [string, string] => [element, location ?? '/']);
  return new Map([...located, ...laidOut]);
}
