import type { BuildSystem, Chunk, Command, Defaults } from '../model.js';
import { type Step, steps } from '../steps.js';

/**
 * What ybd runs in each step of a chunk's build: what the chunk says, an empty list included, else what its build
 * system says (ybd: `get_build_commands`).
 */
export function effectiveCommands(
  chunk: Chunk,
  buildSystem: BuildSystem | undefined,
): Map<Step, readonly Command[]> {
  return new Map(
    steps.map((step) => [step, chunk.commands.get(step) ?? buildSystem?.commands.get(step) ?? []]),
  );
}

/**
 * The build systems that a chunk may be built with: the one that it names; else, where ybd would look at its sources,
 * any of them. `undefined` is one without commands.
 */
export function possibleBuildSystems(chunk: Chunk, { buildSystems }: Defaults): (BuildSystem | undefined)[] {
  if (chunk.buildSystem) return [buildSystems.get(chunk.buildSystem.text)];
  const isLookedFor = [...buildSystems.values()].some(({ indicators }) => indicators.length > 0);
  return isLookedFor ? [undefined, ...buildSystems.values()] : [buildSystems.get('manual')];
}
