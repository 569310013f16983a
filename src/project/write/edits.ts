import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../diagnostics/diagnostic.js';
import type { ProjectFile } from '../model.js';
import { digestOf, type Sight } from './disk.js';
import { generatedBefore } from './generated.js';
import type { Manifest } from './manifest.js';
import { type ConflictChoice, merge } from './merge.js';
import type { Write } from './plan.js';

/** A generated file that a person and the definitions changed. */
export interface Edit {
  readonly path: string;
  /** In how many places both changed the same lines differently. */
  readonly conflicts: number;
}

/** Decides what becomes of generated files that a person changed or removed. */
export class Edits {
  readonly edited: string[] = [];
  readonly deleted: string[] = [];
  readonly merged: Edit[] = [];
  readonly #generated: (path: string) => string | undefined;

  constructor(
    readonly root: string,
    readonly previous: Manifest,
    readonly onConflict: ConflictChoice,
    readonly report: Report,
  ) {
    this.#generated = generatedBefore(root, previous);
  }

  /**
   * What becomes of a file that is not as it was generated: a write that has both changes; `kept` if it stays as it is,
   * or if that is to be decided by a person, which is reported; undefined if it is no edit of what was generated, or is
   * to be set aside.
   */
  of(path: string, file: ProjectFile, after: string, sight: Sight): Write | 'kept' | undefined {
    const was = this.previous.get(path);
    if (was === undefined) return undefined;
    if (sight.kind === 'nothing') return was === after ? this.#delete(path) : undefined;
    if (sight.kind !== 'file') return undefined;
    if (was === after) return this.#keep(path);
    const content = readFileSync(join(this.root, path));
    const base = this.#generated(path);
    if (base !== undefined && isUtf8(content))
      return this.#merge(path, base, content.toString('utf8'), file, sight);
    if (this.onConflict === 'ours') return this.#keep(path);
    if (this.onConflict === 'theirs') return { ...file, path, before: undefined, after };
    return this.#conflict(path, base === undefined ? 'and what it was is not known' : 'and is no text');
  }

  #merge(
    path: string,
    base: string,
    ours: string,
    { content: theirs }: ProjectFile,
    { digest, executable }: Extract<Sight, { kind: 'file' }>,
  ): Write | 'kept' {
    const { text, conflicts } = merge(base, ours, theirs, this.onConflict);
    if (conflicts > 0 && this.onConflict === 'abort') {
      return this.#conflict(path, conflicts === 1 ? 'in the same place' : `in the same ${conflicts} places`);
    }
    this.merged.push({ path, conflicts });
    // Where the definitions win, lines of the person's may be lost: the file is set aside.
    const before = conflicts > 0 && this.onConflict === 'theirs' ? undefined : digest;
    return { path, content: text, executable, before, after: digestOf(text) };
  }

  #keep(path: string): 'kept' {
    this.edited.push(path);
    return 'kept';
  }

  #delete(path: string): 'kept' {
    this.deleted.push(path);
    return 'kept';
  }

  #conflict(path: string, where: string): 'kept' {
    this.report('edit-conflict', undefined, `${path} was changed by hand and in the definitions, ${where}`);
    return 'kept';
  }
}
