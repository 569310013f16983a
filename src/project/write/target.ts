import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { kindOf } from './disk.js';
import { errorCode, Refusal } from './failure.js';

/** Where a project is written to. */
export interface Target {
  /** The absolute path, free of links. */
  readonly root: string;
  /** True if there is a folder already. */
  readonly exists: boolean;
}

/**
 * Finds out where a project would be written to. A link to a folder is followed: the person made it on purpose.
 *
 * @param definitions the definitions that are converted; a target in them is refused.
 * @throws {Refusal} if no project can be there, and errors of the file system.
 */
export function findTarget(directory: string, definitions?: string): Target {
  if (directory === '' || directory.includes('\0')) throw new Refusal('the output folder has no valid name');
  const target = locate(resolve(directory), directory);
  const source = definitions === undefined ? undefined : realPath(resolve(definitions));
  if (source !== undefined && `${target.root}${sep}`.startsWith(source === sep ? sep : `${source}${sep}`)) {
    throw new Refusal(`${directory} is inside the definitions`, 'choose a folder outside of them');
  }
  return target;
}

function locate(path: string, directory: string): Target {
  const real = realPath(path);
  if (real !== undefined) {
    if (!statSync(real).isDirectory()) throw new Refusal(`${directory} is not a folder`);
    return { root: real, exists: true };
  }
  if (kindOf(path) === 'link') throw new Refusal(`${directory} is a link that leads nowhere`);
  const parent = locate(dirname(path), dirname(path));
  return { root: join(parent.root, basename(path)), exists: false };
}

/** Resolves all links; undefined if there is nothing at the path. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
