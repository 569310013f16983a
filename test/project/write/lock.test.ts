import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockProject, lockState } from '../../../src/project/write/lock.js';
import { writeProject } from '../../../src/project/write/write-project.js';
import {
  compileWriter,
  contents,
  contentsOf,
  forgetProcess,
  project,
  put,
  temporaryFolder,
  told,
} from './support.js';

let folder: string;
let out: string;
beforeEach(() => {
  folder = temporaryFolder(true);
  out = join(folder, 'out');
  mkdirSync(out);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = project({ a: 'a' });
const lock = () => join(out, '.baserock2bst/lock');

describe('a lock', () => {
  it('keeps others out until it is given back, and leaves nothing', () => {
    const unlock = lockProject(out);
    expect(lockState(out)).toBe('held');
    expect(() => lockProject(out)).toThrow(`process ${process.pid} on ${hostname()}`);
    unlock(out);
    expect(lockState(out)).toBe('none');
    expect(readdirSync(out)).toEqual([]);
    lockProject(out)(out);
  });

  it('of a process that is gone is taken over', () => {
    lockProject(out);
    forgetProcess(folder);
    expect(lockState(out)).toBe('stale');
    lockProject(out)(out);
    expect(readdirSync(out)).toEqual([]);
  });

  it('of a process whose number another one has now is taken over', () => {
    lockProject(out);
    const [tool, pid, start, ...rest] = readlinkSync(lock()).split(':');
    expect(Number(start)).toBeGreaterThan(0);
    for (const other of [
      [tool, pid, '1', ...rest],
      [tool, pid, start, 'another-boot', ...rest.slice(1)],
    ]) {
      unlinkSync(lock());
      symlinkSync(other.join(':'), lock());
      expect(lockState(out)).toBe('stale');
      lockProject(out);
    }
  });

  it('of another machine, or of something else, is respected', async () => {
    lockProject(out);
    const elsewhere = readlinkSync(lock()).replace(/:\d+:/, ':4194305:').replace(hostname(), 'elsewhere');
    for (const target of [elsewhere, 'something']) {
      unlinkSync(lock());
      symlinkSync(target, lock());
      const { diagnostics } = await writeProject(files, out);
      expect(diagnostics).toHaveLength(1);
      expect(diagnostics[0]!.message).toContain('another run of baserock2bst');
      expect(diagnostics[0]!.hint).toContain(`remove ${lock()}`);
      expect(contents(out)).toEqual({});
    }
    unlinkSync(lock());
    writeFileSync(lock(), 'a file');
    expect((await writeProject(files, out)).diagnostics).toHaveLength(1);
    expect(contents(out)).toEqual({});
  });

  it('is taken over even if a process was killed while taking it over', async () => {
    lockProject(out);
    symlinkSync(readlinkSync(lock()), `${lock()}.taking`);
    forgetProcess(folder);
    expect(told((await writeProject(files, out)).diagnostics)).toEqual([]);
    expect(readdirSync(join(out, '.baserock2bst'))).toEqual([
      'generated.json',
      'manifest.json',
      'provenance.json',
    ]);
  });

  it('is given back after a refusal and after a failure', async () => {
    put(out, { a: 'mine', '.baserock2bst/manifest.json': 'odd' });
    expect((await writeProject(files, out)).diagnostics).toHaveLength(1);
    expect(lockState(out)).toBe('none');
    const bad = project({ [`${'x'.repeat(300)}`]: '' });
    expect((await writeProject(bad, out, { force: true })).diagnostics).toHaveLength(1);
    expect(lockState(out)).toBe('none');
  });
});

it('of two runs at the same time in one process one is refused', async () => {
  const many = project(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, 'x'])));
  const results = await Promise.all([writeProject(many, out), writeProject(many, out)]);
  expect(results.map(({ diagnostics }) => diagnostics.length).sort()).toEqual([0, 1]);
  expect(contents(out)).toEqual(contentsOf(many));
});

it('of many processes that race for a stale lock one at a time has it', async () => {
  const compiled = compileWriter();
  const script = join(compiled, 'race.js');
  // Each process takes the lock again and again, and counts under it; a second holder would lose a count.
  writeFileSync(
    script,
    `import { lockProject } from './project/write/lock.js';
import { readFileSync, readlinkSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
const [out, counter] = process.argv.slice(2);
const lock = out + '/.baserock2bst/lock';
process.on('message', () => {
  let taken = 0;
  for (const end = Date.now() + 1500; Date.now() < end; ) {
    let unlock;
    try { unlock = lockProject(out); } catch { continue; }
    const count = Number(readFileSync(counter, 'utf8'));
    for (let i = 0; i < 20; i++) readlinkSync(lock);
    writeFileSync(counter, String(count + 1));
    taken++;
    // Every other time the lock is left as a process leaves it that is killed.
    if (taken % 2) unlock(out);
    else {
      const stale = readlinkSync(lock).replace(/:\\d+:/, ':4194305:');
      symlinkSync(stale, lock + '.' + process.pid);
      unlinkSync(lock);
      unlinkSync(lock + '.' + process.pid);
      try { symlinkSync(stale, lock); } catch {}
    }
  }
  process.send(taken);
  process.disconnect();
});
process.send('ready');
`,
  );
  const counter = join(folder, 'counter');
  writeFileSync(counter, '0');
  const children = Array.from({ length: 4 }, () => fork(script, [out, counter]));
  await Promise.all(children.map((child) => once(child, 'message')));
  const counts = children.map((child) => once(child, 'message'));
  for (const child of children) child.send('go');
  const taken = (await Promise.all(counts)).map(([count]) => Number(count));
  rmSync(compiled, { recursive: true });
  const total = taken.reduce((sum, count) => sum + count, 0);
  console.log(`the lock was taken ${total} times by 4 processes: ${taken.join(', ')}`);
  expect(Number(readFileSync(counter, 'utf8'))).toBe(total);
  expect(Math.min(...taken)).toBeGreaterThan(0);
});
