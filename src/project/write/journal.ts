import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isEmptyFolder, kindOf, makeFilesDurably, syncFolders } from './disk.js';
import { errorCode, Refusal } from './failure.js';
import { faultOfPath, OWN_FOLDER, ownFiles } from './paths.js';
import type { Plan, Removal, Write } from './plan.js';

/**
 * The journal of a change, a folder in the project:
 *
 * - `new/<n>`, the content of the n-th write, until it is renamed into its place;
 * - `pending.json`, the list of what is to be done, and under the name `committed.json` the decision to do it;
 * - `old/`, what was replaced or removed, until all is done.
 *
 * Without `committed.json` the project is the old one and the journal is thrown away. With it the project is the
 * new one, as soon as what is left to do is done.
 */
export const JOURNAL = join(OWN_FOLDER, 'journal');
const COMMITTED = 'committed.json';
const PENDING = 'pending.json';

/** What a journal lists. */
export interface Change {
  readonly writes: readonly Pick<Write, 'path' | 'before' | 'after'>[];
  readonly removals: readonly Removal[];
}

/** Where the journal of a project has the new content of a write. */
export function newFile(root: string, index: number): string {
  return join(root, JOURNAL, 'new', String(index));
}

/** Where the journal of a project puts what a write or removal takes out of its place. */
export function oldFile(root: string, kind: 'write' | 'removal', index: number): string {
  return join(root, JOURNAL, 'old', `${kind}-${index}`);
}

/**
 * Writes all new contents and the list of what is to be done, and decides to do it. Nothing of the project has
 * changed by then, and nothing after it needs space on the disk to speak of.
 *
 * The new contents wait for the disk (fsync), since they are about to replace the only copy of the old ones.
 *
 * @throws errors of the file system; the journal is to be thrown away then.
 */
export async function commitChange(root: string, plan: Plan): Promise<void> {
  const journal = join(root, JOURNAL);
  for (const folder of [journal, join(journal, 'new'), join(journal, 'old')]) mkdirSync(folder);
  const files = plan.writes.map(({ content, executable }, index) => {
    return { file: newFile(root, index), content, executable: Boolean(executable) };
  });
  await makeFilesDurably(files);
  const pending = openSync(join(journal, PENDING), 'wx');
  try {
    writeFileSync(pending, renderChange(plan));
    fsyncSync(pending);
  } finally {
    closeSync(pending);
  }
  syncFolders([join(journal, 'new'), journal, join(root, OWN_FOLDER), root]);
  renameSync(join(journal, PENDING), join(journal, COMMITTED));
  syncFolders([journal]);
}

/** True if there is a journal, whatever its state. */
export function hasJournal(root: string): boolean {
  return kindOf(join(root, OWN_FOLDER)) === 'folder' && kindOf(join(root, JOURNAL)) !== 'nothing';
}

/**
 * Reads the change that was decided on.
 *
 * @returns undefined if none was.
 * @throws {Refusal} if the journal was not written by this tool, and errors of the file system.
 */
export function readCommitted(root: string): Change | undefined {
  if (kindOf(join(root, JOURNAL)) !== 'folder') throw damaged(root);
  let text: string;
  try {
    text = readFileSync(join(root, JOURNAL, COMMITTED), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const change = parseChange(text);
  if (!change) throw damaged(root);
  return change;
}

/** The refusal to touch a project whose journal cannot be trusted. */
export function damaged(root: string): Refusal {
  const journal = join(root, JOURNAL);
  return new Refusal(
    `${journal} cannot be understood, so that an interrupted run can be neither completed nor undone`,
    `compare the project with its history, then remove ${journal}`,
  );
}

/** Removes a journal that a run had only just made or had done with; false if there is something in it. */
export function removeEmptyJournal(root: string): boolean {
  const journal = join(root, JOURNAL);
  if (!isEmptyFolder(journal)) return false;
  rmdirSync(journal);
  return true;
}

/** Throws away a journal whose change is not done at all: first of all the decision to do it. */
export function abandonJournal(root: string): void {
  remove(root, [COMMITTED, PENDING, 'new', 'old']);
}

/** Throws away a journal whose change is done: last of all the decision to do it. */
export function finishJournal(root: string): void {
  remove(root, ['new', 'old', PENDING, COMMITTED]);
}

function remove(root: string, names: readonly string[]): void {
  const journal = join(root, JOURNAL);
  for (const name of names) rmSync(join(journal, name), { recursive: true, force: true });
  rmSync(journal, { recursive: true, force: true });
}

function renderChange({ writes, removals }: Change): string {
  const lines = (entries: readonly object[]) =>
    entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  const change = {
    writes: lines(writes.map(({ path, before, after }) => ({ path, before, after }))),
    removals: lines(removals),
  };
  return `{\n  "version": 1,\n  "writes": [\n${change.writes}\n  ],\n  "removals": [\n${change.removals}\n  ]\n}\n`;
}

function parseChange(text: string): Change | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, writes, removals } = Object(value) as Record<string, unknown>;
  if (version !== 1 || !Array.isArray(writes) || !Array.isArray(removals)) return undefined;
  const sound =
    writes.every(
      (entry) =>
        isSound(entry) &&
        typeof entry.after === 'string' &&
        ['string', 'undefined'].includes(typeof entry.before),
    ) && removals.every((entry) => isSound(entry) && typeof entry.before === 'string');
  return sound ? { writes: writes.map((entry) => ({ before: undefined, ...entry })), removals } : undefined;
}

/** A journal may have come with a project from elsewhere: its paths are checked like all others. */
function isSound(entry: unknown): entry is Record<string, unknown> {
  const path = (Object(entry) as Record<string, unknown>).path;
  return typeof path === 'string' && (ownFiles.includes(path) || faultOfPath(path) === undefined);
}
