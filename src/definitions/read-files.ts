import { type Dirent, readdir, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fastGlob from 'fast-glob';
import { collector, type Diagnostic } from '../diagnostics/diagnostic.js';
import { wholeFile } from '../diagnostics/place.js';
import { inTurns } from '../in-turns.js';
import type { LoadOptions } from './load.js';
import { isDefinitionPath } from './texts.js';

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

/** A definitions repository as it is on the disk, before anything is made of it. */
export interface DefinitionFiles {
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
export async function readDefinitionFiles(
  directory: string,
  onTime?: LoadOptions['onTime'],
): Promise<DefinitionFiles | undefined> {
  if (kindAt(directory) !== 'folder') return undefined;
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

/** What is at a path, links followed; undefined if there is nothing, or nothing that can be reached. */
export function kindAt(path: string): 'folder' | 'file' | 'other' | undefined {
  try {
    const entry = statSync(path);
    if (entry.isDirectory()) return 'folder';
    return entry.isFile() ? 'file' : 'other';
  } catch {
    return undefined;
  }
}

/** Makes a function that tells what it took since it was last called. */
export function stopwatch(onTime: LoadOptions['onTime']): (part: string) => void {
  let last = performance.now();
  return (part) => {
    const now = performance.now();
    onTime?.(part, now - last);
    last = now;
  };
}

/** Why something could not be read. */
export function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'it is not UTF-8 text';
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? message;
}
