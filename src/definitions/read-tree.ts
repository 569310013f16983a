import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
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
export function readTreeFile(root: string, path: string): TreeFile | undefined {
  const file = join(root, path);
  try {
    if (!`${realpathSync.native(dirname(file))}${sep}`.startsWith(root === sep ? sep : `${root}${sep}`)) {
      return undefined;
    }
    const found = lstatSync(file);
    if (found.isSymbolicLink()) return { kind: 'link', target: readlinkSync(file) };
    if (found.isDirectory()) return { kind: 'folder', entries: readdirSync(file).sort() };
    if (!found.isFile() || found.size > LARGEST) return undefined;
    return { kind: 'file', content: readFileSync(file), executable: (found.mode & 0o111) !== 0 };
  } catch {
    return undefined;
  }
}
