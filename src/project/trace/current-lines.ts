import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffArrays } from 'diff/lib/diff/array.js';
import { viewer } from '../write/disk.js';
import type { Generated } from '../write/generated.js';

/** How the lines of a file, counted from 1, relate to those that were generated. */
export interface CurrentLines {
  /** How many lines the file has now; none if it is gone. */
  readonly count: number;
  /** The generated line that a line was; undefined for one that a person wrote. */
  readonly generated: (line: number) => number | undefined;
  /** Where a generated line is now; undefined if a person changed or removed it. */
  readonly now: (line: number) => number | undefined;
}

/**
 * Compares a file of a project with what was generated.
 *
 * @param project what was generated in the project.
 * @throws errors of the file system.
 */
export function currentLines(root: string, path: string, project: Generated): CurrentLines {
  if (viewer(root)(path).kind !== 'file')
    return { count: 0, generated: () => undefined, now: () => undefined };
  const text = readFileSync(join(root, path), 'utf8');
  const was = project.at(path);
  const lines = split(text);
  if (was === undefined || was === text) {
    return { count: lines.length, generated: (line) => line, now: (line) => line };
  }
  const generated = new Map<number, number>();
  const now = new Map<number, number>();
  let [before, after] = [1, 1];
  for (const { value, added, removed } of diffArrays(split(was), lines)) {
    if (!added && !removed) {
      value.forEach((_, index) => {
        generated.set(after + index, before + index);
        now.set(before + index, after + index);
      });
    }
    if (!added) before += value.length;
    if (!removed) after += value.length;
  }
  return {
    count: lines.length,
    generated: (line) => generated.get(line),
    now: (line) => now.get(line),
  };
}

function split(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
