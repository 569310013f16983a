import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDefinitions } from '../../src/index.js';
import { briefly } from '../support/definitions.js';

let folder: string;
let root: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'baserock2bst-load-')));
  root = join(folder, 'definitions');
  put({ 'strata/core.morph': 'name: core\nkind: stratum\nchunks: []\n' });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(files: Readonly<Record<string, string | Buffer>>, base = root): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), content);
  }
}

async function load() {
  const { strata, files, diagnostics } = await loadDefinitions(root);
  return { strata: strata.map(({ path }) => path), files: [...files.keys()], told: briefly(diagnostics) };
}

const system = (morph: string) => `kind: system\narch: x86_64\nstrata:\n- morph: ${morph}\n`;

describe('links', () => {
  test('to files inside the tree are read, as ybd reads them', async () => {
    symlinkSync('core.morph', join(root, 'strata/alias.morph'));
    expect(await load()).toEqual({
      strata: ['strata/alias', 'strata/core'],
      files: ['strata/alias.morph', 'strata/core.morph'],
      told: [],
    });
  });

  test('that leave the tree are reported and not followed, whatever refers to them', async () => {
    put({ 'secret.morph': 'kind: stratum\n', 'more/a.morph': 'kind: stratum\n' }, folder);
    symlinkSync('../../secret.morph', join(root, 'strata/out.morph'));
    symlinkSync(join(folder, 'more'), join(root, 'more'));
    put({ 'systems/s.morph': system('strata/out.morph') });
    const { strata, told } = await load();
    expect(strata).toEqual(['strata/core']);
    expect(told).toEqual([
      'outside-tree strata/out.morph:1:1 strata/out.morph is a link that leads out of the definitions',
    ]);
  });

  test('that lead nowhere, to themselves or to a folder are reported', async () => {
    symlinkSync('gone', join(root, 'strata/a.morph'));
    symlinkSync('c.morph', join(root, 'strata/b.morph'));
    symlinkSync('b.morph', join(root, 'strata/c.morph'));
    symlinkSync('.', join(root, 'strata/d.morph'));
    symlinkSync('..', join(root, 'strata/loop'));
    const { strata, told } = await load();
    expect(strata).toEqual(['strata/core']);
    expect(told).toEqual([
      'unreadable-file strata/a.morph:1:1 strata/a.morph cannot be read: it is a link that leads nowhere, or has vanished',
      'unreadable-file strata/b.morph:1:1 strata/b.morph cannot be read: it is a link that leads to itself',
      'unreadable-file strata/c.morph:1:1 strata/c.morph cannot be read: it is a link that leads to itself',
      'unreadable-file strata/d.morph:1:1 strata/d.morph cannot be read: it is not a file',
    ]);
  });

  test('to the definitions themselves are followed', async () => {
    symlinkSync('definitions', join(folder, 'link'));
    const { strata, diagnostics } = await loadDefinitions(join(folder, 'link'));
    expect(strata).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });
});

describe('folders and files that are not what they seem', () => {
  test('a folder may be called x.morph, and have definitions in it', async () => {
    put({
      'strata/x.morph/y.morph': 'name: y\nkind: stratum\n',
      'systems/s.morph': system('strata/x.morph'),
    });
    const { strata, told } = await load();
    expect(strata).toEqual(['strata/core', 'strata/x.morph/y']);
    expect(told).toEqual(['missing-definition systems/s.morph:4:10 there is no stratum file strata/x.morph']);
  });

  test('git’s own folder is passed over', async () => {
    put({ '.git/x.morph': '[', 'sub/.git/x.morph': '[' });
    expect((await load()).told).toEqual([]);
  });

  test('text that is not UTF-8 is named, and a reference to it not reported again', async () => {
    put({
      'strata/latin.morph': Buffer.from('kind: stratum\ndescription: caf\xe9\n', 'latin1'),
      'strata/utf16.morph': Buffer.from('\ufeffkind: stratum\n', 'utf16le'),
      'systems/s.morph': system('strata/latin.morph'),
    });
    expect((await load()).told).toEqual([
      'unreadable-file strata/latin.morph:1:1 strata/latin.morph cannot be read: it is not UTF-8 text',
      'unreadable-file strata/utf16.morph:1:1 strata/utf16.morph cannot be read: it is not UTF-8 text',
    ]);
  });

  test('a byte order mark does no harm', async () => {
    put({ 'strata/core.morph': '\ufeffname: core\nkind: stratum\nchunks: 3\n' });
    expect((await load()).told).toEqual([
      'wrong-type strata/core.morph:3:9 `chunks` must be a list, not a number',
    ]);
  });

  test('files and folders without permission are reported', async () => {
    put({ 'strata/a.morph': 'kind: stratum\n', 'hidden/b.morph': 'kind: stratum\n' });
    chmodSync(folder, 0o755);
    chmodSync(join(root, 'strata/a.morph'), 0);
    chmodSync(join(root, 'hidden'), 0);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      const { strata, told } = await load();
      expect(strata).toEqual(['strata/core']);
      expect(told).toEqual([
        'unreadable-file hidden:1:1 hidden cannot be read: permission is denied',
        'unreadable-file strata/a.morph:1:1 strata/a.morph cannot be read: permission is denied',
      ]);
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(join(root, 'hidden'), 0o755);
    }
  });
});

describe('what is given as definitions', () => {
  test.each([
    ['gone', 'there is no folder DIR/gone', 'name the root folder'],
    [
      'definitions/strata/core.morph/x',
      'DIR/definitions/strata/core.morph/x cannot be read: something on the way to it is not a folder',
      'name the root folder',
    ],
    [
      'definitions/strata/core.morph',
      'DIR/definitions/strata/core.morph is one definition, not the folder that holds all of them',
      'with --system',
    ],
  ])('%s: no folder of definitions', async (path, message, hint) => {
    const { diagnostics } = await loadDefinitions(join(folder, path));
    expect(briefly(diagnostics)).toEqual([`no-definitions ${message.replaceAll('DIR', folder)}`]);
    expect(diagnostics[0]!.hint).toContain(hint);
  });

  test.each([
    'https://example.org/definitions.git',
    'git://example.org/definitions',
    'git@example.org:baserock/definitions.git',
  ])('%s: a repository, which has to be cloned first', async (repository) => {
    const { diagnostics } = await loadDefinitions(repository);
    expect(briefly(diagnostics)).toEqual([`no-definitions ${repository} is a repository, not a folder`]);
    expect(diagnostics[0]!.hint).toBe(
      `clone it (\`git clone ${repository}\`), and name the folder of the clone`,
    );
  });

  test('a folder of the definitions: the hint names the one above', async () => {
    put({ 'strata/core/bash.morph': 'name: bash\nkind: chunk\nbuild-system: manual\n' });
    put({
      'strata/core.morph':
        'name: core\nkind: stratum\nchunks:\n- name: bash\n  morph: strata/core/bash.morph\n  repo: a:b\n  ref: 1\n',
    });
    const { diagnostics } = await loadDefinitions(join(root, 'strata'));
    expect(diagnostics[0]).toMatchObject({
      code: 'missing-chunk-file',
      hint: 'there is core/bash.morph: name the folder above if that is the root of the definitions',
    });
  });

  test('a folder without definitions', async () => {
    mkdirSync(join(folder, 'empty'));
    const { diagnostics } = await loadDefinitions(join(folder, 'empty'));
    expect(briefly(diagnostics)).toEqual(['no-definitions there are no definitions (`.morph` files) here']);
  });

  test('the root of a repository that has them in a folder: the hint names the folder', async () => {
    put({ 'systems/s.morph': system('strata/core.morph'), VERSION: 'version: 8\n' });
    const repository = join(folder, 'repository');
    cpSync(root, join(repository, 'baserock/definitions'), { recursive: true });
    const below = await loadDefinitions(join(repository, 'baserock/definitions'));
    expect(below.diagnostics).toEqual([]);
    expect(below.systems[0]?.strata).toHaveLength(1);
    const { diagnostics } = await loadDefinitions(repository);
    expect(briefly(diagnostics)).toEqual([
      'missing-definition baserock/definitions/systems/s.morph:4:10 there is no stratum file strata/core.morph',
    ]);
    expect(diagnostics[0]?.hint).toBe(
      'there is one in baserock/definitions: name that folder if it is the root of the definitions',
    );
  });
});
