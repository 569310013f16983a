import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { convert, loadDefinitions, renderProject, textsOf, verifyProject } from '../../../src/index.js';
import { put, temporaryFolder } from '../../project/write/support.js';
import { ReadProject } from '../../support/read-project.js';
import { textFiles } from '../../support/text-files.js';
import { deploying, tree } from './support.js';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder(true);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a tree with links to the disk, and converts it. */
async function convertedTree(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>>,
) {
  put(folder, files);
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
  const definitions = await loadDefinitions(folder);
  const { project, diagnostics } = convert(definitions);
  const texts = textsOf(renderProject(project, 2));
  const read = new ReadProject(textFiles(renderProject(project, 2)));
  const { commands } = read.element('clusters/c/d.bst').config as { commands: { '(<)': string[] } };
  const said = diagnostics
    .filter(({ code }) => /^missing-|^replaced-/.test(code))
    .map(({ message }) => message);
  return { definitions, texts, steps: commands['(<)'], said };
}

describe('add-config-files', () => {
  const files = tree(deploying('type: tar\nSRC_CONFIG_DIR: ./data/etc/'), ['add-config-files'], {
    'data/etc/issue': 'welcome\n',
    'data/etc/ssh/sshd_config': 'Port 22\n',
    'data/other': 'not for it\n',
  });
  const links = {
    'data/etc/localtime': '/usr/share/zoneinfo/UTC',
    'data/etc/ssh/it’s': "a'b",
    'data/etc/alias': 'issue',
  };

  test('takes the files of the folder along, and makes its links', async () => {
    const { texts, steps, said } = await convertedTree(files, links);
    const own = [...texts.keys()].filter((path) => path.includes('/data/') || path.endsWith('/issue'));
    expect(own.filter((path) => /other|localtime|alias/.test(path))).toEqual([]);
    expect(own.map((path) => path.replace(/^.*\/etc\//, '')).sort()).toEqual(['issue', 'ssh/sshd_config']);
    expect(steps.filter((step) => step.includes('ln -sfn'))).toEqual([
      'mkdir -p "$(dirname "$system"/etc/alias)" && ln -sfn issue "$system"/etc/alias',
      'mkdir -p "$(dirname "$system"/etc/localtime)" && ln -sfn /usr/share/zoneinfo/UTC "$system"/etc/localtime',
      `mkdir -p "$(dirname "$system"/etc/'ssh/it’s')" && ln -sfn 'a'\\''b' "$system"/etc/'ssh/it’s'`,
    ]);
    expect(said).toEqual([]);
  });

  test('is compared by verify, links and all', async () => {
    const { definitions, texts } = await convertedTree(files, links);
    const statusOf = (changed: ReadonlyMap<string, string>) => verifyProject(definitions, changed).status;
    const { status, differences } = verifyProject(definitions, texts);
    expect({ status, differences }).toEqual({ status: 'equal', differences: [] });
    const element = 'elements/clusters/c/d.bst';
    const text = texts.get(element)!;
    const change = (from: string, to: string) => {
      expect(text).toContain(from);
      return new Map(texts).set(element, text.replace(from, to));
    };
    expect(statusOf(change('ln -sfn issue', 'ln -sfn other'))).toBe('different');
    expect(statusOf(change('/usr/share/zoneinfo/UTC', '/usr/share/zoneinfo/CET'))).toBe('different');
    const issue = [...texts.keys()].find((path) => path.endsWith('/issue'))!;
    expect(statusOf(new Map(texts).set(issue, 'changed\n'))).toBe('different');
    expect(statusOf(new Map([...texts].filter(([path]) => path !== issue)))).toBe('different');
  });

  test.each(['none', 'data/other'])('says that %s is no folder of files', async (place) => {
    const { said } = await convertedTree(
      tree(deploying(`type: tar\nSRC_CONFIG_DIR: ${place}`), ['add-config-files'], { 'data/other': 'x' }),
      {},
    );
    expect(said).toEqual([`\`d\` puts the files of ${place} into /etc, and the definitions have none there`]);
  });
});

describe('the script of an extension', () => {
  const own = (script: Record<string, string>, variables = '') =>
    tree(deploying(`type: tar\n${variables}`), ['extensions/own'], script);
  const text = '#!/bin/sh\ncp -r "$MY_DATA" "$1/etc/"\n';

  test('and what its variables name are found through links that stay in the tree', async () => {
    const { texts, steps, said } = await convertedTree(
      own(
        { 'scripts/real': text, 'extensions/x': '', 'shared/a/b': 'b\n', 'shared/c': 'c\n' },
        'MY_DATA: data',
      ),
      {
        'extensions/own.configure': '../scripts/./real',
        data: 'shared',
        'shared/link': 'a/b',
        'shared/outside': '/etc/passwd',
        'shared/round': 'round',
      },
    );
    expect(steps).toContain('/steps/extension extensions/own.configure');
    const copies = 'files/extensions/definitions/';
    expect(texts.get(`${copies}extensions/own.configure`)).toBe(text);
    const carried = [...texts.keys()].flatMap((path) =>
      path.startsWith(copies) ? [path.slice(copies.length)] : [],
    );
    expect(carried).not.toContain('shared/outside');
    expect(said.filter((message) => !message.includes('MY_DATA'))).toEqual([]);
  });

  test('is compared by verify: the script, and that it runs', async () => {
    const { definitions, texts } = await convertedTree(
      own({ 'extensions/own.configure': '#!/bin/sh\nexit 0\n' }),
      {},
    );
    expect(verifyProject(definitions, texts).status).toBe('equal');
    const script = [...texts.keys()].find((path) => path.endsWith('/own.configure'))!;
    expect(verifyProject(definitions, new Map(texts).set(script, '#!/bin/sh\nexit 1\n')).status).toBe(
      'different',
    );
    const element = 'elements/clusters/c/d.bst';
    const without = texts.get(element)!.replace(/ *- \/steps\/extension.*\n/, '');
    expect(verifyProject(definitions, new Map(texts).set(element, without)).status).toBe('different');
  });

  test.each([
    ['/usr/bin/own', 'leads out of the tree'],
    ['own.configure', 'leads to itself'],
    ['../none', 'leads nowhere'],
  ])('a link to %s, which %s, is none', async (target) => {
    const { said, steps } = await convertedTree(own({ 'extensions/other': '' }), {
      'extensions/own.configure': target,
    });
    expect(said).toEqual(['`x` is configured by `own`, whose script the definitions do not have']);
    expect(steps.join('\n')).not.toContain('own');
  });

  test.each<[string, string, string | undefined]>([
    ['#!/usr/bin/env python\n', 'missing', 'is written in Python 2'],
    ['#!/usr/bin/python2.7\n', 'missing', 'is written in Python 2'],
    ['#!/usr/bin/env python3\n', 'run', 'needs `python3`, which the tools of deployments do not have'],
    ['#!/usr/bin/perl -w\n', 'run', 'needs `perl`, which the tools of deployments do not have'],
    ['#! /bin/bash\n', 'run', undefined],
    ['#!/usr/bin/env dash\n', 'run', undefined],
    ['\x7fELF\n', 'missing', 'is a program, which the tools of deployments do not have'],
    [
      '#!/bin/sh\nfoo-bar x\nfoo-bar y\n',
      'run',
      'runs `foo-bar`, which the tools of deployments do not have',
    ],
  ])('%j', async (script, what, message) => {
    put(folder, own({ 'extensions/own.configure': script }));
    chmodSync(join(folder, 'extensions/own.configure'), 0o755);
    const definitions = await loadDefinitions(folder);
    const { project, diagnostics } = convert(definitions);
    const read = new ReadProject(textFiles(renderProject(project, 2)));
    const { commands } = read.element('clusters/c/d.bst').config as { commands: { '(<)': string[] } };
    const runs = commands['(<)'].includes('/steps/extension extensions/own.configure');
    expect(runs).toBe(what === 'run');
    const said = diagnostics.filter(({ code }) => ['missing-tool', 'extension-needs-python2'].includes(code));
    if (message === undefined) expect(said).toEqual([]);
    else expect(said.map((each) => each.message)).toEqual([`extensions/own.configure ${message}`]);
    const [first] = said;
    if (message?.startsWith('runs'))
      expect(first!.place).toMatchObject({ line: 2, column: 1, endLine: 2, endColumn: 10 });
  });
});
