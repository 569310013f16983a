import { compareBytes } from '../byte-order.js';
import type { Chunk, Stratum, System } from '../definitions/model.js';
import { type Context, isBase, siblingsOf, strataBelow } from './context.js';
import { type IntegrationScript, integrationScripts } from './integration.js';
import { chunkElement, stratumElement } from './names.js';

/**
 * Reports the integration scripts that BuildStream runs in another order than Baserock, if authors gave them
 * different leading numbers, which is how they ordered them: each such pair once, with the systems that it is in.
 *
 * Baserock sorts all scripts of a system by name; BuildStream goes through the elements in the order in which it
 * stages them, dependencies first and alphabetically among equals (`Loader._sort_dependencies`).
 */
export function reportIntegrationOrder(systems: readonly System[], { report }: Context): void {
  const inStratum = orderWithinStrata();
  const swapped = new Map<string, { earlier: IntegrationScript; later: IntegrationScript; in: string[] }>();
  for (const system of systems) {
    for (const { earlier, later } of swappedScripts(stagingOrder(system, inStratum))) {
      const pair = `${earlier.key} ${later.key}`;
      const known = swapped.get(pair);
      if (known) known.in.push(system.name);
      else swapped.set(pair, { earlier, later, in: [system.name] });
    }
  }
  for (const { earlier, later, in: names } of swapped.values()) {
    const where = names.length === 1 ? names[0] : `${names.length} systems, such as ${names[0]}`;
    const message = `\`${later.key}\` runs before \`${earlier.key}\` under BuildStream in ${where}`;
    report('integration-order', later.commands[0]?.at ?? later.chunk.at, message);
  }
}

function swappedScripts(
  staged: readonly Chunk[],
): { earlier: IntegrationScript; later: IntegrationScript }[] {
  const position = new Map(staged.map((chunk, index) => [chunk, index]));
  const scripts = integrationScripts(staged);
  return scripts.flatMap((earlier, index) =>
    scripts
      .slice(index + 1)
      .filter((later) => position.get(earlier.chunk)! > position.get(later.chunk)!)
      .filter((later) => leadingNumber(earlier) !== leadingNumber(later))
      .map((later) => ({ earlier, later })),
  );
}

function leadingNumber({ script }: IntegrationScript): string | undefined {
  return /^\d+/.exec(script)?.[0];
}

/** The chunks of a system that have something to integrate, in the order in which BuildStream stages them. */
function stagingOrder(system: System, inStratum: (stratum: Stratum) => readonly Chunk[]): Chunk[] {
  const strata = system.strata.map(({ stratum }) => stratum).filter((stratum) => !isBase(stratum));
  return sorted<Stratum>(strata, stratumElement, strataBelow).flatMap(inStratum);
}

/** The same for one stratum; chunks depend on chunks of their own stratum only, so that strata never mix. */
function orderWithinStrata(): (stratum: Stratum) => readonly Chunk[] {
  const known = new Map<Stratum, readonly Chunk[]>();
  return (stratum) => {
    const order = known.get(stratum) ?? orderWithin(stratum);
    known.set(stratum, order);
    return order;
  };
}

function orderWithin({ chunks }: Stratum): readonly Chunk[] {
  if (!chunks.some(({ systemIntegration }) => systemIntegration.length > 0)) return [];
  const ordered = new Set<Chunk>();
  // A chunk that is met again before it is done stands in a circle, which has been reported.
  const begun = new Set<Chunk>();
  const visit = (chunk: Chunk) => {
    if (begun.has(chunk)) return;
    begun.add(chunk);
    for (const sibling of sorted(chunk.buildDepends, chunkElement, siblingsOf)) visit(sibling);
    ordered.add(chunk);
  };
  for (const chunk of sorted<Chunk>(chunks, chunkElement, siblingsOf)) visit(chunk);
  return [...ordered].filter(({ systemIntegration }) => systemIntegration.length > 0);
}

/** Dependencies before what depends on them, and by name where neither depends on the other. */
function sorted<T>(nodes: readonly T[], name: (node: T) => string, below: (node: T) => readonly T[]): T[] {
  const dependencies = new Map(nodes.map((node) => [node, new Set(below(node))]));
  return [...nodes].sort((a, b) => {
    if (dependencies.get(a)!.has(b)) return 1;
    if (dependencies.get(b)!.has(a)) return -1;
    return compareBytes(name(a), name(b));
  });
}
