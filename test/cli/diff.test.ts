import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand as run, runCommandOn as runOn } from '../support/command.js';

let folder: string;
let definitions: string;
let target: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-diff-'));
  definitions = join(folder, 'definitions');
  target = join(folder, 'project');
  cpSync(new URL('../../samples/definitions', import.meta.url).pathname, definitions, { recursive: true });
  expect((await run('convert', definitions, target)).code).toBe(0);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const changeBash = () => appendFileSync(join(definitions, 'strata/core/bash.morph'), 'description: Done.\n');

describe('diff', () => {
  test('is silent and exits with 0 where nothing would change', async () => {
    expect(await run('diff', definitions, target)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('prints a patch and exits with 1 where something would', async () => {
    changeBash();
    const { code, stdout, stderr } = await run('diff', definitions, target);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toContain('--- a/elements/strata/core/bash.bst\n+++ b/elements/strata/core/bash.bst\n');
    expect(stdout).toContain('\n+description: Done.\n');
  });

  test('can tell the names of files, or how much changes in them', async () => {
    changeBash();
    expect((await run('diff', definitions, target, '--name-only')).stdout).toBe(
      'elements/strata/core/bash.bst\n.baserock2bst/generated.json\n.baserock2bst/manifest.json\n.baserock2bst/provenance.json\n',
    );
    expect((await run('diff', definitions, target, '--stat')).stdout).toBe(
      ` elements/strata/core/bash.bst | 1 +
 .baserock2bst/generated.json  | 2 +-
 .baserock2bst/manifest.json   | 2 +-
 .baserock2bst/provenance.json | 2 +-
files: 0 added, 4 changed, 0 removed; lines: 4 added, 3 removed
`,
    );
  });

  test('gives everything as JSON', async () => {
    changeBash();
    const { code, stdout } = await run('diff', definitions, target, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      status: 'different',
      files: [
        { path: 'elements/strata/core/bash.bst', change: 'changed', added: 1, removed: 0 },
        { path: '.baserock2bst/generated.json', change: 'changed', added: 1, removed: 1 },
        { path: '.baserock2bst/manifest.json', change: 'changed', added: 1, removed: 1 },
        { path: '.baserock2bst/provenance.json', change: 'changed', added: 1, removed: 1 },
      ],
    });
  });

  test('has colours on a terminal', async () => {
    changeBash();
    const { stdout } = await runOn({ colourOut: true }, 'diff', definitions, target);
    expect(stdout).toContain('\x1b[32m+description: Done.\x1b[0m\n');
    expect(stdout).toContain('\x1b[36m@@');
  });

  test('shows what a project remembers in numbers on a terminal, and in full elsewhere', async () => {
    changeBash();
    const { stdout, stderr } = await runOn({ isTerminalOut: true }, 'diff', definitions, target);
    expect(stdout).toContain('+++ b/elements/strata/core/bash.bst\n');
    expect(stdout).not.toContain('.baserock2bst');
    expect(stderr).toContain('\n .baserock2bst/generated.json  | 2 +-\n');
    expect((await run('diff', definitions, target)).stdout).toContain('+++ b/.baserock2bst/generated.json\n');
  });

  test('takes the options of convert', async () => {
    expect((await run('diff', definitions, target, '--buildstream', '1', '--name-only')).stdout).toContain(
      'project.conf\n',
    );
  });

  test('exits with 2 and tells the errors where the definitions cannot be converted', async () => {
    writeFileSync(join(definitions, 'strata/core.morph'), 'a: [');
    const { code, stdout, stderr } = await run('diff', definitions, target);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('strata/core.morph');
    expect(stderr).toContain('[yaml-syntax]');
    expect((await run('diff', definitions, target, '--json')).code).toBe(2);
  });
});
