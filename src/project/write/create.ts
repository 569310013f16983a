import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ProjectFile } from '../model.js';
import { digestOf, kindOf, makeFiles } from './disk.js';
import { isProcess } from './holder.js';
import { lockProject, lockState } from './lock.js';
import { renderOwn } from './own.js';
import { foldersAbove, OWN_FOLDER } from './paths.js';

/**
 * Makes a project where there is nothing yet. It is written into a folder beside its place and appears by one
 * rename, complete.
 *
 * Nothing waits for the disk, since nothing is lost that a second run could not make: after a loss of power within
 * seconds of the rename files of it may be empty, on file systems that write late. Where the manifest is among them, the
 * next run fills them; else it says that they were changed by hand.
 *
 * @throws errors of the file system, after removing all that was made.
 */
export async function createProject(root: string, files: ReadonlyMap<string, ProjectFile>): Promise<void> {
  const parents = makeParents(root);
  const folder = join(dirname(root), `${prefixOf(root)}${process.pid}-${randomBytes(4).toString('hex')}`);
  let unlock: (root: string) => void;
  try {
    mkdirSync(folder);
    unlock = lockProject(folder);
    await fill(folder, files);
    renameSync(folder, root);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    for (const parent of parents) rmdirSync(parent);
    throw error;
  }
  unlock(root);
}

async function fill(folder: string, files: ReadonlyMap<string, ProjectFile>): Promise<void> {
  const seen = new Set<string>(['.']);
  const digests = new Map<string, string>();
  const newFiles = [...files].map(([path, { content, executable }]) => {
    for (const missing of foldersAbove(path, seen).reverse()) mkdirSync(join(folder, missing));
    digests.set(path, digestOf(content));
    return { file: join(folder, path), content, executable: Boolean(executable) };
  });
  for (const [path, content] of renderOwn(files, digests)) {
    newFiles.push({ file: join(folder, path), content, executable: false });
  }
  await makeFiles(newFiles);
}

/** Makes the folders above a path; returns those that it made, deepest first. */
function makeParents(path: string): string[] {
  const missing: string[] = [];
  for (let parent = dirname(path); !existsSync(parent); parent = dirname(parent)) missing.push(parent);
  const made: string[] = [];
  try {
    for (const parent of missing.reverse()) {
      mkdirSync(parent);
      made.unshift(parent);
    }
  } catch (error) {
    for (const parent of made) rmdirSync(parent);
    throw error;
  }
  return made;
}

/** How the names of the folders start in which a project is made; a long name is cut to leave room for the rest. */
function prefixOf(root: string): string {
  return `.${[...basename(root)].slice(0, 50).join('')}.baserock2bst-`;
}

/**
 * Removes what runs that were killed while making the project left beside its place. A folder is theirs if it has
 * their name and the lock of a process that is gone; without a lock it is removed only if it is empty.
 *
 * @returns true if there was something.
 */
export function removeLeftovers(root: string): boolean {
  const parent = dirname(root);
  const prefix = prefixOf(root);
  let found = false;
  for (const name of namesIn(parent)) {
    const pid = name.startsWith(prefix)
      ? /^(\d+)-[0-9a-f]{8}$/.exec(name.slice(prefix.length))?.[1]
      : undefined;
    if (pid === undefined || kindOf(join(parent, name)) !== 'folder') continue;
    found = removeLeftover(join(parent, name), Number(pid)) || found;
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeLeftover(folder: string, pid: number): boolean {
  const state = lockState(folder);
  if (state === 'held' || (state === 'none' && isProcess(pid))) return false;
  try {
    if (state === 'stale') {
      rmSync(folder, { recursive: true, force: true });
      return true;
    }
    if (kindOf(join(folder, OWN_FOLDER)) === 'folder') rmdirSync(join(folder, OWN_FOLDER));
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
