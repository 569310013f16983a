import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WriteOptions, writeProject } from '../../../src/project/write/write-project.js';
import { contents, first, project, put, snapshot, temporaryFolder, told, writeCleanly } from './support.js';

let folder: string;
let out: string;

beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (files: typeof first, options?: WriteOptions) => writeCleanly(files, out, options);

describe('paths', () => {
  it.each([
    ['', 'it is empty'],
    ['/etc/passwd', 'it is absolute'],
    ['../x', 'it has an empty name, `.` or `..` in it'],
    ['a/../../x', 'it has an empty name, `.` or `..` in it'],
    ['a//b', 'it has an empty name, `.` or `..` in it'],
    ['a/', 'it has an empty name, `.` or `..` in it'],
    ['./a', 'it has an empty name, `.` or `..` in it'],
    ['a\0b', 'it has a NUL or a backslash in it'],
    ['..\\x', 'it has a NUL or a backslash in it'],
    ['a\ud800', 'it is not valid Unicode'],
    ['.git/hooks/post-commit', 'it lies in a .git folder'],
    ['sub/.GIT/config', 'it lies in a .git folder'],
    ['.baserock2bst/manifest.json', '.baserock2bst belongs to the writer itself'],
  ])('%j is refused', async (path, reason) => {
    for (const options of [{}, { force: true }, { dryRun: true }]) {
      const { diagnostics, written } = await writeProject(project({ a: 'a', [path]: 'x' }), out, options);
      expect(told(diagnostics)).toEqual([
        `bad-output: ${JSON.stringify(path)} is no path of a project: ${reason}`,
      ]);
      expect(written).toEqual([]);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are refused that are to be file and folder at once', async () => {
    const { diagnostics } = await writeProject(project({ 'a/b/c': 'x', a: 'y', 'a/b/d': 'z' }), out);
    expect(told(diagnostics)).toEqual(['bad-output: a would be a file and, for a/b/c, a folder']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('may be odd', async () => {
    const odd = project({ __proto__: '1', 'a b/ü\n.bst': '2', '...': '3', '.gitignore': '4', 'x.orig': '5' });
    odd.set('__proto__', { content: '1' });
    await write(odd);
    await write(odd);
    for (const [path, { content }] of odd) expect(readFileSync(join(out, path), 'utf8')).toBe(content);
    await write(new Map());
    expect(contents(out)).toEqual({});
  });

  it.each([false, true])('never lead through a link in the project (force %s)', async (force) => {
    await write(first);
    mkdirSync(join(folder, 'elsewhere'));
    put(folder, { 'elsewhere/b.bst': 'kind: manual\n' });
    rmSync(join(out, 'elements/core'), { recursive: true });
    symlinkSync('../../elsewhere', join(out, 'elements/core'));
    symlinkSync('../elsewhere/made.bst', join(out, 'made.bst'));
    const before = snapshot(folder);
    const second = project({ 'elements/core/b.bst': 'changed', 'elements/core/c/d': 'x', 'made.bst': 'y' });
    const { diagnostics } = await writeProject(second, out, { force });
    expect(new Set(told(diagnostics))).toEqual(
      new Set([
        'bad-output: elements/core is a link, and nothing is ever written through one',
        'bad-output: made.bst is a link, and nothing is ever written through one',
      ]),
    );
    expect(snapshot(folder)).toEqual(before);
    // No longer generated: what the manifest lists behind the link is not ours to remove.
    await write(project({ 'project.conf': 'name: x\n' }), { force });
    expect(snapshot(folder)).toMatchObject({
      'elsewhere/b.bst': 'kind: manual\n',
      'out/elements/core': '-> ../../elsewhere',
    });
  });

  it.each(['.baserock2bst', '.baserock2bst/journal', '.baserock2bst/manifest.json'])(
    'of the writer itself never lead through a link (%s)',
    async (path) => {
      await write(first);
      const elsewhere = join(folder, 'elsewhere');
      rmSync(join(out, path), { recursive: true, force: true });
      mkdirSync(elsewhere);
      put(elsewhere, { 'committed.json': '{}', 'manifest.json': '{}', lock: '' });
      symlinkSync('../elsewhere', join(out, path));
      const before = snapshot(folder);
      const { diagnostics } = await writeProject(project({ a: 'a' }), out, { force: true });
      expect(diagnostics.map(({ code }) => code)).toEqual(['bad-output']);
      expect(snapshot(folder)).toEqual(before);
    },
  );
});
