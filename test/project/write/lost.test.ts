import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeProject } from '../../../src/project/write/write-project.js';
import { contents, contentsOf, project, temporaryFolder, told } from './support.js';

const manifest = '.baserock2bst/manifest.json';
const beginning = 'include/place.yml';

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

  it.each(everything.filter((path) => path !== manifest))(
    'all but %s, which had been written',
    async (path) => {
      lose(everything.filter((each) => each !== path));
      const { diagnostics } = await writeProject(files, out);
      expect(told(diagnostics)).toEqual([]);
      expect(contents(out)).toEqual(contentsOf(files));
    },
  );

  it.each(everything.filter((path) => path.startsWith('.')))('%s alone', async (path) => {
    const text = readFileSync(join(out, path), 'utf8');
    lose([path]);
    const { diagnostics } = await writeProject(files, out);
    expect(told(diagnostics)).toEqual([]);
    expect(contents(out)).toEqual(contentsOf(files));
    expect(readFileSync(join(out, path), 'utf8')).toBe(text);
  });

  it('no file that has something else in it', async () => {
    lose(everything);
    writeFileSync(join(out, 'elements/a.bst'), 'kind: mine\n');
    const { diagnostics } = await writeProject(files, out);
    expect(told(diagnostics)).toEqual(['output-not-ours: elements/a.bst exists and was not generated']);
    expect(readFileSync(join(out, 'elements/a.bst'), 'utf8')).toBe('kind: mine\n');
  });
});

it('an empty file is a person’s where the manifest tells what was made', async () => {
  lose(['elements/a.bst', beginning]);
  const { diagnostics, written } = await writeProject(files, out);
  expect(told(diagnostics)).toEqual(['edited-file: elements/a.bst stays as it was changed by hand']);
  expect(written).toEqual([]);
  expect(contents(out)).toEqual({ ...contentsOf(files), 'elements/a.bst': '', [beginning]: '' });
});
