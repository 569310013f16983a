import { createHash } from 'node:crypto';
import type { TreeFile } from '../definitions/model.js';
import type { DefinitionFiles } from '../definitions/read-files.js';
import { treeReader } from '../definitions/read-tree.js';
import type { ConvertOptions, Diagnostic, ProjectFile } from '../index.js';
import { type CachePlace, putEntry, takeEntry } from './cache.js';

/** What is kept of a conversion. */
export interface KeptConversion {
  readonly elements: number;
  readonly files: ReadonlyMap<string, ProjectFile>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What was looked at in the tree besides definitions, by path. */
export type LookedAt = ReadonlyMap<string, TreeFile | undefined>;

/** Projects of more characters are not kept: several times what the largest real definitions make. */
const LARGEST = 20_000_000;

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
  place: CachePlace,
  key: string,
  root: string,
): (KeptConversion & { readonly lookedAt: LookedAt }) | undefined {
  try {
    const kept = takeEntry(place, key, 'json');
    if (!kept) return undefined;
    const entry = JSON.parse(kept.toString()) as Entry;
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
    return { elements: entry.elements, diagnostics: entry.diagnostics, files, lookedAt };
  } catch {
    return undefined;
  }
}

/** Puts a conversion into the cache, unless it is very large. */
export function keep(
  place: CachePlace,
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
  putEntry(place, key, 'json', JSON.stringify(entry));
}

function digestOf(found: TreeFile | undefined): string {
  const hash = createHash('sha256');
  if (found?.kind === 'file') hash.update(found.executable ? 'executable\0' : 'file\0').update(found.content);
  else hash.update(JSON.stringify(found ?? null));
  return hash.digest('hex');
}
