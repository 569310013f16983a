import { type Dirent, existsSync, readdir, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import fastGlob from 'fast-glob';
import { collector, type Diagnostic, sortDiagnostics } from '../diagnostics/diagnostic.js';
import { wholeFile } from '../diagnostics/place.js';
import { inTurns } from '../in-turns.js';
import { type GivenVariables, wantedPaths } from './deployed-files.js';
import type { Definitions, TreeFile } from './model.js';
import { notDefinitions } from './no-definitions.js';
import { isDefinitionPath, type ParseOptions, parseFiles, reportFaults, withTree } from './parse.js';
import { readTreeFile } from './read-tree.js';
import { splitSingleFile } from './single-file.js';
import { YamlDocument } from './yaml-document.js';

/** What reading definitions from disk can be told. */
export interface LoadOptions extends Pick<ParseOptions, 'deployments'> {
  /** Is told what each part of it took: finding files, reading them, parsing, and reading what deployments name. */
  readonly onTime?: (part: string, milliseconds: number) => void;
}

type ReaddirCallback = (error: Error | null, entries: Dirent[]) => void;

const linkHint = 'put a copy of the file in its place';

/** What errors of the file system mean, in the words of the person who meets them. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOENT: 'it is a link that leads nowhere, or has vanished',
  ELOOP: 'it is a link that leads to itself',
  EISDIR: 'it is not a file',
  ENOTDIR: 'something on the way to it is not a folder',
};

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
  if (/\.ya?ml$/.test(directory) && entryAt(directory)?.isFile()) {
    return loadSingleFile(directory, options.deployments ?? {});
  }
  const texts = await readTexts(directory, options.onTime);
  if (texts) return (await definitionsOf(texts, options)).definitions;
  const { diagnostics, report } = collector();
  const { message, hint } = notDefinitions(directory, reasonOf);
  report('no-definitions', undefined, message, hint);
  return { ...parseFiles(new Map(), []), diagnostics };
}

/** A definitions repository as it is on the disk, before anything is made of it. */
export interface ReadTexts {
  /** The real path of its root. */
  readonly root: string;
  /** The texts of the definitions by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of what could not be read, which is in `diagnostics`. */
  readonly broken: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the texts of definitions.
 *
 * @returns undefined if the path is no folder.
 */
export async function readTexts(
  directory: string,
  onTime?: LoadOptions['onTime'],
): Promise<ReadTexts | undefined> {
  if (!entryAt(directory)?.isDirectory()) return undefined;
  const passed = stopwatch(onTime);
  const { diagnostics, report } = collector();
  const files = new Map<string, string>();
  const root = realpathSync.native(directory);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const broken: string[] = [];
  const unreadable = (path: string, reason: string) => {
    broken.push(path);
    report('unreadable-file', wholeFile(path), `${path} cannot be read: ${reason}`);
  };
  const read = (path: string, isLink: boolean) => {
    try {
      const file = join(root, path);
      if (isLink && !`${realpathSync.native(file)}${sep}`.startsWith(root === sep ? sep : `${root}${sep}`)) {
        broken.push(path);
        const message = `${path} is a link that leads out of the definitions`;
        report('outside-tree', wholeFile(path), message, linkHint);
      } else if (statSync(file).isFile()) files.set(path, decoder.decode(readFileSync(file)));
      else unreadable(path, 'it is not a file');
    } catch (error) {
      unreadable(path, reasonOf(error));
    }
  };
  const found = await fastGlob('**', {
    cwd: root,
    dot: true,
    ignore: ['**/.git'],
    followSymbolicLinks: false,
    onlyFiles: false,
    objectMode: true,
    fs: {
      readdir: ((folder: string, options: { withFileTypes: true }, callback: ReaddirCallback) =>
        readdir(folder, options, (error, entries) => {
          if (error) unreadable(relative(root, folder) || '.', reasonOf(error));
          callback(null, entries ?? []);
        })) as typeof readdir,
    },
  });
  const wanted = found.filter(({ path, dirent }) => !dirent.isDirectory() && isDefinitionPath(path));
  passed('finding files');
  await inTurns(wanted, ({ path, dirent }) => read(path, dirent.isSymbolicLink()));
  passed('reading files');
  return { root, files, broken, diagnostics };
}

/**
 * Makes definitions out of their texts, and reads what deployments name besides.
 *
 * @returns the definitions, and all that was looked for in the tree besides definitions, found or not.
 */
export async function definitionsOf(
  { root, files, broken, diagnostics }: ReadTexts,
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

/** What is at a path, links followed; undefined if there is nothing, or nothing that can be reached. */
function entryAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Makes a function that tells what it took since it was last called. */
function stopwatch(onTime: LoadOptions['onTime']): (part: string) => void {
  let last = performance.now();
  return (part) => {
    const now = performance.now();
    onTime?.(part, now - last);
    last = now;
  };
}

/** Reads what deployments name besides definitions. */
async function readDeployed(
  root: string,
  definitions: Definitions,
  given: GivenVariables,
): Promise<{ definitions: Definitions; lookedAt: ReadonlyMap<string, TreeFile | undefined> }> {
  const known = new Map<string, TreeFile | undefined>();
  for (;;) {
    const wanted = wantedPaths(definitions.clusters, given, known);
    if (wanted.length === 0) return { definitions: withTree(definitions, known), lookedAt: known };
    await inTurns(wanted, (path) => {
      known.set(path, readTreeFile(root, path));
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

function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'it is not UTF-8 text';
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? message;
}
