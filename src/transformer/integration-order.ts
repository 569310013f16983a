import { compareBytes } from '../byte-order.js';
import type { Chunk, Stratum, System } from '../definitions/model.js';
import type { Element } from '../project/model.js';
import { type Context, isBase, strataBelow, strataOf } from './context.js';
import { type IntegrationScript, integrationScripts } from './integration.js';
import { buildDepsElement, chunkElement, stratumElement, systemElement, systemPart } from './names.js';
import { dependenciesFirst, reachOf } from './walk.js';

/**
 * Reports the integration scripts that BuildStream runs in another order than Baserock, if authors gave them
 * different leading numbers, which is how they ordered them: each such pair once, with the systems that it is in.
 *
 * Baserock sorts all scripts of a system by name; BuildStream goes through the elements in the order in which it
 * stages them, dependencies first and alphabetically among equals (`Loader._sort_dependencies`).
 */
export function reportIntegrationOrder(
  systems: readonly System[],
  elements: readonly Element[],
  { splitting, report }: Context,
): void {
  const dependencies = new Map(
    elements.map((element) => [element.path, element.dependencies.map((dependency) => dependency.element)]),
  );
  const inStratum = orderWithinStrata();
  const swapped = new Map<string, { earlier: IntegrationScript; later: IntegrationScript; in: System[] }>();
  for (const system of systems) {
    const inPart = strataOf(system).filter((stratum) => splitting.isEmpty(stratum, system));
    const direct = dependencies.get(systemElement(system)) ?? [];
    const staged = stagingOrder(system, direct, inStratum, inPart);
    for (const { earlier, later } of swappedScripts(staged)) {
      const pair = `${earlier.key} ${later.key}`;
      const known = swapped.get(pair);
      if (known) known.in.push(system);
      else swapped.set(pair, { earlier, later, in: [system] });
    }
  }
  for (const { earlier, later, in: those } of swapped.values()) {
    const [first] = those;
    const where = those.length === 1 ? first!.name : `${those.length} systems, such as ${first!.name}`;
    const message = `\`${later.key}\` runs before \`${earlier.key}\` under BuildStream in ${where}`;
    const at = later.commands[0]?.at ?? later.chunk.at;
    const paths = those.map(({ path }) => path);
    report('integration-order', at, message, undefined, paths);
  }
}

function swappedScripts(
  staged: readonly (readonly Chunk[])[],
): { earlier: IntegrationScript; later: IntegrationScript }[] {
  const position = new Map(staged.flatMap((chunks, index) => chunks.map((chunk) => [chunk, index])));
  const scripts = integrationScripts(staged.flat());
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

/**
 * The chunks of a system that have something to integrate, in the order in which BuildStream stages them. Those of
 * strata that the system holds no files of are together, as their commands are on an element of the system's own.
 */
function stagingOrder(
  system: System,
  elements: readonly string[],
  inStratum: (stratum: Stratum) => readonly Chunk[],
  inPart: readonly Stratum[],
): (readonly Chunk[])[] {
  const strata = new Map(system.strata.map(({ stratum }) => [stratumElement(stratum), stratum]));
  const below = new Map(
    [...strata].map(([element, stratum]) => {
      return [element, new Set(stratum.chunks.length > 0 ? strataBelow(stratum).map(stratumElement) : [])];
    }),
  );
  const staged = sortDependencies(elements, (one, other) => below.get(one)?.has(other) === true);
  return staged.flatMap((element) => {
    if (element === systemPart(system, 'integration')) return [inPart.flatMap(({ chunks }) => chunks)];
    const stratum = strata.get(element);
    return stratum && !isBase(stratum) ? inStratum(stratum).map((chunk) => [chunk]) : [];
  });
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

function orderWithin(stratum: Stratum): readonly Chunk[] {
  if (!stratum.chunks.some(({ systemIntegration }) => systemIntegration.length > 0)) return [];
  const chunks = new Map(stratum.chunks.map((chunk) => [chunkElement(chunk), chunk]));
  const buildDeps = stratum.buildDepends.length > 0 ? [buildDepsElement(stratum)] : [];
  const direct = (element: string) => {
    const chunk = chunks.get(element);
    return chunk ? [...buildDeps, ...chunk.buildDepends.map(chunkElement)] : [];
  };
  const dependsOn = reachOf([...buildDeps, ...chunks.keys()], direct);
  const sorted = (elements: readonly string[]) => sortDependencies(elements, dependsOn);
  return dependenciesFirst(sorted([...chunks.keys()]), (element) => sorted(direct(element)))
    .flatMap((element) => chunks.get(element) ?? [])
    .filter(({ systemIntegration }) => systemIntegration.length > 0);
}

/**
 * Sorts the dependencies of an element as BuildStream does, whose order is not transitive: it takes all of them, in
 * the order in which they are loaded, and the same algorithm. JavaScript's sort is Python's for up to 63 of them.
 *
 * @param dependsOn whether one element depends on another, directly or not.
 */
function sortDependencies(
  elements: readonly string[],
  dependsOn: (one: string, other: string) => boolean,
): string[] {
  return [...elements].sort((a, b) => {
    if (dependsOn(a, b)) return 1;
    if (dependsOn(b, a)) return -1;
    return compareBytes(a, b);
  });
}
