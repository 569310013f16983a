/**
 * Finds the circles in a graph: of those that have a node in common just one, so that each is told apart and a dense
 * graph does not have thousands. A graph with any circle has one of them found.
 *
 * @returns the nodes of each circle, each depending on the next and the last on the first.
 */
export function findCycles<T>(nodes: readonly T[], dependencies: (node: T) => readonly T[]): T[][] {
  const circles: T[][] = [];
  const done = new Set<T>();
  const path: { node: T; rest: T[] }[] = [];
  const places = new Map<T, number>();
  /** The parts of the path that are in a circle which was found: first and last place of each. */
  const taken: [first: number, last: number][] = [];
  const enter = (node: T) => {
    places.set(node, path.length);
    path.push({ node, rest: [...dependencies(node)].reverse() });
  };
  const leave = (node: T) => {
    path.pop();
    places.delete(node);
    done.add(node);
    const innermost = taken.at(-1);
    if (innermost?.[1] !== path.length) return;
    if (innermost[0] === path.length) taken.pop();
    else innermost[1] -= 1;
  };
  for (const root of nodes) {
    if (!done.has(root)) enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.pop();
      const place = next === undefined ? undefined : places.get(next);
      if (next === undefined) leave(top.node);
      else if (place === undefined) {
        if (!done.has(next)) enter(next);
      } else if ((taken.at(-1)?.[1] ?? -1) < place) {
        circles.push(path.slice(place).map(({ node }) => node));
        taken.push([place, path.length - 1]);
      }
    }
  }
  return circles;
}
