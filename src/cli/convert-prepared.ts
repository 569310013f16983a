import { definitionsOf } from '../definitions/load.js';
import type { ReadTexts } from '../definitions/read-texts.js';
import {
  convert,
  type Definitions,
  type Diagnostic,
  detectBuildSystems,
  hasErrors,
  loadDefinitions,
  renderProject,
  resolveRefs,
} from '../index.js';
import type { LookedAt } from './cache.js';
import type { AskedConversion, ConversionFlags, Prepared } from './conversion.js';
import type { Progress } from './progress.js';

/**
 * Reads and converts definitions, with what there is to know before.
 *
 * @param texts the texts of the definitions, if they have been read.
 */
export async function convertPrepared(
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
