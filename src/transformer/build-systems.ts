import type { Chunk, Definitions } from '../definitions/model.js';
import type { Report } from '../diagnostics/diagnostic.js';
import type { BuildSystem } from '../project/model.js';
import { presetCommands } from './commands.js';
import type { Context } from './context.js';
import { valueFor } from './options.js';

/** The plugins of BuildStream that bear another name than the build system of Baserock which they stand for. */
const plugins: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'python-distutils': 'distutils',
    'python3-distutils': 'distutils',
    cpan: 'makemaker',
    'module-build': 'modulebuild',
  }),
);

/** The build system of a chunk that names none and is not looked into: nothing but its own commands. */
const fallback = 'manual';

const none: BuildSystem = {
  name: fallback,
  plugin: fallback,
  commands: { configure: [], build: [], install: [], strip: [] },
  comments: [],
};

/**
 * The build systems of DEFAULTS (or ybd's own), as BuildStream is to know them. `manual` is always among them,
 * because Baserock's does not strip and the plugin of BuildStream 1 does.
 */
export function convertBuildSystems({ defaults }: Definitions): Map<string, BuildSystem> {
  const systems = new Map<string, BuildSystem>([[fallback, none]]);
  for (const { name, commands, comments } of defaults.buildSystems.values()) {
    systems.set(name, {
      name,
      plugin: plugins.get(name) ?? name,
      commands: {
        configure: presetCommands(commands, 'configure'),
        build: presetCommands(commands, 'build'),
        install: presetCommands(commands, 'install'),
        strip: presetCommands(commands, 'strip'),
      },
      comments,
    });
  }
  return systems;
}

/**
 * The name of the build system that a chunk is built with: what it declares, else what the caller says. A chunk
 * without either is one that ybd looks into; that is `manual` where no build system has indicators to look for.
 */
export function buildSystemOf(chunk: Chunk, context: Context): string {
  const { definitions, options, buildSystems, report } = context;
  const declared = chunk.buildSystem;
  if (declared) {
    if (buildSystems.has(declared.text)) return declared.text;
    const known = [...buildSystems.keys()].join(', ');
    const message = `\`${chunk.name}\` is built with \`${declared.text}\`; defined are ${known}`;
    report('undefined-build-system', declared.at, message);
    return fallback;
  }
  const given = valueFor(chunk, options.buildSystems);
  if (given !== undefined && buildSystems.has(given)) return given;
  const detects = [...definitions.defaults.buildSystems.values()].some(
    ({ indicators }) => indicators.length > 0,
  );
  if (detects) reportUnknown(chunk, report);
  return fallback;
}

/** The name of the build system that the rule in force chooses for a chunk: one that is defined. */
export function chooseBuildSystem(chunk: Chunk, context: Context): string {
  const { rules, buildSystems, report } = context;
  const chosen = rules.buildSystem(chunk, context);
  if (buildSystems.has(chosen)) return chosen;
  const known = [...buildSystems.keys()].join(', ');
  const message = `a rule has \`${chunk.name}\` built with \`${chosen}\`; defined are ${known}`;
  report('undefined-build-system', chunk.at, message);
  return fallback;
}

function reportUnknown(chunk: Chunk, report: Report): void {
  const open = (['configure', 'build', 'install'] as const).filter(
    (phase) => !chunk.commands.has(`${phase}-commands`),
  );
  if (open.length === 0) {
    const message = `\`${chunk.name}\` names no build system: whether ybd strips it depends on its sources`;
    report('unknown-strip-commands', chunk.at, message);
    return;
  }
  const message = `\`${chunk.name}\` names no build system, and has no commands to ${open.join(', ')}`;
  report('unknown-build-system', chunk.at, message);
}
