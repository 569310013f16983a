/** A path in the tree that a value of a variable could mean. */
export interface NamedPath {
  readonly path: string;
  /** A folder of this name is meant, too, and not only a file. */
  readonly mayBeFolder: boolean;
}

/** Names of variables whose values are folders even if they have no slash. */
const folderVariable = /(?:^|_)(?:DIR|DIRECTORY|FOLDER|PATH)$/;

/** True for a path that stays below the root of a tree. */
export function isInside(path: string): boolean {
  return path !== '' && !path.split('/').some((name) => ['', '.', '..', '.git'].includes(name));
}

/** The path that a link of a tree leads to; undefined if it leads out of the tree. */
export function linkedPath(link: string, target: string): string | undefined {
  const names = link.split('/').slice(0, -1);
  for (const name of target.split('/')) {
    if (name === '..') {
      if (names.pop() === undefined) return undefined;
    } else if (name !== '.' && name !== '') names.push(name);
  }
  return target.startsWith('/') ? undefined : names.join('/');
}

/**
 * The paths that the value of a variable could mean: the value, and the words of it (`INSTALL_FILES` has several with
 * spaces between them, `INCLUDE_SCRIPTS` with colons).
 */
export function pathsNamedBy(variable: string, value: unknown): NamedPath[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsNamedBy(variable, item));
  if (typeof value !== 'string' || !/^[A-Z]/.test(variable)) return [];
  const paths = new Set(
    [value, ...value.split(/[\s:,;]+/)].map((path) => path.replace(/^(?:\.\/)+|\/+$/g, '')),
  );
  return [...paths].filter(isInside).map((path) => ({
    path,
    mayBeFolder: path.includes('/') || folderVariable.test(variable),
  }));
}

/** The paths of the manifests that a value of INSTALL_FILES names. */
export function manifestsNamedBy(value: string): string[] {
  return value
    .split(/\s+/)
    .map((path) => path.replace(/^(?:\.\/)+/, ''))
    .filter((path) => path !== '');
}
