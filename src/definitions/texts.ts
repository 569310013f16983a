import type { TreeFile } from './model.js';

/** True for the paths that belong to the definitions: `.morph` and `.def` files, VERSION and DEFAULTS. */
export function isDefinitionPath(path: string): boolean {
  return path === 'VERSION' || path === 'DEFAULTS' || /\.(morph|def)$/.test(path);
}

/** A byte order mark says nothing that UTF-8 needs to be told. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Texts among files, for diagnostics to show their places in. */
export function textsOf(tree: ReadonlyMap<string, TreeFile>): Map<string, string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const texts = new Map<string, string>();
  for (const [path, file] of tree) {
    if (file.kind !== 'file') continue;
    try {
      texts.set(path, decoder.decode(file.content));
    } catch {
      // What is no text has no lines to be shown.
    }
  }
  return texts;
}

/** The texts that diagnostics show lines of, where definitions are not parsed: of the files, and of what was looked at. */
export function textsToShow(
  files: ReadonlyMap<string, string>,
  lookedAt: ReadonlyMap<string, TreeFile | undefined>,
): Map<string, string> {
  const found = [...lookedAt].filter((entry): entry is [string, TreeFile] => entry[1] !== undefined);
  const texts = [...files].map(([path, text]) => [path, withoutMark(text)] as const);
  return new Map([...textsOf(new Map(found)), ...texts]);
}
