import { compareBytes } from '../byte-order.js';

/**
 * The path of the file that a reference such as `morph: strata/core.morph` means. Trees from before there was a
 * folder for each kind write a bare name (`morph: core`): that is the file of this name, wherever it stands, if
 * there is just one.
 */
export function resolvePath(reference: string, paths: ReadonlySet<string>): string | undefined {
  const direct = reference.replace(/^(\.\/)+/, '');
  for (const candidate of [direct, `${direct}.morph`, `${direct}.def`]) {
    if (paths.has(candidate)) return candidate;
  }
  const named = namedAlike(direct, paths);
  return named.length === 1 ? named[0] : undefined;
}

/** The files that a bare name could mean, if there are several and so it means none of them. */
export function ambiguousPaths(reference: string, paths: ReadonlySet<string>): string[] {
  const named = namedAlike(reference, paths);
  return named.length > 1 ? named.sort(compareBytes) : [];
}

function namedAlike(name: string, paths: ReadonlySet<string>): string[] {
  if (name.includes('/')) return [];
  const files = [name, `${name}.morph`, `${name}.def`];
  return [...paths].filter((path) => files.includes(path.slice(path.lastIndexOf('/') + 1)));
}
