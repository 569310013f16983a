import { mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import { kindOf, lookAt, syncFolders } from './disk.js';
import { attempt, Unfinished } from './failure.js';
import { type Change, damaged, JOURNAL, newFile, oldFile } from './journal.js';
import { foldersAbove, foldersOf } from './paths.js';

/** A file of the person's that was in the way, and the name beside it under which it is now. */
interface SetAside {
  readonly path: string;
  readonly keptAs: string;
}

/** What became of files of the person's while a change was done. */
export interface Applied {
  readonly setAside: readonly SetAside[];
  /** Files that were to be removed but are no longer what they were. */
  readonly kept: readonly string[];
}

/**
 * Does a change that was decided on, or what is left of it after an interruption. Doing it twice does no harm.
 *
 * Nothing is overwritten: what is known to be generated moves into the journal, everything else moves aside.
 *
 * @throws the error of the file system after putting everything back, so that the project is as before the call;
 *   {@link Unfinished} if that failed as well.
 */
export function applyChange(root: string, change: Change): Applied {
  const steps = new Steps(root);
  try {
    const applied = apply(root, change, steps);
    const touched = [...foldersOf([...change.writes, ...change.removals])].filter(folderTest(root));
    syncFolders(['.', ...touched].map((path) => join(root, path)));
    removeEmpty(root, foldersOf(change.removals));
    return applied;
  } catch (error) {
    try {
      steps.undo();
    } catch {
      throw new Unfinished(error);
    }
    throw error;
  }
}

function apply(root: string, { writes, removals }: Change, steps: Steps): Applied {
  const staged = new Set(namesIn(root, 'new'));
  const replaced = new Set(namesIn(root, 'old'));
  const taken = takenNames(writes, removals);
  const setAside: SetAside[] = [];
  const kept: string[] = [];
  const moveAside = (path: string) => {
    const keptAs = freeName(root, path, taken);
    steps.move(join(root, path), join(root, keptAs));
    setAside.push({ path, keptAs });
  };

  removals.forEach(({ path, before }, index) => {
    if (replaced.has(`removal-${index}`) || !steps.isFolder(dirname(path))) return;
    const sight = lookAt(join(root, path));
    if (sight.kind === 'file' && sight.digest === before) {
      steps.move(join(root, path), oldFile(root, 'removal', index));
    } else if (sight.kind === 'file' || sight.kind === 'link') kept.push(path);
  });

  writes.forEach(({ path, before, after }, index) => {
    if (!staged.has(String(index))) return;
    for (const folder of foldersAbove(path).reverse()) {
      if (steps.isFolder(folder)) continue;
      if (kindOf(join(root, folder)) !== 'nothing') moveAside(folder);
      steps.makeFolder(folder);
    }
    const sight = lookAt(join(root, path));
    const isOurs =
      sight.kind === 'file'
        ? sight.digest === before || sight.digest === after
        : sight.kind === 'folder' && isHollow(join(root, path));
    if (isOurs && !replaced.has(`write-${index}`)) {
      steps.move(join(root, path), oldFile(root, 'write', index));
    } else if (sight.kind !== 'nothing') moveAside(path);
    steps.move(newFile(root, index), join(root, path));
  });
  return { setAside, kept };
}

/**
 * Makes sure that the new contents of an interrupted change are what they should be.
 *
 * @throws {Refusal} if one is not.
 */
export function checkStaged(root: string, { writes }: Change): void {
  for (const name of namesIn(root, 'new')) {
    const sight = lookAt(newFile(root, Number(name)));
    if (sight.kind !== 'file' || sight.digest !== writes[Number(name)]?.after) throw damaged(root);
  }
}

/** True if there is no file in a folder, nor in the folders in it: the removals have emptied it. */
function isHollow(folder: string): boolean {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.every((entry) => entry.isDirectory() && isHollow(join(folder, entry.name)));
}

/** Removes those folders that are empty now, deepest first; one that cannot be removed does no harm. */
function removeEmpty(root: string, folders: ReadonlySet<string>): void {
  const depth = (path: string) => path.split('/').length;
  for (const path of [...folders].sort((a, b) => depth(b) - depth(a))) {
    if (folderTest(root)(path)) attempt(() => rmdirSync(join(root, path)));
  }
}

/** What is in a folder of the journal; nothing once the journal is being thrown away. */
function namesIn(root: string, folder: 'new' | 'old'): string[] {
  const path = join(root, JOURNAL, folder);
  const kind = kindOf(path);
  if (kind === 'folder') return readdirSync(path);
  if (kind === 'nothing') return [];
  throw damaged(root);
}

/** Names that nothing may be set aside under, since a change has to do with them. */
export function takenNames(...paths: readonly Iterable<{ readonly path: string }>[]): Set<string> {
  const taken = new Set<string>();
  for (const some of paths) {
    for (const { path } of some) taken.add(path);
    for (const folder of foldersOf(some)) taken.add(folder);
  }
  return taken;
}

/** The first of `x.orig`, `x.orig.2`, `x.orig.3` and so on that is neither there nor taken. */
export function freeName(root: string, path: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${path}.orig` : `${path}.orig.${number}`;
    if (!taken.has(name) && kindOf(join(root, name)) === 'nothing') return name;
  }
}

/** Makes a function that tells folders of the project, reached without a link; of those it found it stays convinced. */
function folderTest(root: string): (path: string) => boolean {
  const folders = new Set<string>(['.']);
  const isFolder = (path: string): boolean => {
    if (folders.has(path)) return true;
    if (!isFolder(dirname(path)) || kindOf(join(root, path)) !== 'folder') return false;
    folders.add(path);
    return true;
  };
  return isFolder;
}

/** Steps on the disk, each of which can be undone. */
class Steps {
  readonly #root: string;
  readonly #undo: (() => void)[] = [];
  /** True if a path of the project is a folder, reached without a link. */
  readonly isFolder: (path: string) => boolean;

  constructor(root: string) {
    this.#root = root;
    this.isFolder = folderTest(root);
  }

  /** Renames; both paths are on the disk, and nothing may be at the second one. */
  move(from: string, to: string): void {
    renameSync(from, to);
    this.#undo.push(() => renameSync(to, from));
  }

  makeFolder(path: string): void {
    const folder = join(this.#root, path);
    mkdirSync(folder);
    this.#undo.push(() => rmdirSync(folder));
  }

  /** Undoes all steps, the last one first. */
  undo(): void {
    for (let step = this.#undo.pop(); step; step = this.#undo.pop()) step();
  }
}
