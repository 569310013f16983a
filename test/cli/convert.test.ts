import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { buildStreamVersions } from '../../src/project/dialects.js';

const samples = new URL('../../samples/definitions', import.meta.url).pathname;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command as a pipe would see it. */
async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const code = await main(args, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    colour: false,
    machine: 'x64',
  });
  return { code, stdout, stderr };
}

function definitions(files: Record<string, string>): string {
  const root = join(folder, 'definitions');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const system = 'name: s\nkind: system\narch: x86_64\nstrata:\n- morph: strata/a.morph\n';

describe('convert', () => {
  test('writes a project and says so', async () => {
    const target = join(folder, 'project');
    const { code, stdout, stderr } = await run('convert', samples, target);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/converted to .*project: 24 elements \(files: \d+ written\); 1 needs a hand/);
    expect(readFileSync(join(target, 'project.conf'), 'utf8')).toContain('min-version');
    expect(readFileSync(join(target, 'elements/strata/core/bash.bst'), 'utf8')).toContain('kind: autotools');
  });

  test('says by which option all of a code is shown that it cut short', async () => {
    const chunk = (name: string) =>
      `- name: ${name}\n  repo: upstream:a\n  ref: master\n  build-system: manual\n`;
    const root = definitions({
      'strata/a.morph': `name: a\nkind: stratum\nchunks:\n${[...'abcdefghijkl'].map(chunk).join('')}`,
      'systems/s.morph': system,
    });
    const cut = await run('convert', root, join(folder, 'project'), '--dry-run');
    expect(cut.stderr).toContain('\n\nand 2 more of unpinned-ref\n--all shows them\n');
    const all = await run('convert', root, join(folder, 'project'), '--dry-run', '--all');
    expect(all.stderr.match(/\[unpinned-ref\]/g)).toHaveLength(12);
    expect(all.stderr).not.toContain('--all');
  });

  test('a second run changes nothing', async () => {
    const target = join(folder, 'project');
    await run('convert', samples, target);
    const { code, stderr } = await run('convert', samples, target);
    expect(code).toBe(0);
    expect(stderr).toMatch(/files: 0 written, \d+ unchanged/);
  });

  test('for BuildStream 1', async () => {
    const target = join(folder, 'project');
    await run('convert', samples, target, '--buildstream', '1');
    expect(readFileSync(join(target, 'project.conf'), 'utf8')).toContain("format-version: '18'");
  });

  test('--dry-run lists what would be written and writes nothing', async () => {
    const target = join(folder, 'project');
    const { code, stdout } = await run('convert', samples, target, '--dry-run');
    expect(code).toBe(0);
    expect(stdout.split('\n')).toContain('elements/strata/core/bash.bst');
    expect(existsSync(target)).toBe(false);
  });

  test('--json gives the result and the diagnostics as data', async () => {
    const target = join(folder, 'project');
    const { code, stdout } = await run('convert', samples, target, '--json');
    const result = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(result).toMatchObject({ schema: 1, status: 'converted', project: target, buildstream: 2 });
    expect(result.files.written).toContain('project.conf');
    expect(result.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'deployment-layout',
        severity: 'manual',
        place: expect.objectContaining({ file: 'clusters/pocket.morph', line: 11 }),
      }),
    );
  });

  test('--strict exits with 1 when something needs a hand, and still writes', async () => {
    const target = join(folder, 'project');
    expect((await run('convert', samples, target, '--strict')).code).toBe(1);
    expect(existsSync(join(target, 'project.conf'))).toBe(true);
  });

  test('--set and --set-file give variables to deployments', async () => {
    const target = join(folder, 'project');
    const file = join(folder, 'set.yml');
    writeFileSync(file, 'image: {HOSTNAME: loaf, DISK_SIZE: 1G}\nchroot: {FLAG: yes}\n');
    const { code } = await run(
      'convert',
      samples,
      target,
      '--set-file',
      file,
      '--set',
      'image.HOSTNAME=roll',
    );
    expect(code).toBe(0);
    const image = readFileSync(join(target, 'elements/clusters/pocket/image.bst'), 'utf8');
    expect(image).toMatch(/\n {2}HOSTNAME: roll\n/);
    expect(image).toMatch(/\n {2}disk-size: 1G\n/);
    expect(readFileSync(join(target, 'elements/clusters/pocket/chroot.bst'), 'utf8')).toContain(
      "FLAG: 'True'",
    );
    const refused = await run(
      'convert',
      samples,
      target,
      '--set',
      'nobody.A=1',
      '--set-file',
      join(folder, 'none'),
    );
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('`nobody` is given variables, but there is no such deployment');
    expect(refused.stderr).toContain('none cannot be read');
  });

  test('--system converts one system and what it needs', async () => {
    const target = join(folder, 'project');
    const { code } = await run('convert', samples, target, '--system', 'systems/pocket-system-x86_64.morph');
    expect(code).toBe(0);
    expect(existsSync(join(target, 'elements/systems/pocket-system-x86_64.bst'))).toBe(true);
    expect(existsSync(join(target, 'elements/systems/devel-system-armv8l64.bst'))).toBe(false);
    expect(existsSync(join(target, 'elements/strata/tools.bst'))).toBe(false);
  });

  test('--system takes a cluster for the systems that it deploys, and refuses what is not there', async () => {
    const target = join(folder, 'project');
    expect((await run('convert', samples, target, '--system', 'clusters/pocket.morph')).code).toBe(0);
    expect(existsSync(join(target, 'elements/systems/devel-system-armv8l64.bst'))).toBe(true);
    const missing = await run('convert', samples, join(folder, 'other'), '--system', 'systems/nothing');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('there is no system or cluster systems/nothing');
    expect(existsSync(join(folder, 'other'))).toBe(false);
  });

  test('--alias replaces an alias and defines another', async () => {
    const root = definitions({
      'systems/s.morph': system,
      'strata/a.morph': `name: a\nkind: stratum\nchunks:\n- {name: c, repo: 'site:c', ref: ${'a'.repeat(40)}}\n`,
    });
    const target = join(folder, 'project');
    const refused = await run('convert', root, target);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('[unknown-alias]');
    const args = [
      '--alias',
      'site=https://git.example.com/',
      '--alias',
      'upstream=https://mirror.example.com/',
    ];
    expect((await run('convert', root, target, ...args)).code).toBe(0);
    const conf = readFileSync(join(target, 'project.conf'), 'utf8');
    expect(conf).toContain('  site: https://git.example.com/');
    expect(conf).toContain('  upstream: https://mirror.example.com/');
  });

  test('broken input: every fault with its place, nothing written, exit code 2', async () => {
    const root = definitions({
      'systems/s.morph': system,
      'strata/a.morph':
        'name: a\nkind: stratum\nbuild-depends:\n- morph: strata/b.morph\nchunks:\n- name: c\n  build-depends: [d]\n',
      'strata/e.morph': 'name: e\nkind: stratum\n<<<<<<< HEAD\nchunks: []\n=======\n>>>>>>> other\n',
    });
    const target = join(folder, 'project');
    const { code, stderr } = await run('convert', root, target);
    expect(code).toBe(2);
    expect(existsSync(target)).toBe(false);
    expect(stderr).toContain(`strata/a.morph
  4:10 error there is no stratum file strata/b.morph [missing-definition]
    4 | - morph: strata/b.morph
      |          ^^^^^^^^^^^^^^
    hint: correct the path, or add the file
`);
    expect(stderr).toContain(
      '7:19 error `c` depends on `d`, which its stratum does not list [missing-chunk]',
    );
    expect(stderr).toMatch(/strata\/e\.morph\n {2}3:1 error .*\[merge-conflict\]/);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^nothing was written: \d+ errors/);
  });

  test('says so where a project becomes one for the other version of BuildStream, before and after', async () => {
    const target = join(folder, 'project');
    const said = async (...args: string[]) =>
      (await run(...args)).stderr.match(/the project was for .* now/g);
    const first = ['convert', samples, target, '--buildstream', '1'];
    expect([await said(...first), await said(...first)]).toEqual([null, null]);
    const change = ['the project was for BuildStream 1, and is for BuildStream 2 now'];
    for (const command of ['diff', 'convert']) expect(await said(command, samples, target)).toEqual(change);
    expect(await said('convert', samples, target)).toBe(null);
    expect(await said(...first)).toEqual(['the project was for BuildStream 2, and is for BuildStream 1 now']);
  });

  test('a folder that somebody else filled is refused without --force', async () => {
    const target = join(folder, 'project');
    mkdirSync(target);
    writeFileSync(join(target, 'project.conf'), 'mine');
    const { code, stderr } = await run('convert', samples, target);
    expect(code).toBe(2);
    expect(stderr).toContain('[output-not-ours]');
    expect(readFileSync(join(target, 'project.conf'), 'utf8')).toBe('mine');
    expect((await run('convert', samples, target, '--force')).code).toBe(0);
    expect(readFileSync(join(target, 'project.conf.orig'), 'utf8')).toBe('mine');
  });

  test.each([
    [['convert', '/nowhere/definitions', 'project'], 'there is no folder /nowhere/definitions'],
    [['convert', samples], "missing required argument 'project'"],
    [
      ['convert', samples, 'project', '--buildstream', '0'],
      `Allowed choices are ${buildStreamVersions.join(', ')}`,
    ],
    [['convert', samples, 'project', '--alias', 'upstream'], 'not of the form name=url'],
    [['convert', samples, 'project', '--nonsense'], "unknown option '--nonsense'"],
    [['frobnicate'], "unknown command 'frobnicate'"],
  ])('%j is refused with one message', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test.each([
    [['convert', samples], 'hint: see baserock2bst convert --help'],
    [['verify', samples, 'project', '--al'], 'hint: see baserock2bst verify --help'],
    [['frobnicate'], 'hint: see baserock2bst --help'],
    [
      ['convert', '--system', 'systems/pocket-system-x86_64.morph', samples, 'project'],
      'hint: --system takes all that follows it, so name the folders before it',
    ],
  ])('%j: the last line says where there is more', async (args, hint) => {
    expect((await run(...args)).stderr.trimEnd().split('\n').at(-1)).toBe(hint);
  });

  test('a system can be named as the shell completes it', async () => {
    const path = 'systems/pocket-system-x86_64.morph';
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    expect((await run('convert', samples, one, '--system', join(samples, path))).code).toBe(0);
    await run('convert', samples, other, '--system', path);
    const files = (root: string) => readdirSync(root, { recursive: true }).sort();
    expect(files(one)).toEqual(files(other));
    expect((await run('verify', samples, one, '--system', join(samples, path))).code).toBe(0);
  });

  test('what keeps everything from being written comes last, before the sum', async () => {
    const target = join(folder, 'project');
    mkdirSync(target);
    writeFileSync(join(target, 'notes.txt'), 'mine');
    const { stderr } = await run('convert', samples, target);
    expect(stderr.trimEnd().split('\n').slice(-4)).toEqual([
      '',
      `  error ${target} is not empty, and no project of ours is in it [output-not-ours]`,
      '    hint: choose an empty folder, or use --force to overwrite what the conversion writes',
      'nothing was written: 1 error, 1 needs a hand, 1 warning, 6 notes',
    ]);
    expect(stderr.match(/output-not-ours/g)).toHaveLength(1);
    expect(stderr).toContain('[deployment-layout]');
  });

  test('--version and --help', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await run('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
    const { code, stdout } = await run('convert', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--buildstream');
  });
});
