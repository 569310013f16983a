import { definitionsOf } from '../definitions/load.js';
import type { DefinitionFiles } from '../definitions/read-files.js';
import {
  type BuildStreamVersion,
  type ConvertOptions,
  convert,
  type Definitions,
  type Diagnostic,
  detectBuildSystems,
  hasErrors,
  loadDefinitions,
  type Project,
  type ProjectFile,
  renderProject,
  resolveRefs,
  type Selection,
} from '../index.js';
import type { ConversionFlags } from './conversion-flags.js';
import type { LookedAt } from './kept-conversions.js';
import type { Progress } from './progress.js';

/** All that is known before definitions are read. */
export interface Prepared {
  readonly flags: ConversionFlags;
  readonly options: ConvertOptions & Required<Pick<ConvertOptions, 'deployments'>>;
  readonly version: BuildStreamVersion;
  /** The texts of the configuration. */
  readonly files: ReadonlyMap<string, string>;
  /** What is wrong with the options. */
  readonly found: readonly Diagnostic[];
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

/**
 * Reads and converts definitions, with what there is to know before.
 *
 * @param texts the texts of the definitions, if they have been read.
 */
export async function convertPrepared(
  source: string,
  { flags, options, version, files, found }: Prepared,
  progress: Progress,
  texts?: DefinitionFiles,
): Promise<AskedConversion & { readonly lookedAt: LookedAt }> {
  const loading = { deployments: options.deployments, onTime: progress.noteTime };
  const load = async () =>
    texts
      ? definitionsOf(texts, loading)
      : { definitions: await loadDefinitions(source, loading), lookedAt: new Map() };
  const stage = texts ? 'parsing the definitions' : 'reading the definitions';
  const { definitions, lookedAt } = await progress.stage(stage, load, false);
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
