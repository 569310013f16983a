import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

/**
 * A path as the shell completes it, as one below a folder: `project/elements/base.bst` is `elements/base.bst` of
 * `project`. A path that is in the folder as it stands, or leads nowhere, stays as it is.
 */
export function below(folder: string, path: string): string {
  if (existsSync(join(folder, path)) || !existsSync(path)) return path;
  const inside = relative(folder, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
