import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildSystem, Chunk, Definitions } from '../definitions/model.js';
import { collector, type Diagnostic } from '../diagnostics/diagnostic.js';
import { inParallel } from '../in-parallel.js';
import { aliasesOf, repositoryUrl } from '../transformer/sources.js';
import { git, PROCESSES } from './git.js';

/** How long listing the files of a commit may take, in milliseconds. */
const PATIENCE = 30_000;

const help = 'name a folder with mirrors in it that are called `upstream/bash`, `bash` or `bash.git`';

/**
 * Finds out the build systems of chunks that name none, by the files at the top of their sources, as ybd does (ybd:
 * `detect_build_system`).
 *
 * @param directory a folder of git mirrors. The mirror of `upstream:bash` may be called `upstream/bash`, `bash` or
 *   after its URL with `_` for each character that is no letter or digit (as ybd and morph call it), with or without
 *   `.git`.
 * @returns `buildSystems` for the options of `convert`: of those chunks whose mirror holds their commit; and a
 *   diagnostic if there is no such folder, or no mirror in it.
 */
export async function detectBuildSystems(
  definitions: Definitions,
  directory: string,
  aliases: Readonly<Record<string, string>> = {},
): Promise<{ buildSystems: Record<string, string>; diagnostics: Diagnostic[] }> {
  const { diagnostics, report } = collector();
  if (!existsSync(directory)) {
    report('bad-option', undefined, `there is no folder ${directory} of git mirrors`, help);
    return { buildSystems: {}, diagnostics };
  }
  const found: Record<string, string> = {};
  const known = aliasesOf({ aliases });
  const chunks = definitions.strata
    .flatMap((stratum) => stratum.chunks)
    .filter(({ buildSystem, repo, ref }) => !buildSystem && repo && ref);
  const systems = [...definitions.defaults.buildSystems.values()];
  const mirrored = chunks.flatMap((chunk) => {
    const mirror = findMirror(chunk, directory, known);
    return mirror === undefined ? [] : [{ chunk, mirror }];
  });
  if (chunks.length > 0 && mirrored.length === 0) {
    const message = `${directory} has no mirror of a chunk that names no build system`;
    report('bad-option', undefined, message, help);
  }
  await inParallel(mirrored, PROCESSES, async ({ chunk, mirror }) => {
    const list = ['ls-tree', '--name-only', '--end-of-options', chunk.ref!.text];
    const files = await git(['-C', mirror, ...list], PATIENCE);
    if (files !== undefined) found[`${chunk.stratum}/${chunk.name}`] = recognise(files.split('\n'), systems);
  });
  return { buildSystems: found, diagnostics };
}

/** The first build system one of whose indicators is among the files; `manual` if there is none. */
function recognise(files: readonly string[], systems: readonly BuildSystem[]): string {
  const matches = (indicator: string) =>
    files.some((file) => file === indicator || (indicator === '.pro' && file.endsWith(indicator)));
  return systems.find(({ indicators }) => indicators.some(matches))?.name ?? 'manual';
}

function findMirror(
  { repo }: Chunk,
  directory: string,
  aliases: ReadonlyMap<string, string>,
): string | undefined {
  const url = repositoryUrl(repo!.text, aliases);
  const names = [
    repo!.text.replace(':', '/'),
    repo!.text.replace(/^[^:]*:/, ''),
    repo!.text.replace(/^.*[/:]/, ''),
    url.replace(/[^A-Za-z0-9]/g, '_'),
  ];
  return names
    .flatMap((name) => [name, `${name}.git`])
    .map((name) => join(directory, name))
    .find((path) => existsSync(path));
}
