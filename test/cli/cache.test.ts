import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachePlace, putEntry, takeEntry } from '../../src/cli/cache.js';
import { temporaryFolder } from '../project/write/support.js';

describe('the folder of the cache', () => {
  it('is the one that BASEROCK2BST_CACHE names, or one below the caches of the user', () => {
    expect(cachePlace('x', { BASEROCK2BST_CACHE: '/mine', XDG_CACHE_HOME: '/caches' })?.folder).toBe('/mine');
    expect(cachePlace('x', { XDG_CACHE_HOME: '/caches' })?.folder).toBe('/caches/baserock2bst/runs');
    expect(cachePlace('x', {})?.folder).toMatch(/\/\.cache\/baserock2bst\/runs$/);
    expect(cachePlace('x', { BASEROCK2BST_CACHE: '' })).toBeUndefined();
    expect(cachePlace('x', { XDG_CACHE_HOME: 'here' })?.folder).toMatch(/^\/.*\/.cache\/baserock2bst\/runs$/);
    expect(cachePlace(undefined, { XDG_CACHE_HOME: '/caches' })).toBeUndefined();
  });
});

describe('what is put into it', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder(true);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const place = () => ({ folder, build: 'b' });
  const keyOf = (number: number) => String(number).padStart(64, '0');

  it('drives out the oldest of its own kind alone', () => {
    for (let number = 0; number < 12; number++) {
      putEntry(place(), keyOf(number), 'json', 'text');
      putEntry(place(), `${keyOf(number)}-v1.2`, 'program', Buffer.from('code'));
      const past = 1000 + number;
      utimesSync(join(folder, `${keyOf(number)}.json`), past, past);
      utimesSync(join(folder, `${keyOf(number)}-v1.2.program`), past, past);
    }
    const lastTen = Array.from({ length: 10 }, (_, index) => keyOf(index + 2));
    expect(readdirSync(folder).sort()).toEqual(
      lastTen.flatMap((key) => [`${key}-v1.2.program`, `${key}.json`]).sort(),
    );
  });

  it('is taken out again if this user alone can have written it', () => {
    const path = join(folder, `${keyOf(1)}.json`);
    const taken = () => takeEntry(place(), keyOf(1), 'json')?.toString();
    expect(taken()).toBeUndefined();
    putEntry(place(), keyOf(1), 'json', 'text');
    expect(taken()).toBe('text');
    chmodSync(path, 0o602);
    expect(taken()).toBeUndefined();
    putEntry(place(), keyOf(1), 'json', 'text');
    renameSync(path, join(folder, 'elsewhere'));
    symlinkSync('elsewhere', path);
    expect(taken()).toBeUndefined();
    rmSync(path);
    mkdirSync(path);
    expect(taken()).toBeUndefined();
    rmSync(path, { recursive: true });
    execFileSync('mkfifo', ['-m', '600', path]);
    expect(taken()).toBeUndefined();
    rmSync(path);
    putEntry(place(), keyOf(1), 'json', 'text');
    expect(taken()).toBe('text');
    if (process.getuid?.() !== 0) return;
    chownSync(path, 12345, 12345);
    expect(taken()).toBeUndefined();
  });

  it('drives out what was never finished, too', () => {
    for (let number = 10; number < 32; number++) {
      const path = join(folder, `${keyOf(1)}-v1.2-000000${number}.new`);
      writeFileSync(path, '');
      utimesSync(path, number, number);
    }
    putEntry(place(), keyOf(1), 'json', 'text');
    const names = readdirSync(folder).filter((name) => name.endsWith('.new'));
    expect(names.map((name) => name.slice(-6, -4))).toEqual(
      Array.from({ length: 10 }, (_, index) => String(index + 22)),
    );
  });

  it('leaves nothing behind where it cannot get its name', () => {
    mkdirSync(join(folder, `${keyOf(1)}.json`));
    writeFileSync(join(folder, `${keyOf(1)}.json`, 'mine'), '');
    putEntry(place(), keyOf(1), 'json', 'text');
    expect(readdirSync(folder)).toEqual([`${keyOf(1)}.json`]);
  });
});
