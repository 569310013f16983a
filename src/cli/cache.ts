import { readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
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
const kept = { json: 10, program: 10 };

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
  kind: keyof typeof kept,
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

/** The file of an entry. */
export function entryPath(folder: string, key: string, kind: keyof typeof kept): string {
  return join(folder, `${key}.${kind}`);
}

/** Notes that an entry was used just now. */
export function noteUse(path: string): void {
  attempt(() => utimesSync(path, new Date(), new Date()));
}

/** What this cache puts into its folder; whatever else is there is none of ours. */
const ownName = /^[0-9a-f]{64}[-.\w]*\.(?:json|program|new)$/;

function removeOldest(folder: string): void {
  const ages = readdirSync(folder)
    .filter((name) => ownName.test(name))
    .map((name) => [name, statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0] as const)
    .sort(([, a], [, b]) => b - a);
  const room = { ...kept, new: 10 };
  for (const [name] of ages) {
    const kind = name.slice(name.indexOf('.') + 1) as keyof typeof room;
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
