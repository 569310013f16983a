import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { TreeFile } from './model.js';

/** The largest file that is taken into a project: what is larger is no configuration. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Makes a function that tells what is at a path of a tree. Links are taken as links, but for those that a path leads
 * through: where they lead out of the tree, there is nothing. Each folder is looked at once: a picture of one moment.
 *
 * @param root the real path of the tree.
 */
export function treeReader(root: string): (path: string) => TreeFile | undefined {
  const inside = new Map<string, boolean>();
  const isInside = (folder: string): boolean => {
    let known = inside.get(folder);
    if (known === undefined) {
      known = leadsInto(folder, root);
      inside.set(folder, known);
    }
    return known;
  };
  return (path) => {
    const file = join(root, path);
    try {
      if (!isInside(dirname(file))) return undefined;
      const found = lstatSync(file, { throwIfNoEntry: false });
      if (found?.isSymbolicLink()) return { kind: 'link', target: readlinkSync(file) };
      if (found?.isDirectory()) return { kind: 'folder', entries: readdirSync(file).sort() };
      if (!found?.isFile() || found.size > LARGEST) return undefined;
      return { kind: 'file', content: readFileSync(file), executable: (found.mode & 0o111) !== 0 };
    } catch {
      return undefined;
    }
  };
}

function leadsInto(folder: string, root: string): boolean {
  try {
    return `${realpathSync.native(folder)}${sep}`.startsWith(root === sep ? sep : `${root}${sep}`);
  } catch {
    return false;
  }
}
