import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { canMount, snapshot, temporaryFolder } from '../project/write/support.js';

const samples = new URL('../../samples/definitions', import.meta.url).pathname;
let folder: string;
let definitions: string;
beforeEach(() => {
  folder = temporaryFolder();
  definitions = join(folder, 'definitions');
  cpSync(samples, definitions, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a conversion that is to fail; returns its errors, and checks that nothing has changed. */
async function failing(...args: string[]): Promise<string[]> {
  const before = snapshot(folder);
  let stderr = '';
  const io = {
    stdout: () => {},
    stderr: (text: string) => {
      stderr += text;
    },
    colour: false,
    machine: 'x64',
  };
  expect(await main(['convert', ...args], io)).toBe(2);
  expect(snapshot(folder)).toEqual(before);
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^nothing was written: 1 error(,|$)/);
  const errors = stderr.split('\n').filter((line) => /^ {2}(?:\d+:\d+ )?error /.test(line));
  return errors.map((line) => line.trim().replaceAll(folder, ''));
}

describe('one message, and nothing changed', () => {
  test('the definitions are gone', async () => {
    expect(await failing(join(folder, 'gone'), join(folder, 'out'))).toEqual([
      'error there is no folder /gone [no-definitions]',
    ]);
  });

  test('the definitions are a link to what is gone', async () => {
    symlinkSync('gone', join(folder, 'link'));
    expect(await failing(join(folder, 'link'), join(folder, 'out'))).toEqual([
      'error /link cannot be read: it is a link that leads nowhere, or has vanished [no-definitions]',
    ]);
  });

  test('the definitions are a file that holds none', async () => {
    writeFileSync(join(folder, 'file'), 'x');
    expect(await failing(join(folder, 'file'), join(folder, 'out'))).toEqual([
      'error /file is not a folder [no-definitions]',
    ]);
  });

  test('the definitions are a folder that holds none', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(await failing(join(folder, 'empty'), join(folder, 'out'))).toEqual([
      'error there are no definitions (`.morph` files) here [no-definitions]',
    ]);
  });

  test.each(['.', 'out', 'strata/out', 'strata'])('the target is in the definitions: %s', async (below) => {
    const target = join(definitions, below);
    expect(await failing(definitions, target, '--force')).toEqual([
      `error ${target.replace(folder, '')} is inside the definitions [bad-output]`,
    ]);
  });

  test('the target is in the definitions by way of a link', async () => {
    symlinkSync('definitions/strata', join(folder, 'link'));
    expect(await failing(definitions, join(folder, 'link/out'))).toEqual([
      'error /link/out is inside the definitions [bad-output]',
    ]);
  });

  test('the definitions are in the target', async () => {
    expect(await failing(definitions, folder)).toEqual([
      'error  is not empty, and no project of ours is in it [output-not-ours]',
    ]);
  });

  test('the target is a file, below a file, or a link to nowhere', async () => {
    writeFileSync(join(folder, 'file'), 'x');
    symlinkSync('gone', join(folder, 'link'));
    expect(await failing(definitions, join(folder, 'file'))).toEqual([
      'error /file is not a folder [bad-output]',
    ]);
    expect(await failing(definitions, join(folder, 'file/out'))).toEqual([
      'error /file/out cannot be written: something on the way to it is not a folder [bad-output]',
    ]);
    expect(await failing(definitions, join(folder, 'link'))).toEqual([
      'error /link is a link that leads nowhere [bad-output]',
    ]);
  });

  test('the target may not be written', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(folder, 0o755);
    chmodSync(closed, 0o555);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      for (const place of ['closed', 'closed/out']) {
        expect(await failing(definitions, join(folder, place))).toEqual([
          `error /${place} cannot be written: permission is denied [bad-output]`,
        ]);
      }
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test.skipIf(!canMount())('the target is read-only', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=100k', 'none', disk]);
    try {
      expect(await failing(definitions, join(disk, 'out'))).toEqual([
        'error /disk/out cannot be written: the file system is read-only [bad-output]',
      ]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test.skipIf(!canMount())('the disk is full', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40k', 'none', disk]);
    try {
      expect(await failing(definitions, join(disk, 'out'))).toEqual([
        'error /disk/out cannot be written: there is no space left on the disk [bad-output]',
      ]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
