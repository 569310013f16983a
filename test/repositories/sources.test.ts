import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { checkSources, listSources } from '../../src/index.js';
import { definitionsOf } from '../support/definitions.js';

const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-sources-'));
const GONE = '1'.repeat(40);
let tip: string;
let older: string;

beforeAll(() => {
  const work = join(folder, 'work');
  mkdirSync(work);
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', work, '-c', 'user.name=x', '-c', 'user.email=x', ...args], {
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'master');
  git('commit', '-q', '--allow-empty', '-m', 'one');
  older = git('rev-parse', 'HEAD');
  git('commit', '-q', '--allow-empty', '-m', 'two');
  tip = git('rev-parse', 'HEAD');
  git('tag', '-a', '-m', 'x', 'v1');
  git('clone', '-q', '--bare', work, join(folder, 'bash'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tree = () => ({
  'strata/core.morph': `name: core
kind: stratum
chunks:
- {name: bash, repo: 'upstream:bash', ref: ${tip}}
- {name: bash-old, repo: 'upstream:bash', ref: ${older}}
- {name: bash-tag, repo: 'upstream:bash', ref: v1}
- {name: bash-branch, repo: 'upstream:bash', ref: gone}
- name: zlib
  repo: upstream:zlib
  ref: ${GONE}
  submodules: {sub: {url: 'upstream:bash'}}
- {name: other, repo: 'mine:other', ref: master}
`,
});
const aliases = () => ({ upstream: `file://${folder}/` });

describe('the sources of definitions', () => {
  test('are listed with how often they are used', () => {
    const { aliases: all, repositories } = listSources(definitionsOf(tree()), aliases());
    expect(all).toEqual([
      { alias: 'mine', url: undefined, uses: 1, repositories: 1 },
      { alias: 'upstream', url: `file://${folder}/`, uses: 6, repositories: 2 },
    ]);
    expect(repositories.map(({ repository, url, uses }) => [repository, url, uses])).toEqual([
      ['mine:other', undefined, 1],
      ['upstream:bash', `file://${folder}/bash`, 5],
      ['upstream:zlib', `file://${folder}/zlib`, 1],
    ]);
  });

  test('are asked whether they are still there', async () => {
    const list = await checkSources(listSources(definitionsOf(tree()), aliases()));
    expect(list.aliases.map(({ alias, answering }) => [alias, answering])).toEqual([
      ['mine', 0],
      ['upstream', 1],
    ]);
    const [mine, bash, zlib] = list.repositories;
    expect(mine!.answers).toBe('nothing says what its alias stands for');
    expect(bash!.answers).toBe(true);
    expect(bash!.refs.map(({ ref, chunks, state }) => [ref, chunks, state])).toEqual([
      [tip, ['strata/core/bash'], 'found'],
      [older, ['strata/core/bash-old'], 'unseen'],
      ['v1', ['strata/core/bash-tag'], 'found'],
      ['gone', ['strata/core/bash-branch'], 'missing'],
    ]);
    expect(zlib!.answers).toMatch(/zlib/);
  });

  test('that do not answer are given up in time', async () => {
    const silent: Server = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const list = listSources(definitionsOf(tree()), {
      upstream: `git://127.0.0.1:${port}/`,
      mine: aliases().upstream,
    });
    const started = Date.now();
    const { repositories } = await checkSources(list, 500);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(repositories.map(({ answers }) => answers)).toContain('no answer within 0.5 s');
    silent.close();
  });

  test('are shown as a table or as JSON, and the exit code tells whether all is there', async () => {
    const definitions = join(folder, 'definitions');
    mkdirSync(join(definitions, 'strata'), { recursive: true });
    writeFileSync(join(definitions, 'strata/core.morph'), tree()['strata/core.morph']);
    const run = async (...args: string[]) => {
      let stdout = '';
      const io = {
        stdout: (text: string) => {
          stdout += text;
        },
        stderr: () => {},
        colour: false,
        machine: 'x64',
      };
      const alias = `upstream=${aliases().upstream}`;
      const code = await main(['sources', definitions, '--alias', alias, ...args], io);
      return { code, stdout };
    };
    const listed = await run();
    expect(listed.code).toBe(0);
    expect(listed.stdout).toMatch(
      /^alias +uses +repositories +url\nmine +1 +1 +\(not defined\)\nupstream +6 +2 +file:/,
    );
    const checked = await run('--check');
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain(
      `there; no branch or tag gone; at the end of no branch or tag: ${older}`,
    );
    expect(checked.stdout).toMatch(/upstream:zlib +1 {2}gone: /);
    const json = await run('--check', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 1, repositories: [{}, { answers: true }, {}] });
    expect((await run('--timeout', 'soon')).code).toBe(2);
  });
});
