import type { Stratum } from '../definitions/model.js';
import type { Dependency, StackElement } from '../project/model.js';
import { type Context, isBase } from './context.js';
import { buildDepsElement, chunkElement, stratumElement } from './names.js';

/**
 * A stratum as a stack of its own chunks, and nothing that they are built on: a system is to hold exactly the strata
 * that it lists.
 */
export function convertStratum(stratum: Stratum, { report }: Context): StackElement {
  const [rule] = stratum.products;
  if (rule) {
    report('custom-split-rules', rule.artifact.at, `\`${stratum.name}\` has its own rules for artifacts`);
  }
  return {
    kind: 'stack',
    path: stratumElement(stratum),
    header: [...stratum.comments.values()].flat(),
    description: stratum.description,
    dependencies: stratum.chunks.map((chunk) => ({ element: chunkElement(chunk), type: 'all' })),
  };
}

/**
 * What every chunk of a stratum is built on, as one stack: the strata that it build-depends on and, through their
 * own such stacks, everything below.
 *
 * @returns undefined for a stratum that build-depends on nothing.
 */
export function convertBuildDepends(stratum: Stratum): StackElement | undefined {
  if (stratum.buildDepends.length === 0) return undefined;
  const dependencies = new Map<string, Dependency>();
  for (const { stratum: below, comments } of stratum.buildDepends) {
    const element = stratumElement(below);
    dependencies.set(element, { element, type: 'all', comments });
    if (isBase(below) || below.buildDepends.length === 0) continue;
    const deeper = buildDepsElement(below);
    dependencies.set(deeper, { element: deeper, type: 'all' });
  }
  return {
    kind: 'stack',
    path: buildDepsElement(stratum),
    description: `What the chunks of ${stratum.name} are built on.`,
    dependencies: [...dependencies.values()],
  };
}
