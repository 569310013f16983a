import { mkdirSync, readdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitChange } from '../../../src/project/write/journal.js';
import { lockProject } from '../../../src/project/write/lock.js';
import { readManifest } from '../../../src/project/write/manifest.js';
import { planWrites } from '../../../src/project/write/plan.js';
import { recoverProject } from '../../../src/project/write/recover.js';
import { writeProject } from '../../../src/project/write/write-project.js';
import {
  contents,
  contentsOf,
  type Files,
  forgetProcess,
  project,
  put,
  snapshot,
  temporaryFolder,
  told,
} from './support.js';

let folder: string;
let out: string;
beforeEach(() => {
  folder = temporaryFolder(true);
  out = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const old = project({ a: 'a old', b: 'b old', 'gone/c': 'c old', 'gone/d': 'd old' });
const next = project({ a: 'a new', b: 'b new', 'made/e': 'e new' });

/** Leaves what a run leaves that is killed as soon as it has decided to change the project. */
async function commit(files: Files): Promise<void> {
  const plan = planWrites(out, files, readManifest(out), { force: true }, () => expect.fail('refused'));
  await commitChange(out, plan);
}

const completed = () => `recovered: an interrupted run of ${out} is completed: it is the new project`;
const rolledBack = () => `recovered: an interrupted run had not changed ${out} yet: it is the old project`;

describe('a run that was interrupted', () => {
  beforeEach(async () => {
    await writeProject(old, out);
  });

  it('after its decision is completed', async () => {
    await commit(next);
    const { recovery, diagnostics } = await recoverProject(out);
    expect(recovery).toBe('completed');
    expect(told(diagnostics)).toEqual([completed()]);
    expect(contents(out)).toEqual(contentsOf(next));
    expect(await recoverProject(out)).toEqual({ recovery: 'nothing', diagnostics: [] });
  });

  it('before its decision is undone', async () => {
    await commit(next);
    unlinkSync(join(out, '.baserock2bst/journal/committed.json'));
    const { recovery, diagnostics } = await recoverProject(out);
    expect(recovery).toBe('rolled back');
    expect(told(diagnostics)).toEqual([rolledBack()]);
    expect(contents(out)).toEqual(contentsOf(old));
    expect(readdirSync(join(out, '.baserock2bst'))).toEqual([
      'generated.json',
      'manifest.json',
      'provenance.json',
    ]);
  });

  it.each([{}, { dryRun: true }])('is completed by the next one, which says so (%j)', async (options) => {
    await commit(next);
    const result = await writeProject(next, out, options);
    expect(told(result.diagnostics)).toEqual([completed()]);
    expect(result).toMatchObject({ recovery: 'completed', written: [], unchanged: [...next.keys()] });
    expect(contents(out)).toEqual(contentsOf(next));
  });

  it('overwrites nothing that the person did since', async () => {
    await commit(next);
    put(out, {
      a: 'edited since',
      'gone/c': 'edited since',
      'made/e': 'made since',
      'gone/new': 'made since',
    });
    const { recovery, diagnostics } = await recoverProject(out);
    expect(recovery).toBe('completed');
    expect(told(diagnostics)).toEqual([
      completed(),
      'kept-file: a is not as it was generated; kept as a.orig',
      'kept-file: made/e is not as it was generated; kept as made/e.orig',
      'kept-file: gone/c is no longer generated, but was changed by hand: it stays',
    ]);
    expect(contents(out)).toEqual({
      ...contentsOf(next),
      'a.orig': 'edited since',
      'made/e.orig': 'made since',
      'gone/c': 'edited since',
      'gone/new': 'made since',
    });
  });

  it('sets aside whatever the person put in the way since, and follows no link', async () => {
    await commit(next);
    put(folder, { 'elsewhere/e': 'not yours' });
    symlinkSync('../elsewhere', join(out, 'made'));
    unlinkSync(join(out, 'a'));
    put(out, { 'a/mine': 'mine' });
    unlinkSync(join(out, 'b'));
    symlinkSync('../elsewhere/e', join(out, 'b'));
    rmSync(join(out, 'gone'), { recursive: true });
    symlinkSync('../elsewhere', join(out, 'gone'));
    put(folder, { 'elsewhere/c': 'c old' });
    expect((await recoverProject(out)).recovery).toBe('completed');
    expect(snapshot(join(folder, 'elsewhere'))).toEqual({ e: 'not yours', c: 'c old' });
    expect(contents(out)).toEqual({
      ...contentsOf(next),
      'made.orig': '-> ../elsewhere',
      'a.orig/mine': 'mine',
      'b.orig': '-> ../elsewhere/e',
      gone: '-> ../elsewhere',
    });
  });

  it('is left as it is if its journal is damaged, and the person is told', async () => {
    await commit(next);
    const files = ['new/1', 'committed.json'];
    for (const file of files) {
      writeFileSync(join(out, '.baserock2bst/journal', file), 'damaged');
      const before = snapshot(out);
      const { recovery, diagnostics } = await recoverProject(out);
      expect(recovery).toBe('nothing');
      expect(diagnostics).toHaveLength(1);
      expect(diagnostics[0]).toMatchObject({ code: 'bad-output', severity: 'error' });
      expect(diagnostics[0]!.message).toContain('journal cannot be understood');
      expect((await writeProject(next, out, { force: true })).diagnostics).toEqual(diagnostics);
      expect((await writeProject(next, out, { dryRun: true })).diagnostics).toEqual(diagnostics);
      expect(snapshot(out)).toEqual(before);
    }
  });

  it.each(['../evil', '/evil', 'x/../../evil', '.git/hooks/evil', '.baserock2bst/lock'])(
    'is not believed if its journal names %s',
    async (path) => {
      await commit(next);
      const write = { path, after: '0' };
      const removal = { path, before: '0' };
      for (const change of [
        { version: 1, writes: [write], removals: [] },
        { version: 1, writes: [], removals: [removal] },
      ]) {
        put(out, { '.baserock2bst/journal/committed.json': JSON.stringify(change) });
        const before = snapshot(folder);
        expect((await recoverProject(out)).diagnostics.map(({ code }) => code)).toEqual(['bad-output']);
        expect(snapshot(folder)).toEqual(before);
      }
    },
  );

  it.each(['journal', 'journal/new', 'journal/old'])('is not looked for behind a link (%s)', async (path) => {
    await commit(next);
    put(folder, { 'elsewhere/0': 'not yours' });
    rmSync(join(out, '.baserock2bst', path), { recursive: true });
    symlinkSync(join(folder, 'elsewhere'), join(out, '.baserock2bst', path));
    const before = snapshot(folder);
    expect((await recoverProject(out)).diagnostics.map(({ code }) => code)).toEqual(['bad-output']);
    expect(snapshot(folder)).toEqual(before);
  });

  it('is not touched while it may be running', async () => {
    await commit(next);
    const unlock = lockProject(out);
    const before = snapshot(out);
    const { recovery, diagnostics } = await recoverProject(out);
    expect(recovery).toBe('nothing');
    expect(diagnostics[0]!.message).toContain('another run of baserock2bst');
    expect(snapshot(out)).toEqual(before);
    unlock(out);
    expect((await recoverProject(out)).recovery).toBe('completed');
  });
});

describe('what a run leaves beside a new project', () => {
  /** Makes a temporary folder as a run of a process has it. */
  function leftover(name: string, lock: boolean, files: Record<string, string> = {}): void {
    mkdirSync(join(folder, name));
    if (lock) lockProject(join(folder, name));
    put(join(folder, name), files);
  }
  const mark = `baserock2bst-${process.pid}-0123abcd`;

  it.each([
    ['with a lock', true, { 'elements/a': 'a' }],
    ['without anything', false, {}],
  ])('is removed: %s', async (_, lock, files) => {
    leftover(`.out.${mark}`, lock, files);
    expect(await recoverProject(out)).toEqual({ recovery: 'nothing', diagnostics: [] });
    expect(readdirSync(folder)).toHaveLength(1);
    forgetProcess(folder);
    const { recovery, diagnostics } = await recoverProject(out);
    expect(recovery).toBe('rolled back');
    expect(told(diagnostics)).toEqual([
      `recovered: ${out} was not completed by an earlier run; what it left is removed`,
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is removed by the next run', async () => {
    leftover(`.out.${mark}`, true, { 'elements/a': 'a' });
    forgetProcess(folder);
    expect(told((await writeProject(next, out)).diagnostics)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('is removed only if it is certainly that', async () => {
    leftover(`.other.${mark}`, true, { a: 'of another project' });
    leftover('.out.baserock2bst-4194305-0123abce', false, { a: 'no lock' });
    leftover('.out.baserock2bst-mine', true, { a: 'another name' });
    put(folder, { '.out.baserock2bst-4194305-0123abcf': 'a file', 'elsewhere/a': 'a' });
    lockProject(join(folder, 'elsewhere'));
    symlinkSync('elsewhere', join(folder, '.out.baserock2bst-4194305-0123abc0'));
    forgetProcess(folder);
    const before = snapshot(folder);
    expect((await recoverProject(out)).recovery).toBe('nothing');
    expect((await writeProject(next, out)).written).toHaveLength(3);
    rmSync(out, { recursive: true });
    expect(snapshot(folder)).toEqual(before);
  });
});

it('there is nothing to recover where nothing is', async () => {
  expect(await recoverProject(join(folder, 'no/where'))).toEqual({ recovery: 'nothing', diagnostics: [] });
  put(folder, { 'out/mine': 'mine', file: 'x' });
  expect(await recoverProject(out)).toEqual({ recovery: 'nothing', diagnostics: [] });
  expect(snapshot(out)).toEqual({ mine: 'mine' });
  expect((await recoverProject(join(folder, 'file'))).diagnostics.map(({ code }) => code)).toEqual([
    'bad-output',
  ]);
});
