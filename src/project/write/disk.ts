import { hash } from 'node:crypto';
import {
  closeSync,
  fsync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { promisify } from 'node:util';
import { inTurns } from '../../in-turns.js';
import { errorCode } from './failure.js';

/** The SHA-256 of a content, in hexadecimal. */
export function digestOf(content: string | Uint8Array): string {
  return hash('sha256', content);
}

/** The digest of a file with nothing in it. */
export const emptyDigest: string = digestOf('');

/** What stands at a path of the disk; links are seen, never followed. */
export type Sight =
  | { readonly kind: 'nothing' | 'folder' | 'link' | 'special' }
  | { readonly kind: 'file'; readonly digest: string; readonly executable: boolean }
  /** Not reachable: `by`, above it, is no folder but something else. */
  | { readonly kind: 'blocked'; readonly by: string; readonly byKind: 'file' | 'link' | 'special' };

const nothing: Sight = { kind: 'nothing' };

/** Looks at one path, without regard to what stands above it. */
export function lookAt(path: string): Sight {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  const kind = kindOfEntry(entry);
  if (kind !== 'file') return { kind };
  return { kind, digest: digestOf(readFileSync(path)), executable: (entry!.mode & 0o100) !== 0 };
}

type Kind = 'nothing' | 'folder' | 'file' | 'link' | 'special';

/** What kind of thing stands at one path, without regard to what stands above it. */
export function kindOf(path: string): Kind {
  return kindOfEntry(lstatSync(path, { throwIfNoEntry: false }));
}

function kindOfEntry(entry: Stats | undefined): Kind {
  if (!entry) return 'nothing';
  if (entry.isDirectory()) return 'folder';
  if (entry.isFile()) return 'file';
  return entry.isSymbolicLink() ? 'link' : 'special';
}

/** True if a path is a folder, and no link to one, with nothing in it. */
export function isEmptyFolder(path: string): boolean {
  try {
    return kindOf(path) === 'folder' && readdirSync(path).length === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Makes a function that looks at paths below a root and never leaves it through a link. What it saw of folders it
 * remembers, so that each is looked at once: a picture of one moment.
 */
export function viewer(root: string): (path: string) => Sight {
  const folders = new Map<string, Sight>([['.', { kind: 'folder' }]]);
  const folderAt = (path: string): Sight => {
    const known = folders.get(path);
    if (known) return known;
    const above = folderAt(dirname(path));
    const sight = above.kind === 'folder' ? asFolder(path, kindOf(join(root, path))) : above;
    folders.set(path, sight);
    return sight;
  };
  return (path) => {
    const above = folderAt(dirname(path));
    return above.kind === 'folder' ? lookAt(join(root, path)) : above;
  };
}

function asFolder(path: string, kind: Kind): Sight {
  if (kind === 'nothing') return nothing;
  return kind === 'folder' ? { kind } : { kind: 'blocked', by: path, byKind: kind };
}

/** A file to be made, at its place on the disk. */
export interface NewFile {
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly executable: boolean;
}

const fsyncOf = promisify(fsync);
const BATCH = 128;

/**
 * Makes files that do not exist yet, in folders that do; the disk gets them when it has time.
 *
 * 1,200 files of 1 kB take 20 ms in synchronous calls, 75 ms with 16 asynchronous ones at a time.
 *
 * @throws the error of the file system; what was made until then stays.
 */
export async function makeFiles(files: readonly NewFile[]): Promise<void> {
  await inTurns(files, ({ file, content, executable }) => {
    writeFileSync(file, content, making(executable));
  });
}

/** As {@link makeFiles}, and waits until the contents would survive a loss of power. */
export async function makeFilesDurably(files: readonly NewFile[]): Promise<void> {
  for (let start = 0; start < files.length; start += BATCH) {
    await makeDurably(files.slice(start, start + BATCH));
  }
}

function making(executable: boolean): { flag: 'wx'; mode: number } {
  return { flag: 'wx', mode: executable ? 0o777 : 0o666 };
}

async function makeDurably(batch: readonly NewFile[]): Promise<void> {
  const open: number[] = [];
  try {
    for (const { file, content, executable } of batch) {
      const { flag, mode } = making(executable);
      open.push(openSync(file, flag, mode));
      writeFileSync(open.at(-1)!, content);
    }
    const settled = await Promise.allSettled(open.map((descriptor) => fsyncOf(descriptor)));
    for (const result of settled) if (result.status === 'rejected') throw result.reason;
  } finally {
    for (const descriptor of open) closeSync(descriptor);
  }
}

/** Makes what was done to the entries of folders survive a loss of power, where the file system can do that. */
export function syncFolders(folders: Iterable<string>): void {
  for (const folder of folders) {
    let descriptor: number | undefined;
    try {
      descriptor = openSync(folder, 'r');
      fsyncSync(descriptor);
    } catch (error) {
      if (!['EACCES', 'EINVAL', 'ENOTSUP', 'EPERM'].includes(errorCode(error))) throw error;
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }
}
