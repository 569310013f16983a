import { wholeFile } from '../diagnostics/place.js';
import { builtInBuildSystems, builtInSplitRules } from './built-in-defaults.js';
import type { BuildSystem, Command, Defaults, SplitRule } from './model.js';
import { readCommandLists, readSplitRules } from './read-fields.js';
import type { Shape } from './schema.js';
import type { Step } from './steps.js';
import type { YamlDocument } from './yaml-document.js';

/** Where that stands which is in force without DEFAULTS. */
export const builtIn = wholeFile('(built in)');

/**
 * The build systems and split rules in force: those of DEFAULTS, and ybd's own where DEFAULTS has no such key or an
 * empty one (ybd: `Defaults.load_defaults`). A step that a build system does not name is empty.
 */
export function readDefaults(document: YamlDocument | undefined): Defaults {
  const shape = document?.value as Shape<'defaults'> | undefined;
  const own = shape?.['build-systems'];
  const rules = shape?.['split-rules'];
  const rulesOf = (kind: 'chunk' | 'stratum'): readonly SplitRule[] =>
    document && rules?.[kind]?.length ? readSplitRules(document, rules[kind]) : builtInRules(kind);
  return {
    comments: document
      ? Object.keys(shape!).flatMap((field) => generalComments(document, shape!, field))
      : [],
    buildSystems:
      document && own && Object.keys(own).length > 0 ? ownBuildSystems(document, own) : builtInSystems(),
    splitRules: { chunk: rulesOf('chunk'), stratum: rulesOf('stratum') },
  };
}

/** Comments on a part of DEFAULTS; each build system keeps its own. */
function generalComments(document: YamlDocument, shape: object, field: string): string[] {
  return field === 'build-systems' ? document.commentsOnKey(shape, field) : document.commentsOf(shape, field);
}

function ownBuildSystems(
  document: YamlDocument,
  shapes: NonNullable<Shape<'defaults'>['build-systems']>,
): Map<string, BuildSystem> {
  const systems = Object.entries(shapes).map(([name, shape]) => ({
    name,
    commands: readCommandLists(document, shape),
    indicators: (shape?.indicators ?? []).map(String),
    comments: [
      ...document.commentsOnKey(shapes, name),
      ...Object.keys(shape ?? {}).flatMap((field) => document.commentsOnKey(shape!, field)),
    ],
  }));
  return new Map(systems.map((system) => [system.name, system]));
}

function builtInSystems(): Map<string, BuildSystem> {
  const systems = Object.entries(builtInBuildSystems).map(([name, { indicators, commands }]) => ({
    name,
    commands: new Map(
      Object.entries(commands).map(([step, texts]) => [step as Step, texts.map(builtInCommand)]),
    ),
    indicators,
    comments: [],
  }));
  return new Map(systems.map((system) => [system.name, system]));
}

function builtInCommand(text: string): Command {
  return { text, at: builtIn, comments: [] };
}

function builtInRules(kind: 'chunk' | 'stratum'): SplitRule[] {
  return builtInSplitRules[kind].map(([artifact, include]) => ({
    artifact: { text: artifact, at: builtIn },
    include: include.map((text) => ({ text, at: builtIn })),
  }));
}
