import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareBytes } from '../../byte-order.js';
import { digestOf, viewer } from './disk.js';
import type { Manifest } from './manifest.js';
import { GENERATED } from './paths.js';

/**
 * Renders what a project keeps of the contents that were generated, so that a later run can tell the changes of a
 * person from those of the definitions: one line for each file.
 *
 * They are not compressed: that takes longer than all the rest of writing, and gives other bytes with other versions
 * of zlib.
 */
export function renderGenerated(files: ReadonlyMap<string, { readonly content: string }>): string {
  const entries = [...files].sort(([a], [b]) => compareBytes(a, b));
  const lines = entries.map(([path, { content }]) => `  ${JSON.stringify(path)}: ${JSON.stringify(content)}`);
  return lines.length > 0 ? `{\n${lines.join(',\n')}\n}\n` : '{}\n';
}

/**
 * Makes a function that tells what was generated at a path by the last run.
 *
 * @returns a function that gives undefined where it is not known: for a project of an older version of this tool, or
 *   where the contents are not what the manifest says.
 */
export function generatedBefore(root: string, digests: Manifest): (path: string) => string | undefined {
  let known: Record<string, unknown> | undefined;
  return (path) => {
    known ??= read(root);
    const content = Object.hasOwn(known, path) ? known[path] : undefined;
    if (typeof content !== 'string') return undefined;
    return digestOf(content) === digests.get(path) ? content : undefined;
  };
}

function read(root: string): Record<string, unknown> {
  if (viewer(root)(GENERATED).kind !== 'file') return {};
  try {
    return Object(JSON.parse(readFileSync(join(root, GENERATED), 'utf8'))) as Record<string, unknown>;
  } catch {
    return {};
  }
}
