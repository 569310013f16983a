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
  if (direct.includes('/')) return undefined;
  const named = [...paths].filter((path) =>
    [direct, `${direct}.morph`, `${direct}.def`].includes(path.slice(path.lastIndexOf('/') + 1)),
  );
  return named.length === 1 ? named[0] : undefined;
}
