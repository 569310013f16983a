import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WriteOptions, writeProject } from '../../../src/project/write/write-project.js';
import {
  contents,
  contentsOf,
  first,
  project,
  put,
  snapshot,
  temporaryFolder,
  told,
  writeCleanly,
} from './support.js';

let folder: string;
let out: string;

beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (files: typeof first, options?: WriteOptions) => writeCleanly(files, out, options);

describe('a folder that is not ours', () => {
  it('is refused if there is anything in it', async () => {
    put(out, { '.hidden': 'mine' });
    for (const dryRun of [true, false]) {
      const { diagnostics } = await writeProject(first, out, { dryRun });
      expect(told(diagnostics)).toEqual([
        `output-not-ours: ${out} is not empty, and no project of ours is in it`,
      ]);
    }
    expect(snapshot(out)).toEqual({ '.hidden': 'mine' });
  });

  it('is written with force, and what is in the way is kept', async () => {
    put(out, { '.hidden': 'mine', 'project.conf': 'mine', 'elements/a.bst': 'kind: stack\n' });
    const result = await writeProject(first, out, { force: true });
    expect(result.kept).toEqual(['project.conf.orig']);
    expect(result.unchanged).toEqual(['elements/a.bst']);
    expect(contents(out)).toEqual({ ...contentsOf(first), '.hidden': 'mine', 'project.conf.orig': 'mine' });
  });

  it.each([
    ['is not JSON', '<<<<<<< ours\n'],
    ['is of a later schema', '{"version":2,"tool":"baserock2bst","files":{}}'],
    [
      'names paths outside',
      `{"version":1,"tool":"baserock2bst","files":{"../x":{"sha256":"${'0'.repeat(64)}"}}}`,
    ],
  ])('is one whose manifest %s', async (_, text) => {
    await write(first);
    put(out, { '.baserock2bst/manifest.json': text, '../x': 'outside' });
    const before = snapshot(folder);
    const { diagnostics } = await writeProject(project({ a: 'a' }), out);
    expect(told(diagnostics)).toEqual([
      `output-not-ours: ${out} has a manifest that cannot be understood, .baserock2bst/manifest.json`,
    ]);
    expect(snapshot(folder)).toEqual(before);
    const forced = await writeProject(project({ a: 'a' }), out, { force: true });
    expect(forced.kept).toEqual(['.baserock2bst/manifest.json.orig']);
    expect(snapshot(folder)).toMatchObject({
      x: 'outside',
      'out/a': 'a',
      'out/project.conf': 'name: x\n',
      'out/.baserock2bst/manifest.json.orig': text,
    });
    await write(project({ a: 'b' }));
  });
});

describe('the output folder', () => {
  it('must not be in the definitions, nor be them, by whatever way', async () => {
    const definitions = join(folder, 'definitions');
    put(definitions, { VERSION: 'version: 8\n' });
    symlinkSync('definitions', join(folder, 'link'));
    for (const name of [
      'definitions',
      'definitions/out',
      'definitions/a/b/c',
      'link/out',
      'x/../definitions/out',
    ]) {
      for (const dryRun of [true, false]) {
        const options = { definitionsDirectory: join(folder, 'link'), dryRun, force: true };
        const { diagnostics } = await writeProject(first, `${folder}/${name}`, options);
        expect(told(diagnostics)).toEqual([`bad-output: ${folder}/${name} is inside the definitions`]);
      }
    }
    expect(snapshot(definitions)).toEqual({ VERSION: 'version: 8\n' });
    await write(first, { definitionsDirectory: definitions });
    out = join(folder, 'definitions-out');
    await write(first, { definitionsDirectory: definitions });
    out = join(folder, 'other');
    await write(first, { definitionsDirectory: join(folder, 'vanished') });
  });

  it('is refused with one message where none can be', async () => {
    put(folder, { file: 'mine' });
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('loop', join(folder, 'loop'));
    const before = snapshot(folder);
    const long = join(folder, 'x'.repeat(300));
    const cases: Record<string, string> = {
      [join(folder, 'file')]: `bad-output: ${join(folder, 'file')} is not a folder`,
      [join(folder, 'file/out')]:
        `bad-output: ${join(folder, 'file/out')} cannot be written: something on the way to it is not a folder`,
      [join(folder, 'dangling')]: `bad-output: ${join(folder, 'dangling')} is a link that leads nowhere`,
      [long]: `bad-output: ${long} cannot be written: a name is too long for the file system`,
      '': 'bad-output: the output folder has no valid name',
      'a\0b': 'bad-output: the output folder has no valid name',
    };
    for (const [directory, message] of Object.entries(cases)) {
      const result = await writeProject(first, directory, { force: true });
      expect(told(result.diagnostics)).toEqual([message]);
      expect(result.diagnostics[0]!.hint).not.toBe('');
    }
    const loop = await writeProject(first, join(folder, 'loop'));
    expect(loop.diagnostics.map(({ code }) => code)).toEqual(['bad-output']);
    expect(snapshot(folder)).toEqual(before);
  });

  it('and the folders made above it vanish again if writing fails', async () => {
    const bad = new Map(first).set(`elements/${'x'.repeat(300)}`, { content: '' });
    const { diagnostics } = await writeProject(bad, join(folder, 'some/where/out'));
    expect(diagnostics).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
    await write(first);
    const before = snapshot(folder);
    expect((await writeProject(bad, out)).diagnostics).toHaveLength(1);
    const late = new Map(first).set('a/b/c', { content: '' }).set(`d/${'x'.repeat(252)}`, { content: '' });
    put(out, { [`d/${'x'.repeat(252)}`]: 'mine, and .orig makes the name too long' });
    before[`out/d/${'x'.repeat(252)}`] = 'mine, and .orig makes the name too long';
    expect((await writeProject(late, out, { force: true })).diagnostics).toHaveLength(1);
    expect(snapshot(folder)).toEqual(before);
  });

  it('may be named relative to the current folder, and be it', async () => {
    mkdirSync(out);
    const home = process.cwd();
    try {
      process.chdir(out);
      expect(told((await writeProject(first, '.')).diagnostics)).toEqual([]);
      expect(told((await writeProject(first, 'sub/dir')).diagnostics)).toEqual([]);
    } finally {
      process.chdir(home);
    }
    expect(contents(join(out, 'sub/dir'))).toEqual(contentsOf(first));
    expect(contents(out)).toMatchObject(contentsOf(first));
  });

  it('may have a name as long as the file system allows', async () => {
    out = join(folder, 'ü'.repeat(127));
    await write(first);
    expect(contents(out)).toEqual(contentsOf(first));
  });
});

it('a device or pipe in the way is refused and not read', async () => {
  await write(first);
  execFileSync('mkfifo', [join(out, 'pipe')]);
  const { diagnostics } = await writeProject(new Map(first).set('pipe', { content: 'x' }), out, {
    force: true,
  });
  expect(told(diagnostics)).toEqual(['bad-output: pipe is neither a file nor a folder']);
});
