import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import {
  type BuildStreamVersion,
  type ConvertOptions,
  collector,
  convert,
  type Definitions,
  type Diagnostic,
  detectBuildSystems,
  hasErrors,
  loadDefinitions,
  type Project,
  type ReadVariables,
  readGivenVariables,
  renderProject,
  resolveRefs,
  type Selection,
} from '../index.js';
import { type BaseChoice, chooseBase } from './base.js';
import { below } from './below.js';
import { configure } from './config.js';
import type { Io } from './io.js';
import { Progress, type VerbosityFlags } from './progress.js';

/** What the command line says about how to convert, whatever is done with the project. */
export interface ConversionFlags extends VerbosityFlags {
  readonly system?: string[];
  readonly buildstream: `${BuildStreamVersion}`;
  readonly alias: Record<string, string>;
  readonly buildSystem: Record<string, string>;
  readonly ref: Record<string, string>;
  readonly sources?: string;
  readonly resolveRefs?: boolean;
  readonly integration: 'guarded' | 'everywhere' | 'system';
  readonly base: string;
  readonly baseStratum?: string[];
  readonly baseExtra?: string[];
  readonly sysroot?: string;
  readonly sysrootRef?: string;
  readonly sysrootTrack?: string;
  readonly rebase: Record<string, string>;
  readonly set?: string[];
  readonly setFile?: string;
  readonly artifactCache?: string[];
  readonly remoteExecution?: string;
  readonly manifest?: boolean;
  readonly name?: string;
  readonly keepGoing?: boolean;
  /** The file of a configuration, or false for none. */
  readonly config?: string | false;
  /** The options that the command line gives. */
  readonly given?: readonly string[];
}

/** Definitions as a project, by the options of the command line. */
export interface AskedConversion {
  readonly definitions: Definitions;
  /** The options that were in force. */
  readonly flags: ConversionFlags;
  readonly project: Project;
  /** What of the definitions was asked for. */
  readonly asked: Selection;
  /** How many elements were converted. */
  readonly elements: number;
  /** The rendered project; nothing if it must not be written. */
  readonly files: ReturnType<typeof renderProject> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and converts definitions by the options of the command line. */
export async function convertAsAsked(
  source: string,
  given: ConversionFlags,
  io: Pick<Io, 'machine' | 'stderr' | 'isTerminal'>,
  progress = new Progress(io, given),
): Promise<AskedConversion> {
  const configured = await configure(given);
  const { flags } = configured;
  const variables = await readVariables(flags);
  const { deployments } = variables;
  const load = () => loadDefinitions(source, { deployments, onTime: progress.noteTime });
  const definitions = await progress.stage('reading the definitions', load, false);
  const lookedUp = await progress.stage('asking repositories', () => lookUp(definitions, flags));
  const base = await chooseBase(flags);
  const options = {
    ...optionsOf(source, flags, lookedUp, base, io.machine),
    ...configured.options,
    deployments,
  };
  const { project, asked, diagnostics, isUsable } = await progress.stage('converting', () =>
    convert(definitions, options),
  );
  const found = [
    ...configured.diagnostics,
    ...variables.diagnostics,
    ...lookedUp.diagnostics,
    ...base.diagnostics,
  ];
  const version = Number(flags.buildstream) as BuildStreamVersion;
  return {
    definitions: { ...definitions, files: new Map([...definitions.files, ...configured.files]) },
    flags,
    project,
    asked,
    elements: project.elements.length,
    files:
      isUsable && !hasErrors(found)
        ? progress.timed('rendering', () => renderProject(project, version))
        : undefined,
    diagnostics: [...definitions.diagnostics, ...found, ...diagnostics],
  };
}

/** The variables that the command line gives to deployments, by `--set` and in a file. */
export async function readVariables({
  set = [],
  setFile,
}: Pick<ConversionFlags, 'set' | 'setFile'>): Promise<ReadVariables> {
  if (setFile === undefined) return readGivenVariables(set);
  try {
    return readGivenVariables(set, { path: setFile, text: await readFile(setFile, 'utf8') });
  } catch {
    const { diagnostics, report } = collector();
    report('bad-option', undefined, `${setFile} cannot be read`, 'name a file with variables of deployments');
    return { ...readGivenVariables(set), diagnostics };
  }
}

interface LookedUp {
  readonly buildSystems: Record<string, string>;
  readonly refs: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What only repositories can tell, where the command line asks for it. */
async function lookUp(definitions: Definitions, flags: ConversionFlags): Promise<LookedUp> {
  const detected = flags.sources
    ? await detectBuildSystems(definitions, flags.sources, flags.alias)
    : { buildSystems: {}, diagnostics: [] };
  const resolved = flags.resolveRefs
    ? await resolveRefs(definitions, flags.alias)
    : { refs: new Map<string, string>(), diagnostics: [] };
  return { ...detected, ...resolved, diagnostics: [...detected.diagnostics, ...resolved.diagnostics] };
}

/** What Baserock calls the architectures that Node runs on. */
const machines: Readonly<Record<string, string>> = {
  arm: 'armv7lhf',
  arm64: 'armv8l64',
  ia32: 'x86_32',
  ppc64: 'ppc64',
  x64: 'x86_64',
};

function optionsOf(
  source: string,
  flags: ConversionFlags,
  { buildSystems, refs }: LookedUp,
  base: BaseChoice,
  machine: string,
): ConvertOptions {
  const builder = machines[machine];
  return {
    name: flags.name ?? projectName(basename(resolve(source)).replace(/\.ya?ml$/, '')),
    aliases: flags.alias,
    buildSystems: { ...buildSystems, ...flags.buildSystem },
    refs,
    chunkRefs: flags.ref,
    integration: flags.integration,
    manifest: flags.manifest === true,
    keepGoing: flags.keepGoing === true,
    ...base.options,
    ...(flags.remoteExecution ? { remoteExecution: flags.remoteExecution } : {}),
    ...(flags.artifactCache ? { artifactCaches: flags.artifactCache } : {}),
    ...(flags.system ? { systems: flags.system.map((path) => below(source, path)) } : {}),
    ...(builder ? { builder } : {}),
  };
}

/** A folder's name as the name of a project: BuildStream takes letters, digits, `-` and `_`, and no digit first. */
function projectName(folder: string): string {
  const name = folder.replace(/[^A-Za-z0-9_-]/g, '-').replace(/^[^A-Za-z_]+/, '');
  return name === '' ? 'baserock' : name;
}
