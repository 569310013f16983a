import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { extname, isAbsolute, join } from 'node:path';
import { makeFolder } from './make-folder.js';

/** Where what runs leave for the next ones is kept, and which build of this tool it is. */
export interface CachePlace {
  readonly folder: string;
  readonly build: string;
}

/**
 * How many entries of a kind are kept: of those that were used last. Kinds are the ends of the names: `json` is a
 * conversion, `program` the compiled program.
 */
const most = { json: 10, program: 10, new: 10 };

/** `new` is what is not all written yet, or never will be. */
type Kind = Exclude<keyof typeof most, 'new'>;

/**
 * Where the cache is for a process: the folder that BASEROCK2BST_CACHE names, or one below the user's caches. Nothing if
 * that variable is empty.
 *
 * @param build which build of this tool it is; undefined for one that runs from its sources.
 */
export function cachePlace(
  build: string | undefined,
  { BASEROCK2BST_CACHE: named, XDG_CACHE_HOME: caches }: NodeJS.ProcessEnv,
): CachePlace | undefined {
  if (build === undefined || named === '') return undefined;
  const folder = named ?? usualFolder(caches);
  return folder === undefined ? undefined : { build, folder };
}

function usualFolder(caches: string | undefined): string | undefined {
  // The XDG Base Directory Specification has relative paths ignored.
  if (caches && isAbsolute(caches)) return join(caches, 'baserock2bst', 'runs');
  try {
    const home = homedir();
    return isAbsolute(home) ? join(home, '.cache', 'baserock2bst', 'runs') : undefined;
  } catch {
    // Of a user whom the machine does not know nobody can say where the home is.
    return undefined;
  }
}

/**
 * Puts an entry into the cache, and takes the oldest of its kind out of it. That it fails is no reason to stop.
 *
 * @param key tells the entry from all others: a digest in 64 hexadecimal digits, and what may follow.
 */
export function putEntry(
  { folder }: CachePlace,
  key: string,
  kind: Kind,
  content: string | Uint8Array,
): void {
  const random = Math.floor(Math.random() * 2 ** 32);
  const temporary = join(folder, `${key}-${random.toString(16).padStart(8, '0')}.new`);
  try {
    makeFolder(folder, 0o700);
    writeFileSync(temporary, content, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, entryPath(folder, key, kind));
    removeOldest(folder);
  } catch {
    // A cache on a full disk, or where nothing may be written, is none.
    attempt(() => rmSync(temporary, { force: true }));
  }
}

/**
 * Takes an entry out of the cache, and notes that it was used.
 *
 * @returns nothing if there is none, or none that this user alone can have written: programs are run, and what is in a
 *   conversion is what others build.
 */
export function takeEntry({ folder }: CachePlace, key: string, kind: Kind): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    // Neither through a link nor waiting for a pipe.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    descriptor = openSync(entryPath(folder, key, kind), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stats = fstatSync(descriptor);
    const isOwn = process.getuid === undefined || stats.uid === process.getuid();
    if (!stats.isFile() || !isOwn || (stats.mode & 0o022) !== 0) return undefined;
    const content = readFileSync(descriptor);
    const used = descriptor;
    attempt(() => futimesSync(used, new Date(), new Date()));
    return content;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function entryPath(folder: string, key: string, kind: Kind): string {
  return join(folder, `${key}.${kind}`);
}

/** What this cache puts into its folder; whatever else is there is none of ours. */
const ownName = /^[0-9a-f]{64}[-.\w]*\.(?:json|program|new)$/;

function removeOldest(folder: string): void {
  const ages = readdirSync(folder)
    .filter((name) => ownName.test(name))
    .map((name) => [name, statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0] as const)
    .sort(([, a], [, b]) => b - a);
  const room = { ...most };
  for (const [name] of ages) {
    const kind = extname(name).slice(1) as keyof typeof room;
    if (room[kind]-- <= 0) attempt(() => rmSync(join(folder, name), { force: true }));
  }
}

/** Does what may as well fail: another process may have been here, or nothing may be changed. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // So be it.
  }
}
