import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand as run } from '../support/command.js';

let folder: string;
let definitions: string;
let target: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-verify-'));
  definitions = join(folder, 'definitions');
  target = join(folder, 'project');
  cpSync(new URL('../../samples/definitions', import.meta.url).pathname, definitions, { recursive: true });
  expect((await run('convert', definitions, target)).code).toBe(0);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function edit(path: string, from: string, to: string): void {
  const file = join(target, path);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('verify', () => {
  test('exits with 0 for a project as it was converted, and tells what is meant to be different', async () => {
    const { code, stdout, stderr } = await run('verify', definitions, target);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('base-replaced: base.bst stands in for strata/build-essential (2 elements)\n');
    expect(stdout).toContain(
      'what the steps of deployments do, and the modes that they set: files/deployment-steps, include/deployment\n',
    );
    expect(stdout).toMatch(/\nequal: 13 chunks, 3 strata, 2 systems, 2 deployments\n$/);
  });

  test('says nothing with --quiet but what is different', async () => {
    expect(await run('verify', definitions, target, '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
    edit('elements/clusters/pocket/image.bst', 'pocket.img', 'other.img');
    const { code, stdout } = await run('verify', definitions, target, '--quiet');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^clusters\/pocket\/image\.bst: image_name has another value \[deployment\]\n {2}definitions {2}clusters\/pocket\.morph/,
    );
    expect(stdout).not.toContain('meant to be different');
  });

  test('sees what a deployment installs', async () => {
    edit('files/install-files/pocket/files/etc/motd', '\n', '!\n');
    const { stdout } = await run('verify', definitions, target);
    expect(stdout).toContain(
      'clusters/pocket/image.bst: /install-files/pocket/files/etc/motd is changed [deployment]\n',
    );
  });

  test('exits with 1 and shows both places where a command is another one', async () => {
    edit('elements/strata/core/bash.bst', 'ln -s bash', 'ln -sf bash');
    const { code, stdout } = await run('verify', definitions, target);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `strata/core/bash.bst: install-commands: command 2 is another one [commands]
  definitions  strata/core/bash.morph:9:3  ln -s bash "$DESTDIR$PREFIX/bin/sh"
  project      elements/strata/core/bash.bst:25:7  ln -sf bash "$DESTDIR$PREFIX/bin/sh"
`,
    );
    expect(stdout).toMatch(/\ndifferent: 1 difference in 1 element \(compared: .*\)\n$/);
  });

  test('says once what is so in many elements', async () => {
    edit('project.conf', 'LC_ALL: C', 'LC_ALL: C.UTF-8');
    const { stdout } = await run('verify', definitions, target);
    expect(stdout).toContain('LC_ALL has another value [environment]');
    expect(stdout).toContain('  the same in 12 more: ');
    expect(stdout).toContain('\ndifferent: 1 difference in 13 elements ');
  });

  test('takes what a person writes in another way for the same', async () => {
    edit('elements/strata/core/bash.bst', 'depends:\n', 'depends:\n- filename: base.bst\n  type: build\n');
    expect((await run('verify', definitions, target)).code).toBe(0);
  });

  test('names the architectures for which something is so, if not for all', async () => {
    edit('project.conf', 'cpu: aarch64\n', 'cpu: arm64\n');
    const { stdout } = await run('verify', definitions, target);
    expect(stdout).toContain('TARGET has another value [environment] (for armv8l64)');
  });

  test('gives everything as JSON', async () => {
    edit('elements/systems/pocket-system-x86_64.bst', '- strata/core.bst\n', '');
    const { code, stdout } = await run('verify', definitions, target, '--json');
    expect(code).toBe(1);
    const { schema, status, differences } = JSON.parse(stdout);
    expect({ schema, status }).toEqual({ schema: 1, status: 'different' });
    expect(differences).toContainEqual(
      expect.objectContaining({
        aspect: 'contents',
        element: 'systems/pocket-system-x86_64.bst',
        message: 'strata/core/bash.bst is missing from the system',
        definition: expect.objectContaining({ file: 'systems/pocket-system-x86_64.morph' }),
        project: expect.objectContaining({ file: 'elements/systems/pocket-system-x86_64.bst' }),
      }),
    );
  });

  test('knows by the manifest what a project was converted for', async () => {
    const other = join(folder, 'one-system');
    await run('convert', definitions, other, '--system', 'systems/pocket-system-x86_64.morph');
    const { code, stdout } = await run('verify', definitions, other);
    expect(code).toBe(0);
    expect(stdout).toContain('the project was not converted for it: systems/devel-system-armv8l64.morph');
    rmSync(join(target, 'elements/systems/devel-system-armv8l64.bst'));
    const { stdout: lost } = await run('verify', definitions, target);
    expect(lost).toContain(
      'systems/devel-system-armv8l64.bst: the element of the system is missing [element]',
    );
  });

  test.each([
    ['broken YAML', 'depends:\n', 'depends: [\n', /bash\.bst\n {2}6:1 error it is not valid YAML/],
    [
      'an element that is not there',
      'build-deps.bst',
      'nothing.bst',
      /9:3 error there is no element strata\/core\/nothing\.bst/,
    ],
    [
      'an undefined variable',
      'ln -s bash',
      'ln -s %{nothing}',
      /25:7 error the variable `nothing` is not defined/,
    ],
    ['an unknown key', 'config:\n', 'configuration:\n', /error an element has no `configuration`/],
    [
      'a list that does not exist',
      'integration-commands:\n',
      'integration-commands:\n      (>): [true]\n    other:\n',
      /error there is no list `integration-commands`/,
    ],
  ])('exits with 2 for %s, and says where', async (_, from, to, said) => {
    edit('elements/strata/core/bash.bst', from, to);
    const { code, stdout, stderr } = await run('verify', definitions, target);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr.match(/\berror\b/g)).toHaveLength(1);
  });

  test('exits with 2 where the definitions have errors, or there is no project', async () => {
    const nothing = await run('verify', definitions, join(folder, 'nothing'));
    expect(nothing.stderr).toContain('there is no project.conf');
    expect(nothing.stderr).toContain('hint: name the folder of a project');
    writeFileSync(join(definitions, 'strata/core.morph'), 'a: [');
    const { code, stderr } = await run('verify', definitions, target);
    expect(code).toBe(2);
    expect(stderr).toContain('[yaml-syntax]');
  });
});
