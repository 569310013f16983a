import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareBytes } from '../../byte-order.js';
import type { ProjectFile } from '../model.js';
import { digestOf, viewer } from './disk.js';
import type { Manifest } from './manifest.js';
import { GENERATED } from './paths.js';

/**
 * Renders what a project keeps of the contents that were generated, so that a later run can tell the changes of a
 * person from those of the definitions: one line for each file that is text.
 *
 * They are not compressed: that takes longer than all the rest of writing, and gives other bytes with other versions
 * of zlib.
 */
export function renderGenerated(files: ReadonlyMap<string, Pick<ProjectFile, 'content'>>): string {
  const entries = [...files].sort(([a], [b]) => compareBytes(a, b));
  const lines = entries.flatMap(([path, { content }]) =>
    typeof content === 'string' ? [`  ${JSON.stringify(path)}: ${JSON.stringify(content)}`] : [],
  );
  return lines.length > 0 ? `{\n${lines.join(',\n')}\n}\n` : '{}\n';
}

/** What a project has generated, by path. */
export interface Generated {
  /**
   * What was generated at a path by the last run; undefined where it is not known: for what is no text, for a
   * project of an older version of this tool, or where the contents are not what the manifest says.
   */
  readonly at: (path: string) => string | undefined;
}

/**
 * Makes ready to tell what was generated in a project; it is read once, when it is first asked for.
 *
 * @param digests what the manifest says of the files.
 */
export function generatedBefore(root: string, digests: Manifest): Generated {
  let known: Record<string, unknown> | undefined;
  return {
    at: (path) => {
      known ??= parse(readOwn(root, GENERATED));
      const content = Object.hasOwn(known, path) ? known[path] : undefined;
      return typeof content === 'string' && digestOf(content) === digests.get(path) ? content : undefined;
    },
  };
}

/** The text of one of the project's own files; undefined if there is none. */
export function readOwn(root: string, path: string): string | undefined {
  return viewer(root)(path).kind === 'file' ? readFileSync(join(root, path), 'utf8') : undefined;
}

function parse(text: string | undefined): Record<string, unknown> {
  try {
    return Object(JSON.parse(text ?? '{}')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
