import { lstat, readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { TreeFile } from './model.js';

/** The largest file that is taken into a project: what is larger is no configuration. */
const LARGEST = 64 * 1024 * 1024;

/**
 * What is at a path of the tree. Links are taken as links, but for those that a path leads through: where they lead
 * out of the tree, there is nothing.
 *
 * @param root the real path of the tree.
 */
export async function readTreeFile(root: string, path: string): Promise<TreeFile | undefined> {
  const file = join(root, path);
  try {
    if (!`${await realpath(dirname(file))}${sep}`.startsWith(root === sep ? sep : `${root}${sep}`)) {
      return undefined;
    }
    const found = await lstat(file);
    if (found.isSymbolicLink()) return { kind: 'link', target: await readlink(file) };
    if (found.isDirectory()) return { kind: 'folder', entries: (await readdir(file)).sort() };
    if (!found.isFile() || found.size > LARGEST) return undefined;
    return { kind: 'file', content: await readFile(file), executable: (found.mode & 0o111) !== 0 };
  } catch {
    return undefined;
  }
}
