import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WriteResult } from '../../../src/project/write/write-project.js';
import { writeProject } from '../../../src/project/write/write-project.js';
import {
  canMount,
  compileWriter,
  contents,
  contentsOf,
  project,
  put,
  snapshot,
  temporaryFolder,
  told,
} from './support.js';

let folder: string;
let out: string;
const mounts: string[] = [];
beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, 'out');
});
afterEach(() => {
  for (const mount of mounts.splice(0).reverse()) execFileSync('umount', [mount]);
  rmSync(folder, { recursive: true, force: true });
});

/** Mounts a file system of its own in memory. */
function mount(place: string, options: string): void {
  mkdirSync(place, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', place]);
  mounts.push(place);
}

const many = (version: string, count = 12) =>
  project(
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`elements/s${index % 4}/c${index}.bst`, version]),
    ),
  );

const mountable = canMount();
const reason = mountable ? '' : ' (skipped: only root can mount a small disk)';

describe.skipIf(reason !== '')(`a disk of its own${reason}`, () => {
  it('that is full leaves nothing of a new project, and one message', async () => {
    const small = join(folder, 'small');
    mount(small, 'size=200k');
    const { diagnostics, written } = await writeProject(many('x'.repeat(5000), 100), join(small, 'a/b/out'));
    expect(told(diagnostics)).toEqual([
      `bad-output: ${join(small, 'a/b/out')} cannot be written: there is no space left on the disk`,
    ]);
    expect(written).toEqual([]);
    expect(readdirSync(small)).toEqual([]);
    expect(told((await writeProject(many('x'), join(small, 'a/b/out'))).diagnostics)).toEqual([]);
  });

  it.each([
    ['no space', 'size=400k', 'x'.repeat(4096), 90],
    ['no inode', 'size=4m,nr_inodes=90', '', 75],
  ])(
    'that has %s left at any moment leaves the old project, or has the new one',
    async (_, options, filler, most) => {
      const small = join(folder, 'small');
      const seen = { old: 0, new: 0 };
      mount(small, options);
      const place = join(small, 'out');
      const old = many('old');
      const next = new Map([...many('new', 16)].slice(2)).set('made/x', { content: 'x' });
      for (let fillers = most; fillers > most - 45; fillers--) {
        rmSync(place, { recursive: true, force: true });
        expect(told((await writeProject(old, place)).diagnostics)).toEqual([]);
        put(place, { notes: 'mine' });
        const before = snapshot(small);
        for (let number = 0; number < fillers; number++) {
          try {
            writeFileSync(join(small, `filler${number}`), filler);
          } catch {
            break;
          }
        }
        const { diagnostics } = await writeProject(next, place);
        for (const name of readdirSync(small)) if (name !== 'out') unlinkSync(join(small, name));
        if (diagnostics.length > 0) {
          seen.old++;
          expect(told(diagnostics)).toEqual([
            `bad-output: ${place} cannot be written: there is no space left on the disk`,
          ]);
          expect(snapshot(small)).toEqual(before);
        } else {
          seen.new++;
          expect(contents(place)).toEqual({ ...contentsOf(next), notes: 'mine' });
        }
      }
      console.log(`${options}: ${seen.old} times full, ${seen.new} times not`);
      expect(Math.min(seen.old, seen.new)).toBeGreaterThan(5);
    },
  );

  it('that is read-only gives one message', async () => {
    mount(out, 'size=400k');
    await writeProject(many('old'), out);
    execFileSync('mount', ['-o', 'remount,ro', out]);
    const before = snapshot(out);
    for (const place of [out, join(out, 'new/project')]) {
      const { diagnostics } = await writeProject(many('new'), place);
      expect(told(diagnostics)).toEqual([
        `bad-output: ${place} cannot be written: the file system is read-only`,
      ]);
    }
    expect(snapshot(out)).toEqual(before);
    const { diagnostics, unchanged } = await writeProject(many('old'), out, { dryRun: true });
    expect(diagnostics).toEqual([]);
    expect(unchanged).toHaveLength(12);
  });

  it('may be a folder of the project, which is refused and put back as it was', async () => {
    await writeProject(many('old'), out);
    mount(join(out, 'elements/s2'), 'size=400k');
    const before = snapshot(out);
    const { diagnostics } = await writeProject(many('new'), out, { onConflict: 'theirs' });
    expect(told(diagnostics)).toEqual([
      `bad-output: ${out} cannot be written: a folder in it is on another file system`,
    ]);
    expect(snapshot(out)).toEqual(before);
  });
});

describe('without permission', () => {
  let compiled: string;
  beforeAll(() => {
    compiled = compileWriter();
    put(compiled, {
      'run.js': `import { writeProject } from './project/write/write-project.js';
const [files, directory] = JSON.parse(process.argv[2]);
process.stdout.write(JSON.stringify(await writeProject(new Map(files), directory)));`,
    });
  });
  afterAll(() => rmSync(compiled, { recursive: true }));
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

  /** Writes as someone who is not root. */
  function writeAsNobody(files: ReturnType<typeof project>, directory: string): WriteResult {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(compiled, 'run.js'), JSON.stringify([[...files], directory])],
      { encoding: 'utf8', cwd: '/', ...nobody },
    );
    expect(stderr).toBe('');
    return JSON.parse(stdout) as WriteResult;
  }
  const own = (path: string) => {
    if (nobody.uid !== undefined) chownSync(path, nobody.uid, nobody.gid);
  };
  beforeEach(() => {
    own(folder);
    chmodSync(folder, 0o755);
  });
  const denied = () => `bad-output: ${out} cannot be written: permission is denied`;

  it('to write beside it, a new project is refused', () => {
    chmodSync(folder, 0o555);
    expect(told(writeAsNobody(many('x'), out).diagnostics)).toEqual([denied()]);
    chmodSync(folder, 0o755);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('to write in it, to change a folder of it, or to read a file of it, an existing one stays as it is', () => {
    expect(told(writeAsNobody(many('old'), out).diagnostics)).toEqual([]);
    const before = snapshot(out);
    for (const [path, mode] of [
      ['.', 0o555],
      ['elements/s3', 0o555],
      ['elements/s3/c3.bst', 0],
      ['elements/s3', 0],
      ['.baserock2bst', 0o555],
      ['.baserock2bst/manifest.json', 0],
    ] as const) {
      chmodSync(join(out, path), mode);
      const { diagnostics } = writeAsNobody(many('new'), out);
      chmodSync(join(out, path), 0o755);
      if (path === '.') expect(diagnostics).toEqual([]);
      else expect([path, ...told(diagnostics)]).toEqual([path, denied()]);
      if (path === '.') writeAsNobody(many('old'), out);
      if (path.endsWith('.bst') || path.endsWith('.json')) chmodSync(join(out, path), 0o644);
      expect(snapshot(out)).toEqual(before);
    }
  });
});

describe('a folder that vanishes while it is written', () => {
  it.each(['new', 'existing'])('gives one message (%s)', async (kind) => {
    if (kind === 'existing') await writeProject(many('old', 600), out);
    const writing = writeProject(many('new', 600), out);
    await setImmediate();
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
    const { diagnostics } = await writing;
    expect(told(diagnostics)).toEqual([
      `bad-output: ${out} cannot be written: it vanished while the project was being written`,
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('or appears is not written over', async () => {
    const writing = writeProject(many('new', 600), out);
    await setImmediate();
    put(out, { notes: 'mine' });
    expect(told((await writing).diagnostics)).toEqual([
      `bad-output: ${out} cannot be written: it appeared while the project was being written`,
    ]);
    expect(snapshot(folder)).toEqual({ 'out/notes': 'mine' });
  });
});
