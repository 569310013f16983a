import type { BuildSystem, Command, Definitions } from '../definitions/model.js';
import { type Step, steps } from '../definitions/steps.js';
import { wholeFile } from '../diagnostics/place.js';

/** A build system as DEFAULTS has it: lists of commands by step, and the files by which sources are known. */
export type OwnBuildSystem = { readonly [S in Step]?: readonly string[] } & {
  readonly indicators?: readonly string[];
};

/** Where that stands which a caller says. */
const fromCaller = wholeFile('(configuration)');

/** Definitions whose DEFAULTS also have the build systems of a caller, in the place of those of the same name. */
export function addBuildSystems(
  definitions: Definitions,
  own: Readonly<Record<string, OwnBuildSystem>> = {},
): Definitions {
  if (Object.keys(own).length === 0) return definitions;
  const buildSystems = new Map(definitions.defaults.buildSystems);
  for (const [name, given] of Object.entries(own)) buildSystems.set(name, buildSystem(name, given));
  return { ...definitions, defaults: { ...definitions.defaults, buildSystems } };
}

function buildSystem(name: string, given: OwnBuildSystem): BuildSystem {
  const command = (text: string): Command => ({ text, at: fromCaller, comments: [] });
  return {
    name,
    commands: new Map(
      steps.flatMap((step) => {
        const list = given[step];
        return list ? [[step, list.map(command)] as const] : [];
      }),
    ),
    indicators: given.indicators ?? [],
    comments: [],
  };
}
