import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFile } from '../model.js';
import { digestOf, type Sight } from './disk.js';
import type { Generated } from './generated.js';
import { type ConflictChoice, hasMarkers, merge } from './merge.js';
import type { Write } from './plan.js';

/** A generated file that a person changed or removed, and what becomes of it. */
export type Settlement = { readonly path: string } & (
  | { readonly kind: 'edited' | 'removed' | 'restored' }
  /** It has both changes; `conflicts` says in how many places they were different ones. */
  | { readonly kind: 'merged'; readonly conflicts: number; readonly write: Write }
  /** What the definitions say takes its place, as was asked for. */
  | { readonly kind: 'replaced'; readonly write: Write }
  | { readonly kind: 'conflict' | 'unresolved'; readonly message: string }
);

/** What is known of a generated file that is not as it was generated. */
export interface EditedFile {
  readonly path: string;
  /** What the definitions make of it now. */
  readonly file: ProjectFile;
  /** Digest of that. */
  readonly after: string;
  /** Digest of what was generated before. */
  readonly was: string;
  readonly sight: Sight;
}

/**
 * Decides what becomes of a generated file that a person changed or removed.
 *
 * @param root the folder of the project.
 * @returns undefined if there is no file that could be an edit of the generated one.
 * @throws errors of the file system.
 */
export function settleEdit(
  root: string,
  edited: EditedFile,
  generated: Generated,
  choice: ConflictChoice,
): Settlement | undefined {
  const { path, file, after, was, sight } = edited;
  const isSame = was === after;
  if (sight.kind === 'nothing') return settleRemoval(path, isSame, choice);
  if (sight.kind !== 'file') return undefined;
  const content = readFileSync(join(root, path));
  const ours = isUtf8(content) ? content.toString('utf8') : undefined;
  const replaced: Settlement = { kind: 'replaced', path, write: { ...file, path, before: undefined, after } };
  if (ours !== undefined && hasMarkers(ours)) {
    const message = `${path} still has the markers of an earlier conflict in it`;
    return choice === 'theirs' ? replaced : { kind: 'unresolved', path, message };
  }
  if (isSame) return { kind: 'edited', path };
  const base = generated.at(path);
  const theirs = typeof file.content === 'string' ? file.content : undefined;
  if (base !== undefined && ours !== undefined && theirs !== undefined) {
    return mergeEdit(path, sight, { base, ours, theirs }, choice);
  }
  if (choice === 'ours') return { kind: 'edited', path };
  if (choice === 'theirs') return replaced;
  const isText = ours !== undefined && theirs !== undefined;
  const why = isText ? 'what it was before is not known' : 'it is no text';
  return conflict(path, `was changed by hand and in the definitions, and ${why}`);
}

function settleRemoval(path: string, isSame: boolean, choice: ConflictChoice): Settlement {
  if (isSame || choice === 'ours') return { kind: 'removed', path };
  if (choice !== 'abort') return { kind: 'restored', path };
  return conflict(path, 'was removed by hand, and has changed in the definitions');
}

function mergeEdit(
  path: string,
  { digest, executable }: Extract<Sight, { kind: 'file' }>,
  { base, ours, theirs }: { readonly base: string; readonly ours: string; readonly theirs: string },
  choice: ConflictChoice,
): Settlement {
  const { text, conflicts } = merge(base, ours, theirs, choice);
  if (conflicts > 0 && choice === 'abort') {
    const places = conflicts === 1 ? 'place' : `${conflicts} places`;
    return conflict(path, `was changed by hand and in the definitions, in the same ${places}`);
  }
  // Where the definitions win, lines of the person's may be lost: the file is set aside.
  const before = conflicts > 0 && choice === 'theirs' ? undefined : digest;
  const write: Write = { path, content: text, executable, before, after: digestOf(text) };
  return { kind: 'merged', path, conflicts, write };
}

function conflict(path: string, what: string): Settlement {
  return { kind: 'conflict', path, message: `${path} ${what}` };
}
