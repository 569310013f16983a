import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { collector, sortDiagnostics } from '../diagnostics/diagnostic.js';
import { wholeFile } from '../diagnostics/place.js';
import { inTurns } from '../in-turns.js';
import { type GivenVariables, wantedPaths } from './deployed-files.js';
import type { Definitions, TreeFile } from './model.js';
import { notDefinitions } from './no-definitions.js';
import { type ParseOptions, parseFiles, reportFaults, withTree } from './parse.js';
import { type DefinitionFiles, kindAt, readDefinitionFiles, reasonOf, stopwatch } from './read-files.js';
import { treeReader } from './read-tree.js';
import { splitSingleFile } from './single-file.js';
import { YamlDocument } from './yaml-document.js';

/** What reading definitions from disk can be told. */
export interface LoadOptions extends Pick<ParseOptions, 'deployments'> {
  /** Is told what each part of it took: finding files, reading them, parsing, and reading what deployments name. */
  readonly onTime?: (part: string, milliseconds: number) => void;
}

/**
 * Reads a Baserock definitions repository of any format version from disk.
 *
 * @param directory its root: the folder that holds VERSION, or `strata/` and `systems/`; or the one file
 *   (`<target>.yml`) in which ybd saved the definitions of a target.
 * @param options `deployments`: variables that deployments will be given; files that their values name are read, too.
 *   `onTime` is told what each part of it took.
 * @returns the definitions, with everything that reading them found in `diagnostics`. Nothing is thrown for bad
 *   input: a missing folder, an unreadable file and broken YAML are diagnostics too.
 */
export async function loadDefinitions(directory: string, options: LoadOptions = {}): Promise<Definitions> {
  if (/\.ya?ml$/.test(directory) && kindAt(directory) === 'file') {
    return loadSingleFile(directory, options.deployments ?? {});
  }
  const texts = await readDefinitionFiles(directory, options.onTime);
  if (texts) return (await definitionsOf(texts, options)).definitions;
  const { diagnostics, report } = collector();
  const { message, hint } = notDefinitions(directory, reasonOf);
  report('no-definitions', undefined, message, hint);
  return { ...parseFiles(new Map(), []), diagnostics };
}

/**
 * Makes definitions out of their texts, and reads what deployments name besides.
 *
 * @returns the definitions, and all that was looked for in the tree besides definitions, found or not.
 */
export async function definitionsOf(
  { root, files, broken, diagnostics }: DefinitionFiles,
  { deployments = {}, onTime }: LoadOptions,
): Promise<{ definitions: Definitions; lookedAt: ReadonlyMap<string, TreeFile | undefined> }> {
  const passed = stopwatch(onTime);
  const parsed = parseFiles(files, broken);
  passed('parsing');
  const { definitions, lookedAt } = await readDeployed(root, parsed, deployments);
  passed('reading what deployments name');
  return {
    definitions: {
      ...definitions,
      diagnostics: sortDiagnostics([...diagnostics, ...definitions.diagnostics]),
    },
    lookedAt,
  };
}

/** Reads what deployments name besides definitions. */
async function readDeployed(
  root: string,
  definitions: Definitions,
  given: GivenVariables,
): Promise<{ definitions: Definitions; lookedAt: ReadonlyMap<string, TreeFile | undefined> }> {
  const readFile = treeReader(root);
  const known = new Map<string, TreeFile | undefined>();
  for (;;) {
    const wanted = wantedPaths(definitions.clusters, given, known);
    if (wanted.length === 0) return { definitions: withTree(definitions, known), lookedAt: known };
    await inTurns(wanted, (path) => {
      known.set(path, readFile(path));
    });
  }
}

/** Definitions that ybd saved as one file, with the VERSION and DEFAULTS beside it. */
async function loadSingleFile(path: string, given: GivenVariables): Promise<Definitions> {
  const { diagnostics, report } = collector();
  const files = new Map<string, string>();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const own = basename(path);
  const read = (name: string, use: (text: string) => void) => {
    try {
      use(decoder.decode(readFileSync(join(dirname(path), name))));
    } catch (error) {
      report('unreadable-file', wholeFile(name), `${name} cannot be read: ${reasonOf(error)}`);
    }
  };
  let parts: Map<string, string> | undefined;
  read(own, (text) => {
    const document = new YamlDocument(own, text);
    files.set(own, document.text);
    reportFaults(document, report);
    if (!document.isBroken) parts = splitSingleFile(document, report);
  });
  for (const [name, text] of parts ?? []) files.set(name, text);
  for (const name of ['VERSION', 'DEFAULTS'].filter((each) => existsSync(join(dirname(path), each)))) {
    if (parts) read(name, (text) => files.set(name, text));
  }
  const root = realpathSync.native(dirname(path));
  const { definitions } = await readDeployed(root, parseFiles(files, []), given);
  // If nothing could be made of the file, that has been said.
  const found = parts ? definitions.diagnostics : [];
  const all = new Map([...definitions.files, ...files]);
  return { ...definitions, files: all, diagnostics: sortDiagnostics([...diagnostics, ...found]) };
}
