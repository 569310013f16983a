import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import glob from 'fast-glob';
import { inParallel } from '../../in-parallel.js';
import type { ProjectFile } from '../model.js';
import type { Texts } from './read-project.js';

/** How many files are open at a time. */
const OPEN_FILES = 32;

/** What is read; of the other files it only matters that they are there. */
const READ = /(\.bst|\.ya?ml|\.conf|\/manifest\.json)$/;

/** What deployments put into systems: the folder for files of clusters. */
const DEPLOYED = 'files/clusters';

/**
 * Reads the files of a project that `readProject` may ask for.
 *
 * @returns texts by path below the project; empty for files that are no text, or that nothing is compared with. No file at all if
 *   there is no such folder.
 */
export async function readTexts(directory: string): Promise<Texts> {
  const paths = await glob('**', {
    cwd: directory,
    dot: true,
    ignore: ['**/.git', '.bst/**', '.bst2/**'],
    followSymbolicLinks: false,
    suppressErrors: true,
  });
  const texts = new Map<string, string>(paths.map((path) => [path, '']));
  const isOfDeployment = (path: string) => path.startsWith(`${DEPLOYED}/`);
  const wanted = paths.filter(
    (path) => isOfDeployment(path) || (READ.test(`/${path}`) && !path.startsWith('files/')),
  );
  await inParallel(wanted, OPEN_FILES, async (path) => {
    const content = await readFile(join(directory, path));
    if (!isOfDeployment(path) || isUtf8(content)) texts.set(path, content.toString('utf8'));
  });
  return texts;
}

/** The same of a rendered project that is not on a disk. */
export function textsOf(files: ReadonlyMap<string, ProjectFile>): Texts {
  return new Map([...files].map(([path, { content }]) => [path, typeof content === 'string' ? content : '']));
}
