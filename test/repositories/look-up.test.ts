import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detectBuildSystems, resolveRefs } from '../../src/index.js';
import { briefly, definitionsOf } from '../support/definitions.js';

let folder: string;
const commits = new Map<string, string>();

/** Mirrors called as people call them, each with one commit of one file on master, tagged v1. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-mirrors-'));
  const mirrors = {
    bash: 'configure.ac',
    'upstream/json-c': 'CMakeLists.txt',
    'git___git_baserock_org_delta_qtpass.git': 'QtPass.pro',
    scripts: 'README',
  };
  for (const [name, file] of Object.entries(mirrors)) {
    const mirror = join(folder, name);
    mkdirSync(mirror, { recursive: true });
    writeFileSync(join(mirror, file), '');
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', mirror, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        encoding: 'utf8',
      }).trim();
    git('init', '--quiet', '--initial-branch=master');
    git('add', '.');
    git('commit', '--quiet', '-m', name);
    git('tag', '-a', '-m', 'v1', 'v1');
    commits.set(name, git('rev-parse', 'HEAD'));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stratum = (chunks: Record<string, string>) => ({
  'strata/core.morph': `name: core\nkind: stratum\nchunks:\n${Object.entries(chunks)
    .map(([name, ref]) => `- {name: ${name}, repo: 'upstream:${name}', ref: '${ref}'}\n`)
    .join('')}`,
});

test('build systems are found out by the files of the sources, wherever the mirror is', async () => {
  const definitions = definitionsOf(
    stratum({ bash: 'master', 'json-c': 'v1', qtpass: 'master', scripts: 'master', gone: 'master' }),
  );
  expect(await detectBuildSystems(definitions, folder)).toEqual({
    buildSystems: {
      'strata/core/bash': 'autotools',
      'strata/core/json-c': 'cmake',
      'strata/core/qtpass': 'qmake',
      'strata/core/scripts': 'manual',
    },
    diagnostics: [],
  });
});

test('a folder that is not there, or has no mirror of what is looked for, is an error', async () => {
  const definitions = definitionsOf(stratum({ bash: 'master', gone: 'master' }));
  const told = async (directory: string) => {
    const { buildSystems, diagnostics } = await detectBuildSystems(definitions, directory);
    expect(buildSystems).toEqual({});
    return briefly(diagnostics).map((line) => line.replace(folder, ''));
  };
  expect(await told(join(folder, 'nowhere'))).toEqual([
    'bad-option there is no folder /nowhere of git mirrors',
  ]);
  expect(await told(join(folder, 'upstream'))).toEqual([
    'bad-option /upstream has no mirror of a chunk that names no build system',
  ]);
  const named = definitionsOf(stratum({}));
  expect((await detectBuildSystems(named, join(folder, 'upstream'))).diagnostics).toEqual([]);
});

test('branches and annotated tags are looked up, and what is not there is reported', async () => {
  const definitions = definitionsOf({
    ...stratum({ bash: 'master', scripts: 'v1', gone: 'v2' }),
    'strata/more.morph': 'name: more\nkind: stratum\nchunks:\n- {name: a, repo: "upstream:bash", ref: v9}\n',
  });
  const { refs, diagnostics } = await resolveRefs(definitions, { upstream: `file://${folder}/` });
  expect(Object.fromEntries(refs)).toEqual({
    'upstream:bash master': commits.get('bash'),
    'upstream:scripts v1': commits.get('scripts'),
  });
  const told = briefly(diagnostics)
    .map((line) => line.replaceAll(folder, ''))
    .sort();
  expect(told).toEqual([
    expect.stringMatching(
      /^unresolved-ref strata\/core\.morph:6:44 `v2` cannot be looked up in upstream:gone: '\/gone' does not /,
    ),
    'unresolved-ref strata/more.morph:4:41 `v9` was not found in upstream:bash',
  ]);
});

test('without git, that is what is told', async () => {
  const path = process.env.PATH;
  process.env.PATH = folder;
  try {
    const { diagnostics } = await resolveRefs(definitionsOf(stratum({ bash: 'master' })));
    expect(briefly(diagnostics)).toEqual([
      'unresolved-ref strata/core.morph:4:44 `master` cannot be looked up in upstream:bash: git is not installed',
    ]);
  } finally {
    process.env.PATH = path;
  }
});
