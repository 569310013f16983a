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

/**
 * Answers whether one node of a graph leads to another, directly or not. Made for many questions: it keeps one bit
 * for each pair of nodes.
 */
export function reachOf<T>(
  nodes: readonly T[],
  next: (node: T) => readonly T[],
): (from: T, to: T) => boolean {
  const index = new Map(nodes.map((node, position) => [node, position]));
  const below = new Map<T, Uint32Array>();
  for (const node of dependenciesFirst(nodes, next)) {
    const bits = new Uint32Array((nodes.length + 31) >>> 5);
    for (const child of next(node)) {
      const position = index.get(child)!;
      bits[position >>> 5]! |= 1 << (position & 31);
      below.get(child)?.forEach((word, at) => {
        bits[at]! |= word;
      });
    }
    below.set(node, bits);
  }
  return (from, to) => {
    const position = index.get(to);
    if (position === undefined) return false;
    return ((below.get(from)?.[position >>> 5] ?? 0) & (1 << (position & 31))) !== 0;
  };
}
