import type { Stratum } from '../definitions/model.js';
import type { Dependency, StackElement } from '../project/model.js';
import { chunkArtifacts, nearestHint, stratumRules } from './artifacts.js';
import { type Context, isBase } from './context.js';
import { buildDepsElement, chunkElement, stratumElement } from './names.js';
import { originOf, originsOf, restOfFile, spanOf } from './origins.js';

/**
 * A stratum as a stack of its own chunks, and nothing that they are built on: a system is to hold exactly the strata
 * that it lists.
 */
export function convertStratum(stratum: Stratum, context: Context): StackElement {
  checkAssignments(stratum, context);
  return {
    kind: 'stack',
    path: stratumElement(stratum),
    from: [restOfFile(stratum.at, context.definitions)],
    origins: originsOf([['description', originOf(stratum.descriptionAt)]]),
    header: [...stratum.comments.values()].flat(),
    description: stratum.description,
    dependencies: stratum.chunks.map((chunk) => ({
      element: chunkElement(chunk),
      type: 'all',
      from: originOf(chunk.at),
    })),
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
  for (const { stratum: below, comments, at } of stratum.buildDepends) {
    const element = stratumElement(below);
    const from = originOf(at);
    dependencies.set(element, { element, type: 'all', comments, from });
    if (isBase(below) || below.buildDepends.length === 0) continue;
    const deeper = buildDepsElement(below);
    dependencies.set(deeper, { element: deeper, type: 'all', from });
  }
  const from = spanOf(stratum.buildDepends.map(({ at }) => at));
  return {
    kind: 'stack',
    path: buildDepsElement(stratum),
    ...(from ? { from: [from] } : {}),
    description: `What the chunks of ${stratum.name} are built on.`,
    dependencies: [...dependencies.values()],
  };
}

/** Reports artifacts that an entry of the stratum assigns, but which are not there. */
function checkAssignments(stratum: Stratum, { definitions: { defaults }, report }: Context): void {
  const known = new Set(stratumRules(stratum, defaults).map(({ artifact }) => artifact.text));
  for (const chunk of stratum.chunks.filter(({ artifacts }) => artifacts.size > 0)) {
    const produced = chunkArtifacts(chunk, defaults);
    for (const [artifact, target] of chunk.artifacts) {
      if (!produced.has(artifact)) {
        const hint = nearestHint(artifact, produced);
        report(
          'unknown-assignment',
          target.at,
          `\`${chunk.name}\` produces no artifact \`${artifact}\``,
          hint,
        );
      }
      if (!known.has(target.text)) {
        const message = `\`${stratum.name}\` has no artifact \`${target.text}\``;
        report('unknown-assignment', target.at, message, nearestHint(target.text, known));
      }
    }
  }
}
