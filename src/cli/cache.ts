import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { TreeFile } from '../definitions/model.js';
import type { DefinitionFiles } from '../definitions/read-files.js';
import { treeReader } from '../definitions/read-tree.js';
import type { ConvertOptions, Diagnostic, ProjectFile } from '../index.js';
import { makeFolder } from './make-folder.js';

/** Where conversions are kept, and which build of this tool made them. */
export interface CachePlace {
  readonly folder: string;
  readonly build: string;
}

/** What is kept of a conversion. */
export interface KeptConversion {
  readonly elements: number;
  readonly files: ReadonlyMap<string, ProjectFile>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What was looked at in the tree besides definitions, by path. */
export type LookedAt = ReadonlyMap<string, TreeFile | undefined>;

/** How many conversions are kept: of those that were used last. */
const KEPT = 10;

/** Projects of more characters are not kept: several times what the largest real definitions make. */
const LARGEST = 20_000_000;

/**
 * Where conversions are kept for a process: the folder that BASEROCK2BST_CACHE names, or one below the user's caches.
 * Nothing if that variable is empty.
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
  if (caches && isAbsolute(caches)) return join(caches, 'baserock2bst', 'conversions');
  try {
    const home = homedir();
    return isAbsolute(home) ? join(home, '.cache', 'baserock2bst', 'conversions') : undefined;
  } catch {
    // Of a user whom the machine does not know nobody can say where the home is.
    return undefined;
  }
}

/**
 * Tells one conversion from all others: by the build of this tool, all options, and every text of the definitions. What
 * deployments name besides is looked at anew whenever a conversion is recalled.
 *
 * @returns undefined for a conversion that is not kept: one by a caller's own rules, which are functions, or with more
 *   options than a text can hold.
 */
export function keyOf(
  build: string,
  options: ConvertOptions,
  version: number,
  texts: DefinitionFiles,
): string | undefined {
  if (options.rules !== undefined) return undefined;
  let hasFunctions = false;
  const asData = (value: unknown) =>
    JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, simple: unknown) {
      // As it is given: a Buffer has made itself simple by now.
      const given = this[key];
      hasFunctions ||= typeof given === 'function';
      if (given instanceof Map) return { map: [...(given as Map<string, unknown>)] };
      if (given instanceof Uint8Array) return `bytes ${Buffer.from(given).toString('base64')}`;
      return typeof given === 'string' ? `text ${given}` : simple;
    });
  try {
    const hash = createHash('sha256');
    hash.update(asData([build, version, options, texts.broken, texts.diagnostics]));
    for (const path of [...texts.files.keys()].sort()) hash.update(asData([path, texts.files.get(path)]));
    return hasFunctions ? undefined : hash.digest('hex');
  } catch {
    return undefined;
  }
}

/** The form in which a conversion is kept. */
interface Entry {
  /** What was looked at besides definitions, and the digest of what was found. */
  readonly lookedAt: readonly (readonly [path: string, digest: string])[];
  readonly elements: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly (readonly [path: string, content: string, form: string, provenance?: string])[];
}

/**
 * Takes a conversion out of the cache.
 *
 * @param root the real path of the definitions.
 * @returns nothing if there is none, or if a file that deployments name is not what it was.
 */
export function recall(
  { folder }: CachePlace,
  key: string,
  root: string,
): (KeptConversion & { readonly lookedAt: LookedAt }) | undefined {
  try {
    const path = join(folder, `${key}.json`);
    const entry = JSON.parse(readFileSync(path, 'utf8')) as Entry;
    const lookedAt = new Map<string, TreeFile | undefined>();
    const lookAt = treeReader(root);
    for (const [named, digest] of entry.lookedAt) {
      const found = lookAt(named);
      if (digestOf(found) !== digest) return undefined;
      lookedAt.set(named, found);
    }
    const files = new Map<string, ProjectFile>();
    for (const [name, content, form, provenance] of entry.files) {
      files.set(name, {
        content: form.includes('b') ? Buffer.from(content, 'base64') : content,
        ...(form.includes('x') ? { executable: true } : {}),
        ...(form.includes('o') ? { once: true } : {}),
        ...(provenance === undefined ? {} : { provenance }),
      });
    }
    attempt(() => utimesSync(path, new Date(), new Date()));
    return { elements: entry.elements, diagnostics: entry.diagnostics, files, lookedAt };
  } catch {
    return undefined;
  }
}

/**
 * Puts a conversion into the cache, unless it is very large, and takes the oldest out of it. That it fails is no reason
 * to stop.
 */
export function keep(
  { folder }: CachePlace,
  key: string,
  { elements, files, diagnostics }: KeptConversion,
  lookedAt: LookedAt,
): void {
  let size = 0;
  for (const { content } of files.values()) size += content.length;
  if (size > LARGEST) return;
  const entry: Entry = {
    lookedAt: [...lookedAt].map(([path, found]) => [path, digestOf(found)]),
    elements,
    diagnostics,
    files: [...files].map(([path, { content, executable, once, provenance, ...others }]) => {
      others satisfies Record<string, never>;
      const isText = typeof content === 'string';
      const form = `${isText ? '' : 'b'}${executable ? 'x' : ''}${once ? 'o' : ''}`;
      const kept = isText ? content : Buffer.from(content).toString('base64');
      return provenance === undefined ? [path, kept, form] : [path, kept, form, provenance];
    }),
  };
  try {
    makeFolder(folder, 0o700);
    const temporary = join(folder, `${key}-${randomBytes(4).toString('hex')}.new`);
    writeFileSync(temporary, JSON.stringify(entry), { mode: 0o600 });
    renameSync(temporary, join(folder, `${key}.json`));
    removeOldest(folder);
  } catch {
    // A cache on a full disk, or where nothing may be written, is none.
  }
}

/** What this cache puts into its folder; whatever else is there is none of ours. */
const ownName = /^[0-9a-f]{64}(?:\.json|-[0-9a-f]{8}\.new)$/;

function removeOldest(folder: string): void {
  const ages = readdirSync(folder)
    .filter((name) => ownName.test(name))
    .map((name) => [name, statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0] as const)
    .sort(([, a], [, b]) => b - a);
  for (const [name] of ages.slice(KEPT)) attempt(() => rmSync(join(folder, name), { force: true }));
}

/** Does what may as well fail: another process may have been here, or nothing may be changed. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // So be it.
  }
}

function digestOf(found: TreeFile | undefined): string {
  const hash = createHash('sha256');
  if (found?.kind === 'file') hash.update(found.executable ? 'executable\0' : 'file\0').update(found.content);
  else hash.update(JSON.stringify(found ?? null));
  return hash.digest('hex');
}
