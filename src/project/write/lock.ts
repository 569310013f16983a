import { mkdirSync, readlinkSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { kindOf } from './disk.js';
import { errorCode, Refusal } from './failure.js';
import { describeOwn, isRunning, parseHolder } from './holder.js';
import { OWN_FOLDER } from './paths.js';

/**
 * The lock of a project: a link that leads nowhere, whose target says which process holds it. Making a link is one
 * step, so that there is never a lock without a holder, however a process ends.
 */
const LOCK = join(OWN_FOLDER, 'lock');
/** The lock of taking a lock away. */
const TAKING = `${LOCK}.taking`;
const TRIES = 20;

/**
 * Locks a project against other runs. A lock whose process is gone is taken over.
 *
 * @returns a function that gives the lock back, from the folder that it is in by then.
 * @throws {Refusal} if another run holds it, and errors of the file system.
 */
export function lockProject(root: string): (root: string) => void {
  const own = join(root, OWN_FOLDER);
  if (!['nothing', 'folder'].includes(kindOf(own))) throw new Refusal(`${own} is not a folder`);
  const lock = join(root, LOCK);
  for (let tries = 0; tries < TRIES; tries++) {
    if (kindOf(own) === 'nothing') makeFolder(own);
    if (makeLink(lock)) {
      removeStale(join(root, TAKING));
      return unlock;
    }
    const holder = readLink(lock);
    if (holder === undefined) continue;
    if (isRunning(holder)) throw inUse(root, holder);
    takeAway(root, holder);
  }
  throw inUse(root, '');
}

/** Says whether a project is locked: by a run that may still be going on (`held`), or by one that is gone (`stale`). */
export function lockState(root: string): 'none' | 'held' | 'stale' {
  if (kindOf(join(root, OWN_FOLDER)) !== 'folder') return 'none';
  const holder = readLink(join(root, LOCK)) ?? readLink(join(root, TAKING));
  if (holder === undefined) return 'none';
  return isRunning(holder) ? 'held' : 'stale';
}

function unlock(root: string): void {
  const lock = join(root, LOCK);
  try {
    if (readLink(lock) === describeOwn()) unlinkSync(lock);
    rmdirSync(join(root, OWN_FOLDER));
  } catch {
    // Not empty, or the whole project is gone: nothing is left to be given back.
  }
}

/**
 * Removes a lock whose process is gone. Of several runs that found it only one may do that, or the second one would
 * remove the new lock of the first.
 */
function takeAway(root: string, holder: string): void {
  const lock = join(root, LOCK);
  const taking = join(root, TAKING);
  if (!makeLink(taking)) {
    removeStale(taking);
    return;
  }
  try {
    if (readLink(lock) === holder) unlinkSync(lock);
  } finally {
    unlinkSync(taking);
  }
}

function removeStale(lock: string): void {
  const holder = readLink(lock);
  if (holder !== undefined && !isRunning(holder)) unlinkSync(lock);
}

function inUse(root: string, holder: string): Refusal {
  const by = parseHolder(holder);
  const process = by ? ` (process ${by.pid} on ${by.host})` : '';
  return new Refusal(
    `another run of baserock2bst${process} is writing to ${root}`,
    `wait until it is done; if there is none, remove ${join(root, LOCK)}`,
  );
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function makeLink(path: string): boolean {
  try {
    symlinkSync(describeOwn(), path);
    return true;
  } catch (error) {
    // ENOENT: another run has given its lock and the folder back.
    if (['EEXIST', 'ENOENT'].includes(errorCode(error))) return false;
    throw error;
  }
}

/** The text of a lock; empty if something else than a lock stands there, undefined if nothing does. */
function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return undefined;
    if (errorCode(error) === 'EINVAL') return '';
    throw error;
  }
}
