import type { TreeFile } from '../../definitions/model.js';
import type { ProjectFile } from '../../project/model.js';

/** Links that lead to links are followed so far. */
const MOST_LINKS = 10;

/** A file of the tree as a file of the project: text if it is any. */
export function projectFile(content: Uint8Array, executable: boolean): ProjectFile {
  return {
    content: decoded(content) ?? content,
    ...(executable ? { executable } : {}),
  };
}

/** The text of a file of the tree; undefined if it is none or no text. */
export function textOf(file: TreeFile | undefined): string | undefined {
  return file?.kind === 'file' ? decoded(file.content) : undefined;
}

/** Bytes as text; undefined if they are no UTF-8. */
function decoded(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** The file that a path means when links are followed, as far as the definitions have it. */
export function followed(tree: ReadonlyMap<string, TreeFile>, path: string): TreeFile | undefined {
  let at = path;
  for (let count = 0; count < MOST_LINKS; count++) {
    const file = tree.get(at);
    if (file?.kind !== 'link') return file;
    if (file.target.startsWith('/')) return undefined;
    at = joined(at, file.target);
  }
  return undefined;
}

/** All that is below a folder, by path, folders themselves not; none for what is no folder. */
export function below(tree: ReadonlyMap<string, TreeFile>, path: string): [string, TreeFile][] {
  const file = tree.get(path);
  if (file?.kind !== 'folder') return [];
  return file.entries.flatMap((entry) => {
    const inner = `${path}/${entry}`;
    const found = tree.get(inner);
    if (!found) return [];
    return found.kind === 'folder' ? below(tree, inner) : [[inner, found] as [string, TreeFile]];
  });
}

function joined(link: string, target: string): string {
  const names = link.split('/').slice(0, -1);
  for (const name of target.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}
