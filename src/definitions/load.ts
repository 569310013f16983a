import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import glob from 'fast-glob';
import { collector, sortDiagnostics } from '../diagnostics/diagnostic.js';
import { wholeFile } from '../diagnostics/place.js';
import type { Definitions } from './model.js';
import { isDefinitionPath, parseDefinitions } from './parse.js';

/**
 * Reads a Baserock definitions repository of any format version from disk.
 *
 * @param directory its root: the folder that holds VERSION, or `strata/` and `systems/`.
 * @returns the definitions, with everything that reading them found in `diagnostics`. Nothing is thrown for bad
 *   input: a missing folder, an unreadable file and broken YAML are diagnostics too.
 */
export async function loadDefinitions(directory: string): Promise<Definitions> {
  const { diagnostics, report } = collector();
  const files = new Map<string, string>();
  const isFolder = await stat(directory).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    report('no-definitions', undefined, `${directory} is not a folder`);
    return { ...parseDefinitions(files), diagnostics };
  }
  const found = await glob(['**/*.morph', '**/*.def', 'VERSION', 'DEFAULTS'], {
    cwd: directory,
    dot: true,
    ignore: ['**/.git'],
    followSymbolicLinks: false,
    onlyFiles: true,
    suppressErrors: true,
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  await Promise.all(
    found.filter(isDefinitionPath).map(async (path) => {
      try {
        files.set(path, decoder.decode(await readFile(join(directory, path))));
      } catch (error) {
        const reason = error instanceof TypeError ? 'it is not UTF-8 text' : (error as Error).message;
        report('unreadable-file', wholeFile(path), `${path} cannot be read: ${reason}`);
      }
    }),
  );
  const definitions = parseDefinitions(files);
  return { ...definitions, diagnostics: sortDiagnostics([...diagnostics, ...definitions.diagnostics]) };
}
