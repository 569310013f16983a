import { basename, resolve } from 'node:path';
import {
  type BuildStreamVersion,
  type ConvertOptions,
  convert,
  countDiagnostics,
  type Definitions,
  type Diagnostic,
  detectBuildSystems,
  hasErrors,
  loadDefinitions,
  renderDiagnostics,
  renderProject,
  resolveRefs,
  sortDiagnostics,
  type WriteResult,
  writeProject,
} from '../index.js';
import { type BaseChoice, chooseBase } from './base.js';
import { configure } from './config.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';

/** What the command line says about how to convert, whatever is done with the project. */
export interface ConversionFlags {
  readonly system?: string[];
  readonly buildstream: '1' | '2';
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
  readonly artifactCache?: string[];
  readonly remoteExecution?: string;
  readonly manifest?: boolean;
  readonly name?: string;
  readonly keepGoing?: boolean;
  /** The file of a configuration, or false for none. */
  readonly config?: string | false;
  /** The options that the command line gives. */
  readonly given?: readonly string[];
  readonly timings?: boolean;
}

/** What the command line says to `convert`. */
export interface ConvertFlags extends ConversionFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly force?: boolean;
  readonly all?: boolean;
}

/** How many diagnostics of each code are shown unless all are asked for. */
const SHOWN = 10;

/** The command `convert`: reads, converts, writes, and says what it did. Returns the exit code. */
export async function runConvert(
  source: string,
  target: string,
  flags: ConvertFlags,
  io: Io,
): Promise<number> {
  const { flags: inForce, ...asked } = await convertAsAsked(source, flags, io);
  const { definitions, elements, files, diagnostics } = asked;
  const result = files
    ? await writeProject(files, target, {
        definitionsDirectory: source,
        dryRun: flags.dryRun === true,
        force: flags.force === true,
      })
    : undefined;
  const all = sortDiagnostics([...diagnostics, ...(result?.diagnostics ?? [])]);
  const failed = result === undefined || hasErrors(result.diagnostics);
  if (flags.json)
    io.stdout(
      `${JSON.stringify(jsonResult(target, failed, { ...flags, ...inForce }, result, all), null, 2)}\n`,
    );
  else {
    const limit = flags.all ? Number.POSITIVE_INFINITY : SHOWN;
    io.stderr(renderDiagnostics(all, definitions.files, { colour: io.colour, limit }));
    if (flags.dryRun && result) for (const path of result.written) io.stdout(`${path}\n`);
  }
  io.stderr(`${summary(target, failed, flags, elements, result, all)}\n`);
  if (failed) return exitCodes.failed;
  const needsHand =
    hasErrors(all) ||
    (flags.strict && all.some(({ severity }) => severity === 'manual' || severity === 'error'));
  return needsHand ? exitCodes.needsHand : exitCodes.done;
}

/** Definitions as a project, by the options of the command line. */
export interface AskedConversion {
  readonly definitions: Definitions;
  /** The options that were in force. */
  readonly flags: ConversionFlags;
  /** How many elements were converted. */
  readonly elements: number;
  /** The rendered project; nothing if it must not be written. */
  readonly files: ReturnType<typeof renderProject> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and converts definitions by the options of the command line. */
export async function convertAsAsked(
  source: string,
  asked: ConversionFlags,
  { machine }: Pick<Io, 'machine'>,
): Promise<AskedConversion> {
  const configured = await configure(asked);
  const { flags } = configured;
  const definitions = await loadDefinitions(source);
  const lookedUp = await lookUp(definitions, flags);
  const base = await chooseBase(flags);
  const { project, diagnostics, isUsable } = convert(definitions, {
    ...optionsOf(source, flags, lookedUp, base, machine),
    ...configured.options,
  });
  const found = [...configured.diagnostics, ...lookedUp.diagnostics, ...base.diagnostics];
  const version = Number(flags.buildstream) as BuildStreamVersion;
  return {
    definitions: { ...definitions, files: new Map([...definitions.files, ...configured.files]) },
    flags,
    elements: project.elements.length,
    files: isUsable && !hasErrors(found) ? renderProject(project, version) : undefined,
    diagnostics: [...definitions.diagnostics, ...found, ...diagnostics],
  };
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
    ...(flags.system ? { systems: flags.system } : {}),
    ...(builder ? { builder } : {}),
  };
}

/** A folder's name as the name of a project: BuildStream takes letters, digits, `-` and `_`, and no digit first. */
function projectName(folder: string): string {
  const name = folder.replace(/[^A-Za-z0-9_-]/g, '-').replace(/^[^A-Za-z_]+/, '');
  return name === '' ? 'baserock' : name;
}

function summary(
  target: string,
  failed: boolean,
  { dryRun }: ConvertFlags,
  elements: number,
  result: WriteResult | undefined,
  diagnostics: readonly Diagnostic[],
): string {
  const counts = countDiagnostics(diagnostics);
  if (failed) return `nothing was written: ${counts}`;
  const { written, unchanged, removed } = result!;
  const files = [
    `${written.length} written`,
    ...(unchanged.length > 0 ? [`${unchanged.length} unchanged`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
  ].join(', ');
  const done = dryRun ? 'would convert' : 'converted';
  return `${done} to ${target}: ${elements} ${elements === 1 ? 'element' : 'elements'} (files: ${files})${counts ? `; ${counts}` : ''}`;
}

/** The result as data: see README, "Machine-readable output". */
function jsonResult(
  target: string,
  failed: boolean,
  flags: ConvertFlags,
  result: WriteResult | undefined,
  diagnostics: readonly Diagnostic[],
) {
  return {
    schema: 1,
    status: failed ? 'failed' : flags.dryRun ? 'dry-run' : 'converted',
    project: target,
    buildstream: Number(flags.buildstream),
    files: {
      written: failed ? [] : result!.written,
      unchanged: failed ? [] : result!.unchanged,
      removed: failed ? [] : result!.removed,
    },
    diagnostics,
  };
}
