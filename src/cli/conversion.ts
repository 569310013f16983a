import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { readDefinitionFiles } from '../definitions/read-files.js';
import { textsToShow } from '../definitions/texts.js';
import { type BuildStreamVersion, type ConvertOptions, collector, type ReadVariables } from '../index.js';
import { type BaseChoice, chooseBase } from './base.js';
import { below } from './below.js';
import { configure } from './config.js';
import type { ConversionFlags } from './conversion-flags.js';
import type { AskedConversion, AskedProject, Prepared } from './convert-prepared.js';
import type { Io } from './io.js';
import { keep, keyOf, recall } from './kept-conversions.js';
import { Progress } from './progress.js';

/** Reads and converts definitions by the options of the command line. */
export async function convertAsAsked(
  source: string,
  given: ConversionFlags,
  io: Pick<Io, 'machine' | 'stderr' | 'isTerminal'>,
  progress = new Progress(io, given),
): Promise<AskedConversion> {
  const { convertPrepared } = await import('./convert-prepared.js');
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
  const isOpen = flags.sources !== undefined || flags.resolveRefs || found.length > 0;
  const place = isOpen || flags.cache === false ? undefined : io.cache;
  const read = () => readDefinitionFiles(source, progress.noteTime);
  const texts = place && (await progress.stage('reading the definitions', read, false));
  const key = texts && keyOf(place.build, options, version, texts);
  const cached = place && texts && key !== undefined ? { place, texts, key } : undefined;
  if (cached) {
    const look = () => recall(cached.place, cached.key, cached.texts.root);
    const kept = await progress.stage('looking into the cache', look);
    if (kept) {
      const files = new Map([...textsToShow(cached.texts.files, kept.lookedAt), ...prepared.files]);
      return { ...kept, definitions: { files }, flags };
    }
  }
  // Not loaded before it is known to be needed: it is most of this tool.
  const { convertPrepared } = await import('./convert-prepared.js');
  const converted = await convertPrepared(source, prepared, progress, texts);
  const { elements, files, diagnostics, lookedAt } = converted;
  if (files && cached) {
    const put = () => keep(cached.place, cached.key, { elements, files, diagnostics }, lookedAt);
    await progress.stage('keeping it in the cache', put);
  }
  return converted;
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

/** The variables that the command line gives to deployments, by `--set` and in a file. */
export async function readVariables({
  set = [],
  setFile,
}: Pick<ConversionFlags, 'set' | 'setFile'>): Promise<ReadVariables> {
  if (set.length === 0 && setFile === undefined) return { deployments: {}, diagnostics: [] };
  const { readGivenVariables } = await import('../definitions/given-variables.js');
  if (setFile === undefined) return readGivenVariables(set);
  try {
    return readGivenVariables(set, { path: setFile, text: await readFile(setFile, 'utf8') });
  } catch {
    const { diagnostics, report } = collector();
    report('bad-option', undefined, `${setFile} cannot be read`, 'name a file with variables of deployments');
    return { ...readGivenVariables(set), diagnostics };
  }
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
