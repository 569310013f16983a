import type { Chunk, Stratum } from '../definitions/model.js';
import type { Step } from '../definitions/steps.js';
import { escapeVariables } from '../project/escape-variables.js';
import {
  type BuildElement,
  type CommandChange,
  type CommandKind,
  commandKinds,
  type Dependency,
} from '../project/model.js';
import { buildSystemOf } from './build-systems.js';
import { commandChange, stepsOfKind } from './commands.js';
import { type Context, isBase, siblingsOf, strataBelow } from './context.js';
import { checkIntegrationArtifacts, chunkIntegration } from './integration.js';
import { buildDepsElement, chunkElement } from './names.js';
import { searchPath } from './project-configuration.js';
import { convertSource, sourceFields } from './sources.js';

/** A chunk as a build element. */
export function convertChunk(chunk: Chunk, stratum: Stratum, context: Context): BuildElement {
  const source = convertSource(chunk, context);
  const buildSystem = buildSystemOf(chunk, context);
  const preset = context.definitions.defaults.buildSystems.get(buildSystem)?.commands ?? new Map();
  const commands = new Map<CommandKind, CommandChange>();
  for (const kind of commandKinds) {
    const change = commandChange(chunk, preset, kind);
    if (change) commands.set(kind, change);
  }
  checkIntegrationArtifacts(chunk, context);
  reportUnconverted(chunk, context);
  return {
    kind: 'build',
    path: chunkElement(chunk),
    header: headerOf(chunk, commands),
    description: chunk.description,
    dependencies: dependenciesOf(chunk, stratum),
    buildSystem,
    sources: source ? [source] : [],
    variables: variablesOf(chunk),
    environment: environmentOf(chunk, stratum),
    commands,
    public: {
      integrationCommands: chunkIntegration(chunk, context),
      splitRules: context.splitting.splitRules(chunk),
    },
  };
}

/** Comments that speak of the chunk as a whole, or of a field that has no place of its own in the element. */
function headerOf(chunk: Chunk, commands: BuildElement['commands']): string[] {
  const emptied = new Set(
    commandKinds.filter((kind) => (commands.get(kind)?.comments?.length ?? 0) > 0).flatMap(stepsOfKind),
  );
  const isElsewhere = (field: string) =>
    sourceFields.includes(field) ||
    (chunk.commands.get(field as Step)?.length ?? 0) > 0 ||
    emptied.has(field as Step);
  return [...chunk.comments].flatMap(([field, texts]) => (isElsewhere(field) ? [] : texts));
}

/** Siblings for building and running, so that theirs follow; everything below the stratum for building only. */
function dependenciesOf(chunk: Chunk, stratum: Stratum): Dependency[] {
  const siblings = chunk.buildDepends.map(
    (sibling): Dependency => ({ element: chunkElement(sibling), type: 'all' }),
  );
  if (stratum.buildDepends.length === 0) return siblings;
  return [...siblings, { element: buildDepsElement(stratum), type: 'build' }];
}

function variablesOf(chunk: Chunk): Map<string, string | boolean> {
  const variables = new Map<string, string | boolean>();
  if (chunk.prefix) variables.set('prefix', escapeVariables(chunk.prefix.text));
  if (namesBuildDirectories(chunk)) {
    variables.set('build-root', escapeVariables(`/${chunk.name}.build`));
    variables.set('install-root', escapeVariables(`/${chunk.name}.inst`));
  }
  if (chunk.maxJobs?.text === '1') variables.set('notparallel', true);
  return variables;
}

/** ybd builds in `/<name>.build` and installs to `/<name>.inst`; commands of real chunks count on it. */
function namesBuildDirectories(chunk: Chunk): boolean {
  const paths = [`/${chunk.name}.build`, `/${chunk.name}.inst`];
  return [...chunk.commands.values()].flat().some(({ text }) => paths.some((path) => text.includes(path)));
}

/**
 * ybd puts `bin` below the prefixes of everything a chunk is built on ahead in PATH. What `--prefix=/usr` installs is
 * found anyway; the prefixes of bootstrap chunks belong to the base.
 */
function environmentOf(chunk: Chunk, stratum: Stratum): Map<string, string> {
  const environment = new Map<string, string>();
  const prefixes = new Set(prefixesBelow(stratum));
  if (hasPrefixes(stratum)) {
    for (const { prefix } of [...siblingsOf(chunk), chunk]) if (prefix) prefixes.add(prefix.text);
  }
  prefixes.delete('/usr');
  if (prefixes.size > 0) {
    const directories = [...prefixes].sort().map((prefix) => `${prefix.replace(/\/$/, '')}/bin`);
    environment.set('PATH', escapeVariables([...directories, searchPath].join(':')));
  }
  const jobs = chunk.maxJobs?.text;
  if (jobs !== undefined && jobs !== '1') environment.set('MAKEFLAGS', `-j${jobs}`);
  return environment;
}

/** True if some chunk of a stratum has a prefix. Remembered, as it is asked for every one of them. */
function hasPrefixes(stratum: Stratum): boolean {
  const known = withPrefixes.get(stratum) ?? stratum.chunks.some(({ prefix }) => prefix !== undefined);
  withPrefixes.set(stratum, known);
  return known;
}

const withPrefixes = new WeakMap<Stratum, boolean>();

/** The prefixes of everything that a stratum is built on. Remembered, as they are the same for all of its chunks. */
function prefixesBelow(stratum: Stratum): readonly string[] {
  const known = below.get(stratum) ?? strataBelow(stratum).filter(hasPrefixes).flatMap(prefixesOf);
  below.set(stratum, known);
  return known;
}

const below = new WeakMap<Stratum, readonly string[]>();

function prefixesOf(stratum: Stratum): readonly string[] {
  if (isBase(stratum)) return [];
  return stratum.chunks.flatMap(({ prefix }) => prefix?.text ?? []);
}

function reportUnconverted(chunk: Chunk, { splitting, report }: Context): void {
  const [device] = chunk.devices;
  if (device) {
    const names = chunk.devices.map(({ filename }) => filename).join(', ');
    report('device-nodes', device.at, `\`${chunk.name}\` declares device nodes: ${names}`);
  }
  splitting.domains.reportChunk(chunk, report);
}
