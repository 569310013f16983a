import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../project/write/support.js';
import { runCommand } from '../support/command.js';

const definitions = new URL('../../samples/definitions', import.meta.url).pathname;
const morph = readFileSync(join(definitions, 'strata/core/bash.morph'), 'utf8').split('\n');

let folder: string;
let project: string;
const trace = (...args: string[]) => runCommand('trace', project, ...args);
const lines = (path: string) => readFileSync(join(project, path), 'utf8').split('\n');

beforeAll(async () => {
  folder = temporaryFolder(true);
  project = join(folder, 'project');
  expect((await runCommand('convert', definitions, project)).code).toBe(0);
  appendFileSync(join(project, 'elements/systems/pocket-system-x86_64.bst'), '# mine\n');
  writeFileSync(join(project, 'elements/own.bst'), 'kind: stack\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('trace', () => {
  test.each(['strata/core/bash.bst', 'strata/core/bash', 'elements/strata/core/bash.bst'])(
    'tells what %s comes from',
    async (element) => {
      const { code, stdout, stderr } = await trace(element);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^strata\/core\.morph:\d+-\d+\nstrata\/core\/bash\.morph:1-\d+\n$/);
    },
  );

  test('takes a path as the shell completes it, from where one stands', async () => {
    const path = 'elements/strata/core/bash.bst:9';
    const given = await trace(join(project, path));
    expect(given.code).toBe(0);
    expect(given).toEqual(await trace(path));
  });

  test('tells the line that a line comes from', async () => {
    const at = lines('elements/strata/core/bash.bst').findIndex((line) => line.includes('ln -s bash')) + 1;
    const from = morph.findIndex((line) => line.includes('ln -s bash')) + 1;
    expect(await trace(`strata/core/bash.bst:${at}`)).toEqual({
      code: 0,
      stdout: `strata/core/bash.morph:${from}\n`,
      stderr: '',
    });
    const { stdout } = await trace('--json', `strata/core/bash.bst:${at}`);
    expect(JSON.parse(stdout)).toEqual({
      schema: 1,
      status: 'found',
      project,
      file: 'elements/strata/core/bash.bst',
      line: at,
      kind: 'generated',
      isExact: true,
      origins: [{ file: 'strata/core/bash.morph', line: from, endLine: from }],
    });
  });

  test('says where a line has none of its own, or is of this tool, or a person’s', async () => {
    expect((await trace('strata/core/bash.bst:1')).stderr).toBe(
      'line 1 of elements/strata/core/bash.bst comes from no line of its own: these are the whole file’s\n'.replace(
        '’',
        "'",
      ),
    );
    expect(await trace('base.bst')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'elements/base.bst comes from baserock2bst itself\n',
    });
    const system = 'elements/systems/pocket-system-x86_64.bst';
    const last = lines(system).length - 1;
    expect(await trace(`${system}:${last}`)).toEqual({
      code: 1,
      stdout: '',
      stderr: `line ${last} of ${system} was written by hand\n`,
    });
    expect(await trace('own.bst')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'elements/own.bst was written by hand\n',
    });
    expect(JSON.parse((await trace('base.bst', '--json')).stdout)).toMatchObject({
      status: 'none',
      kind: 'own',
    });
  });

  test('tells what a definition became, and a line of it', async () => {
    const element = 'elements/strata/core/bash.bst';
    const count = lines(element).length - 1;
    expect(await trace('--from', 'strata/core/bash.morph')).toEqual({
      code: 0,
      stdout: `${element}:1-${count}\n`,
      stderr: '',
    });
    const from = morph.findIndex((line) => line.includes('ln -s bash')) + 1;
    const { stdout } = await trace('--json', '--from', `strata/core/bash.morph:${from}`);
    const { status, places } = JSON.parse(stdout);
    expect(status).toBe('found');
    const [place, ...more] = places as { file: string; line: number; endLine: number }[];
    expect(more).toEqual([]);
    expect(place!.file).toBe(element);
    const told = lines(element)
      .slice(place!.line - 1, place!.endLine)
      .join('\n');
    expect(told).toContain('ln -s bash');
  });

  test.each([
    [
      ['strata/core/bsh.bst'],
      'there is no strata/core/bsh.bst in the project',
      'did you mean strata/core/bash.bst?',
    ],
    [['strata/core/bash.bst:999'], 'and no line 999', 'name an element as BuildStream does'],
    [
      ['--from', 'strata/core/bsh.morph'],
      'nothing in the project comes from',
      'did you mean strata/core/bash.morph?',
    ],
    [
      ['--from', 'definitions/strata/core/bash.morph'],
      'nothing in the project comes from',
      'did you mean strata/core/bash.morph?',
    ],
    [['--from', 'VERSION:1'], 'nothing in the project comes from VERSION', 'convert again'],
  ])('%j: exits with 2', async (args, message, hint) => {
    const { code, stdout, stderr } = await trace(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    const { diagnostics, status } = JSON.parse((await trace(...args, '--json')).stdout);
    expect(status).toBe('failed');
    expect(diagnostics).toMatchObject([{ code: 'not-traceable' }]);
  });

  test('exits with 2 for both, neither, or no project', async () => {
    for (const args of [[], ['base.bst', '--from', 'VERSION']]) {
      const { code, stderr } = await trace(...args);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: 'error: name either an element or, with --from, a definition\n',
      });
    }
    const { stderr } = await runCommand('trace', folder, 'base.bst');
    expect(stderr).toContain(`${folder} is no project of ours`);
    expect(stderr).toContain('hint: name the folder of a project');
  });

  test('says so where a project does not know, since its file of origins is gone or broken', async () => {
    const other = join(folder, 'other');
    await runCommand('convert', definitions, other);
    const file = join(other, '.baserock2bst/provenance.json');
    for (const text of ['{', '[]', '{"version": 1, "files": 1}']) {
      writeFileSync(file, text);
      const { code, stderr } = await runCommand('trace', other, 'base.bst');
      expect({ text, code }).toEqual({ text, code: 2 });
      expect(stderr).toContain('does not say where its files come from');
    }
    rmSync(file);
    expect((await runCommand('trace', other, 'base.bst')).code).toBe(2);
  });

  test('knows of an element that a person removed', async () => {
    const other = join(folder, 'removed');
    await runCommand('convert', definitions, other);
    rmSync(join(other, 'elements/strata/core/bash.bst'));
    const { code, stdout } = await runCommand('trace', other, '--from', 'strata/core/bash.morph');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    mkdirSync(join(other, 'elements/strata/core/bash.bst'));
    expect((await runCommand('trace', other, 'strata/core/bash.bst:3')).code).toBe(2);
  });
});
