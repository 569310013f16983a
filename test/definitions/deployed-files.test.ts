import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pythonText } from '../../src/definitions/python-text.js';
import { convert, loadDefinitions, readGivenVariables, renderProject } from '../../src/index.js';
import { tree } from '../transformer/deployment/support.js';

let folder: string;
const put = (path: string, content: string | Uint8Array) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-deployed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cluster = (variables: string) =>
  `- morph: systems/x.morph\n  deploy: {d: {type: extensions/tar, ${variables}}}\n`;

describe('files that deployments name', () => {
  test('are read with their bits and links, and nothing else is', async () => {
    const files = tree(cluster('INSTALL_FILES: in/manifest, SRC_CONFIG_DIR: config, A_FILE: data'), [
      'extensions/install-files',
      'extensions/add-config-files',
      'extensions/own',
    ]);
    for (const [path, text] of Object.entries(files)) put(path, text);
    put('in/manifest', '0100755 0 0 /blob\n0120777 0 0 /link\n');
    put('in/blob', new Uint8Array([0, 255, 1]));
    put('in/other', 'not listed');
    symlinkSync('/etc/target', join(folder, 'in/link'));
    put('config/a/b', 'b');
    symlinkSync('b', join(folder, 'config/a/c'));
    put('config/.git/x', '');
    put('extensions/own.configure', '#!/bin/sh\ncat "$A_FILE"\n');
    put('extensions/tar.check', '#!/bin/sh\n');
    put('data', 'data');
    chmodSync(join(folder, 'data'), 0o755);
    const definitions = await loadDefinitions(folder);
    expect([...definitions.tree]).toEqual([
      ['config', { kind: 'folder', entries: ['.git', 'a'] }],
      ['config/a', { kind: 'folder', entries: ['b', 'c'] }],
      ['config/a/b', { kind: 'file', content: Buffer.from('b'), executable: false }],
      ['config/a/c', { kind: 'link', target: 'b' }],
      ['data', { kind: 'file', content: Buffer.from('data'), executable: true }],
      ['extensions/own.configure', expect.objectContaining({ executable: false })],
      ['extensions/tar.check', expect.objectContaining({ kind: 'file' })],
      ['in/blob', { kind: 'file', content: Buffer.from([0, 255, 1]), executable: false }],
      ['in/link', { kind: 'link', target: '/etc/target' }],
      ['in/manifest', expect.objectContaining({ kind: 'file' })],
    ]);
    const rendered = renderProject(convert(definitions).project, 2);
    expect(rendered.get('files/install-files/in/files/blob')).toEqual({
      content: Buffer.from([0, 255, 1]),
      executable: true,
    });
    expect(rendered.get('files/install-files/in/manifest')?.content).toContain(
      '0120777 0 0 /link -> /etc/target',
    );
    expect(rendered.get('files/extensions/definitions/config/a/b')?.content).toBe('b');
    expect(rendered.get('files/extensions/definitions/data')).toEqual({ content: 'data', executable: true });
    const script = rendered.get('elements/clusters/c/d.bst')?.content;
    expect(script).toContain(`- mkdir -p "$(dirname "$system"/etc/a/c)" && ln -sfn b "$system"/etc/a/c`);
  });

  test('are not read from outside the tree', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'baserock2bst-outside-'));
    writeFileSync(join(outside, 'manifest'), '0100644 0 0 /x\n');
    const files = tree(cluster('INSTALL_FILES: "out/manifest ../x/manifest /etc/passwd"'), ['install-files']);
    for (const [path, text] of Object.entries(files)) put(path, text);
    symlinkSync(outside, join(folder, 'out'));
    const { tree: found } = await loadDefinitions(folder);
    rmSync(outside, { recursive: true });
    expect([...found.keys()]).toEqual([]);
  });

  test('may be named by variables that are given', async () => {
    for (const [path, text] of Object.entries(tree(cluster('A: b'), ['install-files']))) put(path, text);
    put('more/manifest', '0040755 0 0 /x\n');
    const { deployments } = readGivenVariables(['d.INSTALL_FILES=more/manifest']);
    const definitions = await loadDefinitions(folder, { deployments });
    expect([...definitions.tree.keys()]).toEqual(['more/manifest']);
    const { project } = convert(definitions, { deployments });
    expect(project.files.has('files/install-files/more/manifest')).toBe(true);
  });
});

describe('variables that are given', () => {
  test('are settings, over those of a file', () => {
    const file = { path: 'f.yml', text: 'a: {X: 1, Y: yes}\nb.c: {Z: [1]}\n' };
    expect(readGivenVariables(['a.X=two=2', 'b.c.W='], file)).toEqual({
      deployments: { a: { X: 'two=2', Y: true }, 'b.c': { Z: [1], W: '' } },
      diagnostics: [],
    });
  });

  test.each([
    [['X=1'], undefined, '`X=1` sets no variable'],
    [['a.X'], undefined, '`a.X` sets no variable'],
    [[], '- a', 'f.yml gives no variables'],
    [[], 'a: 1', 'f.yml gives no variables'],
    [[], 'a: [', 'f.yml, line 1'],
  ])('%j %j make no sense', (settings, text, message) => {
    const { diagnostics } = readGivenVariables(
      settings,
      text === undefined ? undefined : { path: 'f.yml', text },
    );
    expect(diagnostics.map((each) => each.message)).toEqual([expect.stringContaining(message)]);
  });
});

test.each([
  ['text', undefined, 'text'],
  [true, undefined, 'True'],
  [null, undefined, 'None'],
  [1, '1', '1'],
  [1, '1.', '1.0'],
  [1.5, '1.5', '1.5'],
  [16, '0x10', '16'],
  [['a', 1, null, false], undefined, "['a', 1, None, False]"],
  [{ a: "it's", b: ['"', '\'"'] }, undefined, "{'a': \"it's\", 'b': ['\"', '\\'\"']}"],
  [['\n\t\\\x01'], undefined, "['\\n\\t\\\\\\x01']"],
  [new Uint8Array([104, 105]), undefined, "'hi'"],
])('Python prints %j as it should', (value, written, text) => {
  expect(pythonText(value, written)).toBe(text);
});
