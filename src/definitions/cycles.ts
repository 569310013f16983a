/**
 * Finds one circle in a graph.
 *
 * @returns the nodes of the circle, each depending on the next and the last on the first; undefined if there is none.
 */
export function findCycle<T>(nodes: readonly T[], dependencies: (node: T) => readonly T[]): T[] | undefined {
  const done = new Set<T>();
  for (const root of nodes) {
    const path: { node: T; rest: T[] }[] = [];
    const onPath = new Set<T>();
    const enter = (node: T) => {
      path.push({ node, rest: [...dependencies(node)].reverse() });
      onPath.add(node);
    };
    if (!done.has(root)) enter(root);
    while (path.length > 0) {
      const top = path.at(-1)!;
      const next = top.rest.pop();
      if (next === undefined) {
        path.pop();
        onPath.delete(top.node);
        done.add(top.node);
      } else if (onPath.has(next)) {
        const circle = path.map(({ node }) => node);
        return circle.slice(circle.indexOf(next));
      } else if (!done.has(next)) enter(next);
    }
  }
  return undefined;
}
