import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { definitionsOf, type ReadTexts, readTexts } from '../definitions/load.js';
import { textsToShow } from '../definitions/parse.js';
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
  type ProjectFile,
  type ReadVariables,
  readGivenVariables,
  renderProject,
  resolveRefs,
  type Selection,
} from '../index.js';
import { type BaseChoice, chooseBase } from './base.js';
import { below } from './below.js';
import { keep, keyOf, type LookedAt, recall } from './cache.js';
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
  /** False: convert anew, whatever is in the cache. */
  readonly cache?: boolean;
  /** The file of a configuration, or false for none. */
  readonly config?: string | false;
  /** The options that the command line gives. */
  readonly given?: readonly string[];
}

/** A rendered project, by the options of the command line. */
export interface AskedProject {
  /** What diagnostics show lines of. */
  readonly definitions: Pick<Definitions, 'files'>;
  /** The options that were in force. */
  readonly flags: ConversionFlags;
  /** How many elements were converted. */
  readonly elements: number;
  /** The rendered project; nothing if it must not be written. */
  readonly files: ReadonlyMap<string, ProjectFile> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The same, with all that it was made of. */
export interface AskedConversion extends AskedProject {
  readonly definitions: Definitions;
  readonly project: Project;
  /** What of the definitions was asked for. */
  readonly asked: Selection;
}

/** Reads and converts definitions by the options of the command line. */
export async function convertAsAsked(
  source: string,
  given: ConversionFlags,
  io: Pick<Io, 'machine' | 'stderr' | 'isTerminal'>,
  progress = new Progress(io, given),
): Promise<AskedConversion> {
  return convertPrepared(source, await prepare(source, given, io.machine), progress);
}

/**
 * As {@link convertAsAsked}, but where the same definitions were converted before with the same options, what that gave
 * is taken from the cache, unless `--no-cache` says otherwise.
 */
export async function projectAsAsked(
  source: string,
  given: ConversionFlags,
  io: Pick<Io, 'machine' | 'stderr' | 'isTerminal' | 'cache'>,
  progress = new Progress(io, given),
): Promise<AskedProject> {
  const prepared = await prepare(source, given, io.machine);
  const { flags, options, version, found } = prepared;
  // What repositories say now is not known before they are asked.
  const isOpen =
    flags.cache === false || flags.sources !== undefined || flags.resolveRefs || found.length > 0;
  const cache = isOpen ? undefined : io.cache;
  const read = () => readTexts(source, progress.noteTime);
  const texts = cache && (await progress.stage('reading the definitions', read, false));
  const key = texts && keyOf(cache!.build, options, version, texts);
  if (key === undefined) return convertPrepared(source, prepared, progress, texts);
  const kept = progress.timed('looking into the cache', () => recall(cache!, key, texts!.root));
  if (kept) {
    const files = new Map([...textsToShow(texts!.files, kept.lookedAt), ...prepared.files]);
    return { ...kept, definitions: { files }, flags };
  }
  const converted = await convertPrepared(source, prepared, progress, texts);
  const { elements, files, diagnostics, lookedAt } = converted;
  if (files) {
    progress.timed('keeping it in the cache', () =>
      keep(cache!, key, { elements, files, diagnostics }, lookedAt),
    );
  }
  return converted;
}

/** All that is known before definitions are read. */
interface Prepared {
  readonly flags: ConversionFlags;
  readonly options: ConvertOptions & Required<Pick<ConvertOptions, 'deployments'>>;
  readonly version: BuildStreamVersion;
  /** The texts of the configuration. */
  readonly files: ReadonlyMap<string, string>;
  /** What is wrong with the options. */
  readonly found: readonly Diagnostic[];
}

async function prepare(source: string, given: ConversionFlags, machine: string): Promise<Prepared> {
  const configured = await configure(given);
  const { flags } = configured;
  const variables = await readVariables(flags);
  const base = await chooseBase(flags);
  return {
    flags,
    options: {
      ...optionsOf(source, flags, base, machine),
      ...configured.options,
      deployments: variables.deployments,
    },
    version: Number(flags.buildstream) as BuildStreamVersion,
    files: configured.files,
    found: [...configured.diagnostics, ...variables.diagnostics, ...base.diagnostics],
  };
}

/** @param texts the texts of the definitions, if they have been read. */
async function convertPrepared(
  source: string,
  { flags, options, version, files, found }: Prepared,
  progress: Progress,
  texts?: ReadTexts,
): Promise<AskedConversion & { readonly lookedAt: LookedAt }> {
  const loading = { deployments: options.deployments, onTime: progress.noteTime };
  const load = async () =>
    texts
      ? definitionsOf(texts, loading)
      : { definitions: await loadDefinitions(source, loading), lookedAt: new Map() };
  const { definitions, lookedAt } = await progress.stage('reading the definitions', load, false);
  const lookedUp = await progress.stage('asking repositories', () => lookUp(definitions, flags));
  const buildSystems = { ...lookedUp.buildSystems, ...options.buildSystems };
  const { project, asked, diagnostics, isUsable } = await progress.stage('converting', () =>
    convert(definitions, { ...options, buildSystems, refs: lookedUp.refs }),
  );
  const all = [...found, ...lookedUp.diagnostics];
  return {
    definitions: { ...definitions, files: new Map([...definitions.files, ...files]) },
    flags,
    lookedAt,
    project,
    asked,
    elements: project.elements.length,
    files:
      isUsable && !hasErrors(all)
        ? progress.timed('rendering', () => renderProject(project, version))
        : undefined,
    diagnostics: [...definitions.diagnostics, ...all, ...diagnostics],
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
  base: BaseChoice,
  machine: string,
): ConvertOptions {
  const builder = machines[machine];
  return {
    name: flags.name ?? projectName(basename(resolve(source)).replace(/\.ya?ml$/, '')),
    aliases: flags.alias,
    buildSystems: flags.buildSystem,
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
