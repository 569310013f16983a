import type { Chunk, Cluster, Stratum, System } from '../definitions/model.js';
import type { Project } from '../project/model.js';
import { isBase } from '../transformer/context.js';
import {
  bootstrapElement,
  buildDepsElement,
  chunkElement,
  stratumElement,
  systemElement,
} from '../transformer/names.js';
import type { Selection } from '../transformer/selection.js';

/** What an element came from; for one that belongs to a deployment, with the path of the deployment's own element. */
export type Origin =
  | { readonly kind: 'chunk'; readonly chunk: Chunk; readonly stratum: Stratum }
  | { readonly kind: 'stratum'; readonly stratum: Stratum }
  | { readonly kind: 'system'; readonly system: System }
  | { readonly kind: 'cluster'; readonly cluster: Cluster; readonly deployment: string };

/**
 * The elements of a project, and those that it would have if nothing had to be left out, by path, each with what it
 * came from; nothing for those that came from no definition.
 */
export function elementsOf(asked: Selection, project: Project): Map<string, Origin | undefined> {
  const present = new Set(project.elements.map(({ path }) => path));
  const elements = new Map<string, Origin | undefined>();
  for (const stratum of asked.strata) {
    for (const chunk of stratum.chunks) {
      const path = elementOfChunk(chunk, stratum, present);
      if (path !== undefined) elements.set(path, { kind: 'chunk', chunk, stratum });
    }
    if (isBase(stratum)) continue;
    elements.set(stratumElement(stratum), { kind: 'stratum', stratum });
    if (stratum.buildDepends.length > 0)
      elements.set(buildDepsElement(stratum), { kind: 'stratum', stratum });
  }
  const parts = new Map<string, System>();
  for (const system of asked.systems) {
    elements.set(systemElement(system), { kind: 'system', system });
    parts.set(systemElement(system).replace(/\.bst$/, ''), system);
  }
  for (const path of present) {
    if (elements.has(path)) continue;
    const system = parts.get(path.replace(/\/[^/]*$/, ''));
    const cluster = asked.clusters.find((each) => path.startsWith(`${each.path}/`));
    const part = path.replace(/\/(?:files|tree)\.bst$/, '.bst');
    const deployment = present.has(part) ? part : path;
    const ofCluster = cluster && ({ kind: 'cluster', cluster, deployment } as const);
    elements.set(path, system ? { kind: 'system', system } : ofCluster);
  }
  return elements;
}

/** The element of a chunk; undefined where another one stands in for it. */
export function elementOfChunk(
  chunk: Chunk,
  stratum: Stratum,
  present: ReadonlySet<string>,
): string | undefined {
  if (!isBase(stratum)) return chunkElement(chunk);
  const path = bootstrapElement(chunk);
  return present.has(path) ? path : undefined;
}
