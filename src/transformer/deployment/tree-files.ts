import type { TreeFile } from '../../definitions/model.js';
import { linkedPath } from '../../definitions/named-paths.js';
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

const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** What was decoded already: most deployments install the same files. */
const texts = new WeakMap<Uint8Array, { readonly text: string | undefined }>();

/** Bytes as text; undefined if they are no UTF-8. */
function decoded(content: Uint8Array): string | undefined {
  const known = texts.get(content);
  if (known) return known.text;
  let text: string | undefined;
  try {
    text = decoder.decode(content);
  } catch {
    // It is no text.
  }
  texts.set(content, { text });
  return text;
}

/** The file that a path means when links are followed, as far as the definitions have it. */
export function followed(tree: ReadonlyMap<string, TreeFile>, path: string): TreeFile | undefined {
  let at = path;
  for (let count = 0; count < MOST_LINKS; count++) {
    const file = tree.get(at);
    if (file?.kind !== 'link') return file;
    at = linkedPath(at, file.target) ?? '';
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
