import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectFile } from '../../../src/project/model.js';
import { type WriteOptions, writeProject } from '../../../src/project/write/write-project.js';
import {
  contents,
  contentsOf,
  first,
  identity,
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

const own = ['generated.json', 'provenance.json', 'manifest.json'].map((name) => `.baserock2bst/${name}`);

const write = (files: typeof first, options?: WriteOptions) => writeCleanly(files, out, options);

describe('a new project', () => {
  it('is written where there is nothing, with the folders above it', async () => {
    out = join(folder, 'some/where/out');
    const result = await write(first);
    expect(contents(out)).toEqual(contentsOf(first));
    expect(result).toEqual({
      written: ['elements/a.bst', 'elements/core/b.bst', 'files/run', 'project.conf'],
      unchanged: [],
      removed: [],
      merged: [],
      kept: [],
      recovery: 'nothing',
      diagnostics: [],
    });
  });

  it('leaves nothing beside it and no lock in it', async () => {
    await write(first);
    expect(readdirSync(folder)).toEqual(['out']);
    expect(readdirSync(join(out, '.baserock2bst'))).toEqual([
      'generated.json',
      'manifest.json',
      'provenance.json',
    ]);
  });

  it('has the same bytes whatever the order of the files and the place', async () => {
    await write(first);
    const other = join(folder, 'other');
    await writeProject(new Map([...first].reverse()), other);
    expect(snapshot(other)).toEqual(snapshot(out));
  });

  it('keeps the inode of an empty folder that is there, since it may be the current one', async () => {
    mkdirSync(out);
    const { ino } = statSync(out);
    await write(first);
    expect(statSync(out).ino).toBe(ino);
    expect(contents(out)).toEqual(contentsOf(first));
    expect(readdirSync(join(out, '.baserock2bst'))).toEqual([
      'generated.json',
      'manifest.json',
      'provenance.json',
    ]);
  });

  it('may be empty', async () => {
    await write(new Map());
    expect(contents(out)).toEqual({});
    await write(first);
    await write(new Map());
    expect(contents(out)).toEqual({});
  });

  it('is written through a link to a folder, which the person made on purpose', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', out);
    await write(first);
    expect(lstatSync(out).isSymbolicLink()).toBe(true);
    expect(contents(join(folder, 'real'))).toEqual(contentsOf(first));
  });
});

describe('over an existing project', () => {
  it('touches no file whose bytes are equal', async () => {
    await write(first);
    const paths = [...first.keys(), ...own];
    const before = paths.map((path) => identity(join(out, path)));
    const result = await write(first);
    expect(paths.map((path) => identity(join(out, path)))).toEqual(before);
    expect(result.written).toEqual([]);
    expect(result.unchanged).toEqual([...first.keys()].sort());
  });

  it('replaces, adds and removes what was generated, and folders that become empty by it', async () => {
    await write(first);
    const second = project({
      'project.conf': 'name: y\n',
      'elements/a.bst': 'kind: stack\n',
      'new/c.bst': '',
    });
    const untouched = identity(join(out, 'elements/a.bst'));
    const result = await write(second);
    expect(contents(out)).toEqual(contentsOf(second));
    expect(existsSync(join(out, 'elements/core'))).toBe(false);
    expect(existsSync(join(out, 'files'))).toBe(false);
    expect(identity(join(out, 'elements/a.bst'))).toBe(untouched);
    expect(result).toMatchObject({
      written: ['new/c.bst', 'project.conf'],
      unchanged: ['elements/a.bst'],
      removed: ['elements/core/b.bst', 'files/run'],
      kept: [],
    });
    expect(readdirSync(join(out, '.baserock2bst'))).toEqual([
      'generated.json',
      'manifest.json',
      'provenance.json',
    ]);
  });

  it('gives the same project as writing it anew', async () => {
    await write(first);
    await write(project({ 'project.conf': 'z', x: 'x' }));
    await write(first);
    const fresh = join(folder, 'fresh');
    await writeProject(first, fresh);
    expect(snapshot(out)).toEqual(snapshot(fresh));
  });

  it('never touches what the person has at other paths', async () => {
    await write(first);
    const mine = {
      '.git/HEAD': 'ref: refs/heads/master\n',
      'notes.txt': 'mine',
      'elements/core/mine.bst': 'kind: mine',
      '.baserock2bst/notes': 'odd place, but mine',
    };
    put(out, mine);
    mkdirSync(join(out, 'files/empty'));
    symlinkSync('nowhere', join(out, 'elements/link'));
    const before = Object.keys(mine).map((path) => identity(join(out, path)));
    const second = project({ 'project.conf': 'name: y\n' });
    await write(second);
    expect(Object.keys(mine).map((path) => identity(join(out, path)))).toEqual(before);
    const { '.baserock2bst/notes': _, ...visible } = mine;
    expect(contents(out)).toEqual({
      ...contentsOf(second),
      ...visible,
      'elements/link': '-> nowhere',
      'files/empty/': 'empty folder',
    });
  });

  it('sets the executable bit right', async () => {
    await write(first);
    chmodSync(join(out, 'files/run'), 0o644);
    expect((await write(first)).written).toEqual(['files/run']);
    const second = new Map(
      [...first].map(([path, { content }]): [string, ProjectFile] => [path, { content }]),
    );
    second.set('files/run', { content: '#!/bin/sh\n', executable: false });
    expect((await write(second)).written).toEqual(['files/run']);
    expect(contents(out)).toEqual(contentsOf(second));
  });

  it('makes a folder of a file, and a file of a folder', async () => {
    const one = project({ a: 'file', 'b/c/d': 'deep', 'b/e': 'e' });
    const two = project({ 'a/x/y': 'now deep', b: 'now a file' });
    await write(one);
    await write(two);
    expect(contents(out)).toEqual(contentsOf(two));
    await write(one);
    expect(contents(out)).toEqual(contentsOf(one));
  });
});

describe('what the person changed', () => {
  it('is refused as a whole where both changed it, each file with a message, before anything is written', async () => {
    await write(first);
    put(out, { 'elements/a.bst': 'edited', 'elements/core/b.bst': 'edited too', 'new.bst': 'made by hand' });
    rmSync(join(out, 'files/run'));
    const before = snapshot(out);
    const second = project({
      'project.conf': 'changed',
      'elements/a.bst': 'changed',
      'elements/core/b.bst': 'kind: manual\n',
      'files/run': '#!/bin/bash\n',
      'new.bst': 'generated',
    });
    for (const dryRun of [true, false]) {
      const result = await writeProject(second, out, { dryRun });
      expect(snapshot(out)).toEqual(before);
      expect(told(result.diagnostics)).toEqual([
        'output-not-ours: new.bst exists and was not generated',
        'edit-conflict: elements/a.bst was changed by hand and in the definitions, in the same place',
        'edit-conflict: files/run was removed by hand, and has changed in the definitions',
      ]);
      expect(result).toMatchObject({ written: [], unchanged: [], removed: [], kept: [] });
    }
  });

  it('is no obstacle where it is what would be written anyway', async () => {
    await write(first);
    put(out, { 'elements/a.bst': 'the same idea', 'new.bst': 'generated' });
    const second = project({ 'elements/a.bst': 'the same idea', 'new.bst': 'generated' });
    const result = await write(second);
    expect(result).toMatchObject({ written: [], unchanged: ['elements/a.bst', 'new.bst'] });
    expect(contents(out)).toEqual(contentsOf(second));
    await write(project({}));
    expect(contents(out)).toEqual({});
  });

  it('is kept as .orig with force, never over another .orig', async () => {
    await write(first);
    put(out, {
      'elements/a.bst': 'edited',
      'elements/a.bst.orig': 'mine',
      'elements/a.bst.orig.2': 'mine too',
    });
    put(out, { 'new.bst': 'made by hand' });
    const second = project({ 'elements/a.bst': 'changed', 'new.bst': 'generated', 'new.bst.orig': 'odd' });
    const wanted = {
      ...contentsOf(second),
      'elements/a.bst.orig': 'mine',
      'elements/a.bst.orig.2': 'mine too',
      'elements/a.bst.orig.3': 'edited',
      'new.bst.orig.2': 'made by hand',
    };
    const before = snapshot(out);
    const preview = await writeProject(second, out, { force: true, dryRun: true });
    expect(snapshot(out)).toEqual(before);
    const result = await writeProject(second, out, { force: true });
    expect(contents(out)).toEqual(wanted);
    expect(result.kept).toEqual(['elements/a.bst.orig.3', 'new.bst.orig.2']);
    expect(told(result.diagnostics)).toEqual([
      'kept-file: elements/a.bst is not as it was generated; kept as elements/a.bst.orig.3',
      'kept-file: new.bst is not as it was generated; kept as new.bst.orig.2',
    ]);
    expect(preview).toEqual(result);
  });

  it('is not set aside with force where it was only generated before', async () => {
    await write(first);
    const second = project({ 'elements/a.bst': 'changed' });
    await write(second, { force: true });
    expect(contents(out)).toEqual(contentsOf(second));
  });

  it('stays, and is reported, once it is no longer generated', async () => {
    await write(first);
    put(out, { 'elements/core/b.bst': 'edited' });
    unlinkSync(join(out, 'elements/a.bst'));
    symlinkSync('core/b.bst', join(out, 'elements/a.bst'));
    const second = project({ 'project.conf': 'name: x\n' });
    const result = await writeProject(second, out);
    expect(told(result.diagnostics)).toEqual([
      'kept-file: elements/a.bst is no longer generated, but was changed by hand: it stays',
      'kept-file: elements/core/b.bst is no longer generated, but was changed by hand: it stays',
    ]);
    expect(result).toMatchObject({ removed: ['files/run'], kept: ['elements/a.bst', 'elements/core/b.bst'] });
    expect(contents(out)).toEqual({
      ...contentsOf(second),
      'elements/a.bst': '-> core/b.bst',
      'elements/core/b.bst': 'edited',
    });
    await write(second);
  });

  it('is a file where a folder has to be: refused, set aside with force', async () => {
    await write(first);
    const second = project({ 'notes/a': 'a', 'notes/b': 'b', 'elements/a.bst/deep/er': 'c' });
    put(out, { notes: 'mine', 'elements/a.bst': 'edited' });
    const before = snapshot(out);
    expect(told((await writeProject(second, out)).diagnostics)).toEqual([
      'output-not-ours: notes is a file that was not generated, where a folder has to be',
      'output-not-ours: elements/a.bst was changed by hand since it was generated',
    ]);
    expect(snapshot(out)).toEqual(before);
    const preview = await writeProject(second, out, { force: true, dryRun: true });
    const result = await writeProject(second, out, { force: true });
    expect(result.kept).toEqual(['elements/a.bst.orig', 'notes.orig']);
    expect(preview).toEqual(result);
    expect(contents(out)).toEqual({
      ...contentsOf(second),
      'notes.orig': 'mine',
      'elements/a.bst.orig': 'edited',
    });
  });

  it.each([false, true])('is a folder where a file has to be: refused (force %s)', async (force) => {
    await write(first);
    put(out, { 'notes/mine': 'mine' });
    mkdirSync(join(out, 'empty'));
    const before = snapshot(out);
    const second = project({ notes: 'a', empty: 'b', 'elements/core': 'c' });
    put(out, { 'elements/core/mine': 'mine' });
    before['elements/core/mine'] = 'mine';
    const result = await writeProject(second, out, { force });
    const what = 'a folder with something in it that was not generated, where a file has to be';
    expect(told(result.diagnostics)).toEqual([
      `bad-output: notes is ${what}`,
      `bad-output: empty is ${what}`,
      `bad-output: elements/core is ${what}`,
    ]);
    expect(snapshot(out)).toEqual(before);
  });
});

describe('converting again', () => {
  const base = project({ 'a.bst': '1\n2\n3\n4\n5\n', 'b.bst': 'b\n', 'c.bst': 'c\n' });
  const next = project({ 'a.bst': '1\n2\n3\n4\nfive\n', 'b.bst': 'b\n', 'c.bst': 'new c\n' });

  it('keeps a changed file that the definitions did not change, and merges one that they did', async () => {
    await write(base);
    put(out, { 'a.bst': 'one\n2\n3\n4\n5\nsix\n', 'b.bst': 'mine' });
    const preview = await writeProject(next, out, { dryRun: true });
    const result = await writeProject(next, out);
    expect(preview).toEqual(result);
    expect(told(result.diagnostics)).toEqual([
      'merged-file: a.bst has the changes of both',
      'edited-file: b.bst stays as it was changed by hand',
    ]);
    expect(result).toMatchObject({ written: ['a.bst', 'c.bst'], merged: ['a.bst'], kept: ['b.bst'] });
    expect(contents(out)).toEqual({
      'a.bst': 'one\n2\n3\n4\nfive\nsix\n',
      'b.bst': 'mine',
      'c.bst': 'new c\n',
    });
    const third = await writeProject(project({ 'a.bst': '1\n2\nIII\n4\nfive\n', 'b.bst': 'b\n' }), out);
    expect(third).toMatchObject({ merged: ['a.bst'], kept: ['b.bst'], removed: ['c.bst'] });
    expect(contents(out)).toEqual({ 'a.bst': 'one\n2\nIII\n4\nfive\nsix\n', 'b.bst': 'mine' });
  });

  it('leaves away what was removed by hand, until that is to be forced', async () => {
    await write(base);
    rmSync(join(out, 'b.bst'));
    const result = await writeProject(base, out);
    expect(told(result.diagnostics)).toEqual(['edited-file: b.bst stays away, as it was removed by hand']);
    expect(contents(out)).not.toHaveProperty('b.bst');
    expect((await write(base, { force: true })).written).toEqual(['b.bst']);
    expect(contents(out)).toEqual(contentsOf(base));
  });

  it.each([
    ['ours', '1\n2\n3\n4\nV\nsix\n', []],
    ['theirs', '1\n2\n3\n4\nfive\n', ['a.bst.orig']],
    [
      'markers',
      '1\n2\n3\n4\n<<<<<<< changed by hand\nV\nsix\n=======\nfive\n>>>>>>> changed in the definitions\n',
      [],
    ],
  ] as const)('does what is chosen where both changed the same line: %s', async (onConflict, text, kept) => {
    await write(base);
    put(out, { 'a.bst': '1\n2\n3\n4\nV\nsix\n' });
    rmSync(join(out, 'c.bst'));
    const preview = await writeProject(next, out, { onConflict, dryRun: true });
    const result = await writeProject(next, out, { onConflict });
    expect(preview).toEqual(result);
    expect(contents(out)['a.bst']).toBe(text);
    expect(contents(out)['c.bst']).toBe(onConflict === 'ours' ? undefined : 'new c\n');
    expect(result).toMatchObject({ merged: ['a.bst'], kept });
    expect(told(result.diagnostics)).toContain(
      `${onConflict === 'markers' ? 'marked-conflict' : 'merged-file'}: a.bst has the changes of both, but for one place that both changed`,
    );
  });

  it('never takes the markers of a conflict for what the person wants', async () => {
    await write(base);
    put(out, { 'a.bst': '1\n2\n3\n4\nV\n' });
    await writeProject(next, out, { onConflict: 'markers' });
    const before = snapshot(out);
    for (const files of [next, base]) {
      for (const onConflict of ['abort', 'markers', 'ours'] as const) {
        const { diagnostics } = await writeProject(files, out, { onConflict });
        expect(told(diagnostics)).toEqual([
          'unresolved-conflict: a.bst still has the markers of an earlier conflict in it',
        ]);
        expect(snapshot(out)).toEqual(before);
      }
    }
    const { kept } = await writeProject(next, out, { onConflict: 'theirs' });
    expect(kept).toEqual(['a.bst.orig']);
    expect(contents(out)).toMatchObject({ 'a.bst': next.get('a.bst')!.content });
  });

  it.each([
    ['is no text', Buffer.from([0xff, 0xfe]), undefined],
    ['of which nobody knows what it was', Buffer.from('mine\n'), '{}'],
    ['of which something else is said than the manifest does', Buffer.from('mine\n'), '{"a.bst": "x"}'],
  ])('merges no file that %s', async (_, mine, generated) => {
    await write(base);
    writeFileSync(join(out, 'a.bst'), mine);
    if (generated !== undefined) put(out, { '.baserock2bst/generated.json': generated });
    const { diagnostics } = await writeProject(next, out, { onConflict: 'markers' });
    expect(diagnostics.map(({ code }) => code)).toEqual(['edit-conflict']);
    const ours = await writeProject(next, out, { onConflict: 'ours' });
    expect(ours.kept).toEqual(['a.bst']);
    expect(readFileSync(join(out, 'a.bst'))).toEqual(mine);
    const theirs = await writeProject(base, out, { onConflict: 'theirs' });
    expect(theirs.kept).toEqual(['a.bst.orig']);
    expect(readFileSync(join(out, 'a.bst.orig'))).toEqual(mine);
    expect(contents(out)['a.bst']).toBe(base.get('a.bst')!.content);
  });
});

describe('a dry run', () => {
  it('says what would be written, and writes nothing', async () => {
    expect((await write(first, { dryRun: true })).written).toEqual([...first.keys()].sort());
    expect(readdirSync(folder)).toEqual([]);
    await write(first);
    const before = snapshot(folder);
    const second = project({ 'project.conf': 'name: y\n', 'elements/a.bst': 'kind: stack\n' });
    const preview = await write(second, { dryRun: true });
    expect(snapshot(folder)).toEqual(before);
    expect(preview).toEqual(await write(second));
  });
});

describe('a file that is only a beginning', () => {
  const begin = (content: string) =>
    new Map([...first, ['include/place.yml', { content, once: true }]]) as typeof first;

  it('is written, and replaced as long as nobody changed it', async () => {
    await write(begin('none yet\n'));
    const result = await write(begin('still none\n'));
    expect(result.written).toEqual(['include/place.yml']);
    expect(contents(out)['include/place.yml']).toBe('still none\n');
  });

  it('keeps what was made of it, also over several runs', async () => {
    await write(begin('none yet\n'));
    put(out, { 'include/place.yml': 'here\n' });
    for (const content of ['none yet\n', 'changed\n', 'changed again\n']) {
      const result = await write(begin(content));
      expect(result.unchanged).toContain('include/place.yml');
      expect(contents(out)['include/place.yml']).toBe('here\n');
    }
  });
});
