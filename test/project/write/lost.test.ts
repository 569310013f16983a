import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeProject } from '../../../src/project/write/write-project.js';
import { contents, contentsOf, project, temporaryFolder, told } from './support.js';

const manifest = '.baserock2bst/manifest.json';
const beginning = 'include/place.yml';
/** A person may have emptied it: as long as the manifest tells what was made, it stays so. */
const theirs = { [beginning]: '' };

const files = project({ 'project.conf': 'name: x\n', 'elements/a.bst': 'kind: stack\n' });
files.set(beginning, { content: 'aliases: {}\n', once: true });
const everything = [
  ...files.keys(),
  ...['generated', 'provenance', 'manifest'].map((name) => `.baserock2bst/${name}.json`),
];

let folder: string;
let out: string;

beforeEach(async () => {
  folder = temporaryFolder();
  out = join(folder, 'out');
  await writeProject(files, out);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lose = (paths: readonly string[]) => {
  for (const path of paths) truncateSync(join(out, path));
};

describe('of a project that was just made when the power was lost, the next run fills', () => {
  it('all files, where all are empty', async () => {
    lose(everything);
    const result = await writeProject(files, out);
    expect(told(result.diagnostics)).toEqual([]);
    expect(contents(out)).toEqual(contentsOf(files));
    expect((await writeProject(files, out)).written).toEqual([]);
  });

  it.each(everything)('all but %s, which had been written', async (path) => {
    lose(everything.filter((each) => each !== path));
    const { diagnostics } = await writeProject(files, out);
    expect(told(diagnostics)).toEqual([]);
    expect(contents(out)).toEqual({ ...contentsOf(files), ...(path === manifest ? theirs : {}) });
  });

  it.each(everything)('%s alone', async (path) => {
    lose([path]);
    const { diagnostics } = await writeProject(files, out);
    expect(told(diagnostics)).toEqual([]);
    expect(contents(out)).toEqual({ ...contentsOf(files), ...(path === beginning ? theirs : {}) });
    if (path.startsWith('.')) expect(readFileSync(join(out, path), 'utf8')).not.toBe('');
  });

  it('no file that has something else in it', async () => {
    lose(everything);
    writeFileSync(join(out, 'elements/a.bst'), 'kind: mine\n');
    const { diagnostics } = await writeProject(files, out);
    expect(told(diagnostics)).toEqual(['output-not-ours: elements/a.bst exists and was not generated']);
    expect(readFileSync(join(out, 'elements/a.bst'), 'utf8')).toBe('kind: mine\n');
  });
});
