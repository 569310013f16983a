import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { ownFiles } from '../../../src/project/write/paths.js';
import { recoverProject } from '../../../src/project/write/recover.js';
import { type WriteOptions, writeProject } from '../../../src/project/write/write-project.js';
import { tries } from '../../support/effort.js';
import { Crash, type Faults, makeFaulty } from './faulty-fs.js';
import {
  contents,
  contentsOf,
  type Files,
  forgetProcess,
  project,
  put,
  snapshot,
  temporaryFolder,
} from './support.js';

const faults: Faults = { count: 0, mode: 'none', at: 0 };
let restore: () => void;
let folder: string;
beforeAll(() => {
  folder = temporaryFolder(true);
  restore = makeFaulty(faults);
});
afterAll(() => {
  restore();
  rmSync(folder, { recursive: true, force: true });
});

const old = project({
  'project.conf': 'name: old\n',
  'elements/same.bst': 'kind: stack\n',
  'elements/gone/a.bst': 'kind: manual\n',
  'elements/gone/deep/b.bst': 'kind: manual\n',
  'elements/flip/x/y': 'a folder that becomes a file',
  flop: 'a file that becomes a folder',
  'files/run': '#!/bin/sh\n',
});
const next = project({
  'project.conf': 'name: new\n',
  'elements/same.bst': 'kind: stack\n',
  'elements/flip': 'a file now',
  'elements/made/deep/c.bst': 'kind: import\n',
  'flop/z': 'in a folder now',
  'mine.bst': 'generated\n',
  'mine/too.bst': 'generated\n',
});
next.set('files/run', { content: '#!/bin/sh\n' });

interface Story {
  readonly name: string;
  readonly setUp: (out: string) => Promise<void>;
  readonly files: Files;
  readonly options: WriteOptions;
  /** What is there before and after, without what belongs to the writer. */
  readonly before: Record<string, string> | undefined;
  readonly after: Record<string, string>;
}

const own = { '.git/HEAD': 'ref', 'elements/gone/notes': 'mine', 'mine.bst': 'by hand', mine: 'by hand too' };
/** One file that the definitions change too, one that they leave, and one that they have no more. */
const edited = {
  'project.conf': 'name: by hand\n',
  'elements/same.bst': 'kind: by hand\n',
  'elements/gone/a.bst': 'kind: by hand\n',
};
const gone = { 'elements/gone/notes': own['elements/gone/notes'], '.git/HEAD': 'ref', link: '-> nowhere' };
const stories: Story[] = [
  {
    name: 'a new project',
    setUp: async () => {},
    files: next,
    options: { force: true },
    before: undefined,
    after: contentsOf(next),
  },
  {
    name: 'an empty folder',
    setUp: async (out) => void mkdirSync(out),
    files: next,
    options: { force: true },
    before: {},
    after: contentsOf(next),
  },
  {
    name: 'an existing project with files of the person in it and in the way',
    setUp: async (out) => {
      await writeProject(old, out);
      put(out, own);
      symlinkSync('nowhere', join(out, 'link'));
    },
    files: next,
    options: { force: true },
    before: { ...contentsOf(old), ...own, ...gone },
    after: { ...contentsOf(next), ...gone, 'mine.bst.orig': 'by hand', 'mine.orig': 'by hand too' },
  },
  {
    name: 'an existing project with files that a person changed, which are merged',
    setUp: async (out) => {
      await writeProject(old, out);
      put(out, edited);
    },
    files: next,
    options: { onConflict: 'theirs' },
    before: { ...contentsOf(old), ...edited },
    after: {
      ...contentsOf(next),
      ...edited,
      'project.conf': 'name: new\n',
      'project.conf.orig': edited['project.conf'],
    },
  },
];

/** Makes a fresh copy of what a story starts from. */
async function start(story: Story): Promise<string> {
  const pristine = join(folder, 'pristine', story.name);
  const out = join(folder, 'work', 'out');
  faults.mode = 'none';
  rmSync(join(folder, 'work'), { recursive: true, force: true });
  mkdirSync(join(folder, 'work'));
  if (story.before === undefined) return out;
  if (
    !readdirSync(folder).includes('pristine') ||
    !readdirSync(join(folder, 'pristine')).includes(story.name)
  ) {
    mkdirSync(join(folder, 'pristine'), { recursive: true });
    await story.setUp(pristine);
  }
  cpSync(pristine, out, { recursive: true, verbatimSymlinks: true });
  return out;
}

/** Runs with faults; false if it was killed. */
async function run(mode: Faults['mode'], at: number, act: () => Promise<unknown>): Promise<boolean> {
  Object.assign(faults, { mode, at, count: 0 });
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof Crash) return false;
    throw error;
  } finally {
    faults.mode = 'none';
  }
}

/** What is there, which must be the old or the new project and nothing else. */
function stateOf(story: Story, out: string, emptyFolders = true): 'old' | 'new' {
  expect(readdirSync(join(folder, 'work')).filter((name) => name !== 'out')).toEqual([]);
  const exists = readdirSync(join(folder, 'work')).length > 0;
  const found = exists ? contents(out) : undefined;
  const ofWriter = exists
    ? Object.keys(snapshot(out)).filter(
        (path) => path.startsWith('.baserock2bst/') && !ownFiles.includes(path),
      )
    : [];
  expect(ofWriter).toEqual([]);
  if (!emptyFolders && found) {
    for (const [path, kind] of Object.entries(found)) if (kind === 'empty folder') delete found[path];
  }
  const isNew = found !== undefined && 'project.conf' in found && found['project.conf'] === 'name: new\n';
  expect(found).toEqual(isNew ? story.after : story.before);
  return isNew ? 'new' : 'old';
}

describe.each(stories)('writing over $name', (story) => {
  it('and killed at any change of the disk leaves the old or the new project', async () => {
    const seen = { old: 0, new: 0 };
    for (let at = 1; ; at++) {
      const out = await start(story);
      if (await run('crash', at, () => writeProject(story.files, out, story.options))) {
        forgetProcess(join(folder, 'work'));
        await recoverProject(out);
        seen[stateOf(story, out)]++;
        break;
      }
      forgetProcess(join(folder, 'work'));
      const { recovery, diagnostics } = await recoverProject(out);
      expect(hasErrors(diagnostics)).toBe(false);
      const state = stateOf(story, out);
      seen[state]++;
      if (recovery !== 'nothing') expect(recovery).toBe(state === 'new' ? 'completed' : 'rolled back');
      expect(diagnostics.some(({ code }) => code === 'recovered')).toBe(recovery !== 'nothing');
      expect(await recoverProject(out)).toEqual({ recovery: 'nothing', diagnostics: [] });
      expect(
        (await writeProject(story.files, out, story.options)).diagnostics.filter(
          (d) => d.severity === 'error',
        ),
      ).toEqual([]);
      expect(stateOf(story, out)).toBe('new');
    }
    console.log(
      `writing over ${story.name}: killed at ${seen.old + seen.new - 1} changes, or not at all: ${seen.old} old, ${seen.new} new`,
    );
    expect(Math.min(seen.old, seen.new)).toBeGreaterThan(0);
  });

  it('and killed at any change is completed by the next run as well', async () => {
    for (let at = 1; ; at++) {
      const out = await start(story);
      if (await run('crash', at, () => writeProject(story.files, out, story.options))) break;
      forgetProcess(join(folder, 'work'));
      const { diagnostics } = await writeProject(story.files, out, story.options);
      expect(hasErrors(diagnostics)).toBe(false);
      expect(stateOf(story, out)).toBe('new');
    }
  });

  it.each(['once', 'full'] as const)(
    'and failing at any change (%s) leaves the old or the new project',
    async (mode) => {
      const seen = { old: 0, new: 0 };
      for (let at = 1; ; at++) {
        const out = await start(story);
        let errors: string[] = [];
        await run(mode, at, async () => {
          const { diagnostics } = await writeProject(story.files, out, story.options);
          errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
        });
        if (faults.count < at) break;
        if (mode === 'full' && errors.length === 0) {
          // Changes that need no space are done all the same.
          expect(stateOf(story, out)).toBe('new');
          continue;
        }
        // A failure while tidying up is left to the next run.
        forgetProcess(join(folder, 'work'));
        const { recovery } = await recoverProject(out);
        // An empty folder that cannot be removed stays, and does no harm.
        const state = stateOf(story, out, mode === 'full');
        seen[state]++;
        expect(errors.length).toBeLessThanOrEqual(1);
        if (errors[0]?.includes('no space')) expect(state).toBe('old');
        if (errors.length === 0) expect(state).toBe('new');
        else if (story.before !== undefined) expect(state).toBe('old');
        if (mode === 'full') expect(recovery).toBe('nothing');
      }
      expect(seen.old).toBeGreaterThan(0);
    },
  );
});

it('a disk that fails for good in the midst of it leaves what the next run brings to the old or the new project', async () => {
  const story = stories[2]!;
  const seen = { failed: 0, unfinished: 0, done: 0 };
  for (let at = 1; ; at++) {
    const out = await start(story);
    let errors: string[] = [];
    await run('broken', at, async () => {
      const { diagnostics } = await writeProject(story.files, out, story.options);
      errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    });
    if (faults.count < at) break;
    forgetProcess(join(folder, 'work'));
    await recoverProject(out);
    const state = stateOf(story, out, false);
    const told =
      errors.length === 0 ? 'done' : errors[0]!.includes('left unfinished') ? 'unfinished' : 'failed';
    seen[told]++;
    if (told !== 'unfinished') expect(state).toBe(told === 'done' ? 'new' : 'old');
    expect(errors.length).toBeLessThanOrEqual(1);
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});

it('a recovery that is killed at any change is completed by the next one', async () => {
  const story = stories[2]!;
  let recoveries = 0;
  for (let at = 1; ; at++) {
    const out = await start(story);
    if (await run('crash', at, () => writeProject(story.files, out, story.options))) break;
    forgetProcess(join(folder, 'work'));
    const killed = join(folder, 'killed');
    rmSync(killed, { recursive: true, force: true });
    cpSync(join(folder, 'work'), killed, { recursive: true, verbatimSymlinks: true });
    for (let again = 1; ; again += tries(10, 2)) {
      rmSync(join(folder, 'work'), { recursive: true });
      cpSync(killed, join(folder, 'work'), { recursive: true, verbatimSymlinks: true });
      if (await run('crash', again, () => recoverProject(out))) break;
      forgetProcess(join(folder, 'work'));
      expect(hasErrors((await recoverProject(out)).diagnostics)).toBe(false);
      stateOf(story, out);
      recoveries++;
    }
  }
  console.log(`killed ${recoveries} recoveries`);
  expect(recoveries).toBeGreaterThan(100);
});
