import { dirname } from 'node:path/posix';
import type { Report } from '../../diagnostics/diagnostic.js';

/** The folder of a project in which the writer keeps what it needs to know. */
export const OWN_FOLDER = '.baserock2bst';

/** The manifest, which says what of a project was generated. */
export const MANIFEST = `${OWN_FOLDER}/manifest.json`;

/** What was generated, so that changes of a person can be told from those of the definitions. */
export const GENERATED = `${OWN_FOLDER}/generated.json`;

/** Which lines of the definitions the lines of generated files come from. */
export const PROVENANCE = `${OWN_FOLDER}/provenance.json`;

/** All that the project says about itself. */
export const ownFiles: readonly string[] = [GENERATED, PROVENANCE, MANIFEST];

/**
 * Says what is wrong with the path of a generated file.
 *
 * @returns the reason why it must not be written, or undefined if it may.
 */
export function faultOfPath(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.startsWith('/')) return 'it is absolute';
  if (/[\0\\]/.test(path)) return 'it has a NUL or a backslash in it';
  if (/\p{Surrogate}/u.test(path)) return 'it is not valid Unicode';
  const names = path.split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..')) {
    return 'it has an empty name, `.` or `..` in it';
  }
  if (names.some((name) => name.toLowerCase() === '.git')) return 'it lies in a .git folder';
  if (names[0]!.toLowerCase() === OWN_FOLDER) return `${OWN_FOLDER} belongs to the writer itself`;
  return undefined;
}

/** Reports paths that must not be written, and paths that are meant to be file and folder at the same time. */
export function checkPaths(paths: ReadonlyMap<string, unknown>, report: Report): void {
  const checked = new Set<string>(['.']);
  for (const path of paths.keys()) {
    const fault = faultOfPath(path);
    if (fault !== undefined) {
      report('bad-output', undefined, `${JSON.stringify(path)} is no path of a project: ${fault}`, hint);
      continue;
    }
    for (const folder of foldersAbove(path, checked)) {
      if (paths.has(folder)) {
        report('bad-output', undefined, `${folder} would be a file and, for ${path}, a folder`, hint);
      }
    }
  }
}

const hint = 'rename the definition that it comes from';

/**
 * Lists the folders above a path, nearest first, without the root.
 *
 * @param seen folders that were listed before: they and those above them are left out, and the new ones added.
 */
export function foldersAbove(path: string, seen = new Set<string>(['.'])): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== '.' && !seen.has(folder); folder = dirname(folder)) {
    seen.add(folder);
    folders.push(folder);
  }
  return folders;
}

/** The folders above all these paths, without the root. */
export function foldersOf(paths: Iterable<{ readonly path: string }>): Set<string> {
  const folders = new Set<string>(['.']);
  for (const { path } of paths) foldersAbove(path, folders);
  folders.delete('.');
  return folders;
}
