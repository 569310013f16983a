import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolder } from '../../src/cli/make-folder.js';
import { temporaryFolder } from '../project/write/support.js';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder(true);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder', () => {
  test('is made with those above it, once', () => {
    const path = join(folder, 'a/b/c');
    makeFolder(path, 0o700);
    makeFolder(path, 0o700);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  test('cannot be made below a file', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeFolder(join(folder, 'file/a/b'))).toThrow('ENOTDIR');
  });

  // Node's own way to do it is an endless loop there, which no test would come back from: hence a program with a limit.
  test.skipIf(!existsSync('/proc/self'))('that cannot be made in /proc fails at once', () => {
    const bin = new URL('../../bin/baserock2bst.js', import.meta.url).pathname;
    const definitions = new URL('../../samples/definitions', import.meta.url).pathname;
    const { status, stderr } = spawnSync('node', [bin, 'audit', definitions, '--report', '/proc/a/b'], {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, HOME: '/proc', XDG_CACHE_HOME: '' },
    });
    expect(status).toBe(2);
    expect(stderr).toContain('the report cannot be written to /proc/a/b: ENOENT');
  });
});
