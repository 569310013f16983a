import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { TreeFile } from '../definitions/model.js';
import type { ReadTexts } from '../definitions/read-texts.js';
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
  // The XDG Base Directory Specification has relative paths ignored.
  const usual = [caches ?? '', join(homedir(), '.cache')].find(isAbsolute);
  const folder = named ?? (usual && join(usual, 'baserock2bst', 'conversions'));
  return folder === undefined ? undefined : { build, folder };
}

/**
 * Tells one conversion from all others: by the build of this tool, all options, and every text of the definitions. What
 * deployments name besides is looked at anew whenever a conversion is recalled.
 *
 * @returns undefined if the options have functions in them, which nothing can be told of.
 */
export function keyOf(
  build: string,
  options: ConvertOptions,
  version: number,
  texts: ReadTexts,
): string | undefined {
  let hasFunctions = false;
  const asData = JSON.stringify(
    [build, version, options, texts.broken, texts.diagnostics],
    (_, value: unknown) => {
      hasFunctions ||= typeof value === 'function';
      return value instanceof Map ? [...(value as Map<string, unknown>)] : value;
    },
  );
  if (hasFunctions) return undefined;
  const hash = createHash('sha256').update(asData);
  for (const path of [...texts.files.keys()].sort()) hash.update(`\0${path}\0${texts.files.get(path)}`);
  return hash.digest('hex');
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
    const now = new Date();
    utimesSync(path, now, now);
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
    files: [...files].map(([path, { content, executable, once, provenance }]) => {
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

function removeOldest(folder: string): void {
  const ages = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs] as const);
  ages.sort(([, a], [, b]) => b - a);
  for (const [name] of ages.slice(KEPT)) rmSync(join(folder, name), { force: true });
}

function digestOf(found: TreeFile | undefined): string {
  const hash = createHash('sha256');
  if (found?.kind === 'file') hash.update(found.executable ? 'executable\0' : 'file\0').update(found.content);
  else hash.update(JSON.stringify(found ?? null));
  return hash.digest('hex');
}
