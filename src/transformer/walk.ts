/**
 * Everything that can be reached from a node, without the node itself unless it is in a circle: each before what it
 * leads to, in the order of the lists. Depth costs no stack.
 */
export function reachable<T>(start: T, next: (node: T) => readonly T[]): Set<T> {
  const found = new Set<T>();
  const waiting = [...next(start)].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    waiting.push(...[...next(node)].reverse());
  }
  return found;
}

/** All nodes that can be reached from some, and these: each after what it leads to, circles apart. */
export function dependenciesFirst<T>(starts: readonly T[], next: (node: T) => readonly T[]): T[] {
  const entered = new Set<T>();
  const done: T[] = [];
  const path: { node: T; rest: T[] }[] = [];
  const enter = (node: T) => {
    if (entered.has(node)) return;
    entered.add(node);
    path.push({ node, rest: [...next(node)].reverse() });
  };
  for (const start of starts) {
    enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const child = top.rest.pop();
      if (child !== undefined) enter(child);
      else done.push(path.pop()!.node);
    }
  }
  return done;
}
