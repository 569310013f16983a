import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { checkSources } from '../../src/index.js';
import { definitionsOf } from '../support/definitions.js';

const GONE = '0123456789abcdef0123456789abcdef01234567';

let folder: string;
let first: string;
let second: string;

/** A repository with two commits: `master` at the second, a tag at the first one's successor, nothing at the first. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-repositories-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', join(folder, 'bash'), '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      encoding: 'utf8',
    }).trim();
  mkdirSync(join(folder, 'bash'));
  git('init', '--quiet', '--initial-branch=master');
  git('commit', '--quiet', '--allow-empty', '-m', 'first');
  first = git('rev-parse', 'HEAD');
  git('commit', '--quiet', '--allow-empty', '-m', 'second');
  second = git('rev-parse', 'HEAD');
  git('tag', '-a', '-m', 'v2', 'v2');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stratum = (refs: readonly string[], repo = 'local:bash') =>
  `name: core\nkind: stratum\nchunks:\n${refs
    .map((ref, index) => `- name: bash-${index}\n  repo: ${repo}\n  ref: ${ref}\n  build-system: manual\n`)
    .join('')}`;

describe('sources', () => {
  test('are listed without asking anybody', async () => {
    const definitions = definitionsOf({
      'strata/core.morph': `${stratum(['master', 'v2', 'master'])}  submodules:\n    x: {url: 'upstream:x'}\n`,
    });
    const at = { file: 'strata/core.morph', column: 8 };
    expect(await checkSources(definitions, { aliases: { local: 'file:///nowhere/' } })).toMatchObject([
      {
        repo: 'local:bash',
        alias: 'local',
        url: 'file:///nowhere/bash',
        uses: 3,
        refs: [
          { ref: 'master', chunks: ['strata/core/bash-0', 'strata/core/bash-2'], place: { ...at, line: 6 } },
          { ref: 'v2', chunks: ['strata/core/bash-1'], place: { ...at, line: 10 } },
        ],
      },
      { repo: 'upstream:x', uses: 1, refs: [] },
    ]);
  });

  test('are none of what something stands in for', async () => {
    const definitions = definitionsOf({
      'strata/core.morph': stratum(['master']),
      'strata/build-essential.morph': `${stratum(['v2'], 'upstream:gcc')}  build-mode: bootstrap\n`,
    });
    const listed = async (options: Parameters<typeof checkSources>[1]) =>
      (await checkSources(definitions, options)).map(({ repo }) => repo);
    expect(await listed({})).toEqual(['local:bash']);
    expect(await listed({ base: 'bootstrap' })).toEqual(['local:bash', 'upstream:gcc']);
    expect(await listed({ baseStrata: ['strata/core.morph'] })).toEqual(['upstream:gcc']);
    expect(await listed({ rebase: { 'strata/core.morph': 'own.bst' } })).toEqual([]);
  });

  test('are asked for each commit, branch and tag', async () => {
    const refs = [first, second, 'master', 'v2', GONE, 'v3'];
    const definitions = definitionsOf({
      'strata/core.morph': stratum(refs),
      'strata/other.morph': stratum(['master'], 'local:gone').replaceAll('bash', 'gone'),
    });
    const aliases = { local: `file://${folder}/` };
    const [bash, gone] = await checkSources(definitions, { aliases, check: true });
    expect(bash?.answers).toBe(true);
    expect(bash?.refs.map(({ found }) => found)).toEqual([true, true, true, true, false, false]);
    expect(gone).toMatchObject({ answers: false, refs: [{ ref: 'master' }] });
    expect(gone?.reason).toMatch(/does not appear to be a git repository/);
    expect(gone?.refs[0]).not.toHaveProperty('found');
  });

  test('whose server is silent do not hold up the others', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const definitions = definitionsOf({
      'strata/core.morph': stratum(['master'], `git://127.0.0.1:${port}/x`),
      'strata/other.morph': stratum(['master']).replaceAll('bash-', 'other-'),
    });
    const aliases = { local: `file://${folder}/` };
    const checked = await checkSources(definitions, { aliases, check: true, patience: 500 });
    server.close();
    expect(checked).toMatchObject([
      { answers: false, reason: 'no answer within 0.5 s' },
      { answers: true, refs: [{ found: true }] },
    ]);
  });
});

describe('the command sources', () => {
  async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const said = { stdout: '', stderr: '' };
    const code = await main(['sources', ...args], {
      stdout: (text) => {
        said.stdout += text;
      },
      stderr: (text) => {
        said.stderr += text;
      },
      colour: false,
      machine: 'x64',
    });
    return { code, ...said };
  }

  function written(name: string, files: Record<string, string>): string {
    const root = join(folder, name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  }

  test('prints a table, and what can no longer be fetched', async () => {
    const root = written('some', {
      'strata/core.morph': stratum(['master', 'v3']),
      'strata/other.morph': stratum(['master'], 'local:gone').replaceAll('bash', 'gone'),
    });
    const alias = ['--alias', `local=file://${folder}/`];
    const listed = await run(root, ...alias);
    expect(listed).toEqual({
      code: 0,
      stdout: `server  uses  repositories  URL\nlocal      3             2  file://${folder}/\n`,
      stderr: '',
    });
    expect((await run(root, ...alias, '--all')).stdout.split('\n').slice(3)).toEqual([
      'repository  uses  refs  URL',
      `local:bash     2     2  file://${folder}/bash`,
      `local:gone     1     1  file://${folder}/gone`,
      '',
    ]);
    const { code, stdout } = await run(root, ...alias, '--check');
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'server  uses  repositories  answer  refs  found  lost  URL',
      `local      3             2       1     3      1     1  file://${folder}/`,
      '',
    ]);
    expect(stdout).toMatch(/\nno answer:\n {2}local:gone \(1\): .*not appear to be a git repository/);
    expect(stdout).toContain('\nno longer there:\n  local:bash v3 (strata/core.morph:10)\n');
  });

  test('says once what a server says of many repositories, unless all are asked for', async () => {
    const root = written(
      'many',
      Object.fromEntries(
        ['a', 'b', 'c'].map((name) => [`strata/${name}.morph`, stratum(['v3'], `local:${name}`)]),
      ),
    );
    const args = [root, '--alias', `local=file://${folder}/nowhere/`, '--check'];
    expect((await run(...args)).stdout).toMatch(
      /\nno answer:\n {2}local, 3 repositories \(--all names them\): .*not appear to be a git repository.*\n$/,
    );
    expect((await run(...args, '--all')).stdout).toMatch(/\nno answer:\n {2}local:a \(1\): .*\n {2}local:b /);
  });

  test('takes aliases, and what stands in for strata, from a configuration', async () => {
    const root = written('configured', {
      'strata/core.morph': stratum(['master']),
      'strata/build-essential.morph': `${stratum(['v2'], 'local:gcc')}  build-mode: bootstrap\n`,
    });
    const config = join(folder, 'own.json');
    writeFileSync(config, JSON.stringify({ aliases: { local: 'file:///own/' }, base: 'bootstrap' }));
    const table = (uses: number, place: string) =>
      `server  uses  repositories  URL\nlocal      ${uses}             ${uses}  ${place}\n`;
    expect((await run(root, '--config', config)).stdout).toBe(table(2, 'file:///own/'));
    const given = ['--base', 'sysroot', '--alias', 'local=file:///given/'];
    expect((await run(root, '--config', config, ...given)).stdout).toBe(table(1, 'file:///given/'));
    writeFileSync(config, JSON.stringify({ alias: {} }));
    const { code, stderr } = await run(root, '--config', config);
    expect(code).toBe(2);
    expect(stderr).toContain('there is no field `alias`');
  });

  test('prints JSON', async () => {
    const root = written('json', { 'strata/core.morph': stratum(['master']) });
    const { code, stdout } = await run(root, '--alias', `local=file://${folder}/`, '--check', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      repositories: [{ repo: 'local:bash', answers: true, refs: [{ ref: 'master', found: true }] }],
    });
  });

  test('says what is wrong with the definitions', async () => {
    const { code, stderr } = await run(join(folder, 'nothing'));
    expect(code).toBe(2);
    expect(stderr).toContain('[no-definitions]');
  });
});
