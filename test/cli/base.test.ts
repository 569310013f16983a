import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { put, temporaryFolder } from '../project/write/support.js';
import { runCommand } from '../support/command.js';

const definitions = new URL('../../samples/definitions', import.meta.url).pathname;
let folder: string;
let project: string;
beforeEach(() => {
  folder = temporaryFolder(true);
  project = join(folder, 'project');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const convert = (...args: string[]) => runCommand('convert', definitions, project, ...args);
const read = (path: string) => readFileSync(join(project, path), 'utf8');

describe('--base with a folder', () => {
  test('puts its files into the project, as they are', async () => {
    const own = join(folder, 'own');
    put(own, {
      'elements/base.bst': 'kind: stack # ours\n',
      'files/.hidden': 'x\n',
      'files/run': '#!/bin/sh\n',
      '.git/HEAD': 'ref\n',
    });
    chmodSync(join(own, 'files/run'), 0o755);
    const { code, stderr } = await convert('--base', own);
    expect({ code, errors: /\berror\b/.exec(stderr) }).toEqual({ code: 0, errors: null });
    expect(read('elements/base.bst')).toBe('kind: stack # ours\n');
    expect(read('files/.hidden')).toBe('x\n');
    expect(statSync(join(project, 'files/run')).mode & 0o111).not.toBe(0);
    expect(existsSync(join(project, '.git'))).toBe(false);
  });

  test.each<[string, Record<string, string>, string, string]>([
    ['without base.bst', { 'elements/other.bst': 'kind: stack\n' }, 'has no elements/base.bst', 'add it'],
    ['that is none', {}, 'is no base', 'use sysroot, bootstrap, none, or a folder'],
  ])('%s is refused', async (_, files, message, hint) => {
    const own = join(folder, 'own');
    put(own, files);
    const { code, stderr } = await convert('--base', own);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(existsSync(project)).toBe(false);
  });

  test('with a file that is not text is refused', async () => {
    const own = join(folder, 'own');
    put(own, { 'elements/base.bst': 'kind: stack\n' });
    writeFileSync(join(own, 'picture'), Buffer.from([0xff, 0xfe, 0x00]));
    const { code, stderr } = await convert('--base', own);
    expect(code).toBe(2);
    expect(stderr).toContain('picture is not text');
  });
});

describe('--sysroot', () => {
  test.each<[string[], string[]]>([
    [
      ['--sysroot', 'tar=https://example.com/root.tar', '--sysroot-ref', 'a'.repeat(64)],
      ['kind: tar', 'a'.repeat(64)],
    ],
    [
      ['--sysroot', 'local=files/root'],
      ['kind: local', 'path: files/root'],
    ],
    [
      ['--buildstream', '1', '--sysroot', 'ostree=https://example.com/repo', '--sysroot-track', 'main'],
      ['kind: ostree', 'track: main'],
    ],
  ])('%j is the source of the sysroot', async (args, wanted) => {
    const { code } = await convert(...args);
    expect(code).toBe(0);
    const text = read('include/sysroot.yml');
    for (const each of wanted) expect(text).toContain(each);
  });

  test.each<[string[], string, string]>([
    [['--sysroot', 'floppy=a'], '`floppy=a` is no place of a sysroot', 'use tar=URL, local=FOLDER'],
    [['--sysroot', 'tar='], '`tar=` is no place of a sysroot', 'use tar=URL'],
    [
      ['--buildstream', '1', '--sysroot', 'docker=debian'],
      'BuildStream 1 has no docker source of its own',
      'declare the plugin by hand',
    ],
    [
      ['--sysroot', 'ostree=x'],
      'BuildStream 2 has no ostree source of its own',
      'declare the plugin by hand',
    ],
    [
      ['--buildstream', '1', '--remote-execution', 'https://example.com'],
      'BuildStream 1.6 has no remote execution',
      'share artifacts with --artifact-cache',
    ],
    [['--alias', 'upstream'], 'It is not of the form name=url', ''],
    [['--ref', '=a'], 'It is not of the form chunk=commit', ''],
    [['--system', 'none.morph'], 'none.morph', ''],
  ])('%j is refused', async (args, message, hint) => {
    const { code, stderr } = await convert(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(existsSync(project)).toBe(false);
  });

  test.each(['Bad', 'a b!', '-x', 'x/y'])('is not given %s, which is no package', async (name) => {
    const { code, stderr } = await convert('--base-extra', name);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be the name of a Debian package');
  });

  test('is given more packages', async () => {
    expect((await convert('--base-extra', 'libfoo-dev, bison', '--base-extra', 'flex')).code).toBe(0);
    const [heading, ...packages] = read('base/extra-packages').trimEnd().split('\n');
    expect(heading).toMatch(/^# /);
    expect(packages).toEqual(['libfoo-dev', 'bison', 'flex']);
  });
});
