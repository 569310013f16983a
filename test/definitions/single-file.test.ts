import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { convert, loadDefinitions, type Project, renderProject } from '../../src/index.js';
import { briefly, definitionsOf, SHA } from '../support/definitions.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-single-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A tree, and the same as one file in ybd's own form: paths as keys and everywhere names were. */
const tree = {
  'clusters/c.morph':
    'name: c\nkind: cluster\nsystems:\n- morph: systems/s.morph\n  deploy: {a: {type: tar}}\n',
  'strata/a.morph': `name: a\nkind: stratum\nchunks:\n- {name: g, repo: 'upstream:g', ref: ${SHA}, build-mode: bootstrap}\n`,
  'strata/b.morph': `name: b
kind: stratum
build-depends:
- morph: strata/a.morph
chunks:
- name: c
  morph: strata/b/c.morph
  repo: upstream:c
  ref: ${SHA}
  unpetrify-ref: 0.30
- name: d
  repo: upstream:d
  ref: ${SHA}
  build-system: cmake
  build-depends: [c]
`,
  'strata/b/c.morph': 'name: c\nkind: chunk\nbuild-commands:\n- make\n- |\n  a\n  b\nmax-jobs: 1\n',
  'systems/s.morph':
    'name: s\nkind: system\narch: x86_64\nstrata:\n- morph: strata/a.morph\n- morph: strata/b.morph\n  artifacts: [b-runtime]\n',
};
const single = `clusters/c:
  kind: cluster
  name: c
  path: clusters/c
  systems:
  - {deploy: {a: {type: tar}}, name: systems/s, path: systems/s}
strata/a:
  contents: [{strata/a/g: []}]
  kind: stratum
  name: a
  path: strata/a
strata/a/g: {build-mode: bootstrap, name: g, path: strata/a/g, ref: ${SHA}, repo: 'upstream:g', build-depends: []}
strata/b:
  build-depends: [strata/a]
  contents: [{strata/b/c: []}, {strata/b/d: []}]
  kind: stratum
  name: b
  path: strata/b
strata/b/c:
  build-commands: [make, "a\\nb\\n"]
  build-depends: [strata/a]
  kind: chunk
  max-jobs: 1
  name: c
  path: strata/b/c
  ref: ${SHA}
  repo: upstream:c
  unpetrify-ref: 0.30
strata/b/d:
  build-depends: [strata/a, strata/b/c]
  build-system: cmake
  name: d
  path: strata/b/d
  ref: ${SHA}
  repo: upstream:d
systems/s:
  arch: x86_64
  contents: [{strata/a: []}, {strata/b: [b-runtime]}]
  kind: system
  name: s
  path: systems/s
`;

const save = (text: string, name = 'target.yml') => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('one file in which ybd saved definitions is converted to what the tree is', async () => {
  const definitions = await loadDefinitions(save(single));
  const wanted = definitionsOf(tree);
  expect(definitions.diagnostics).toEqual([]);
  expect(definitions.clusters[0]?.systems[0]?.system?.name).toBe('s');
  const result = convert(definitions);
  const expected = convert(wanted);
  // Lines come from other lines: those of the one file.
  const contents = (project: Project) =>
    [...renderProject(project)].map(([path, { content, executable }]) => [path, content, executable]);
  expect(contents(result.project)).toEqual(contents(expected.project));
  const told = (diagnostics: typeof result.diagnostics) =>
    diagnostics.map(({ code, message }) => [code, message]);
  expect(told(result.diagnostics)).toEqual(told(expected.diagnostics));
});

test('a list of definitions with their paths is read too, and DEFAULTS beside the file', async () => {
  save('build-systems:\n  cmake: {build-commands: [ninja]}\n', 'DEFAULTS');
  const list = `- {path: strata/b, kind: stratum, contents: [strata/b/c]}
- {path: strata/b/c, repo: 'upstream:c', ref: ${SHA}, build-system: cmake}
`;
  const { strata, defaults, diagnostics } = await loadDefinitions(save(list));
  expect(diagnostics).toEqual([]);
  expect(strata.map(({ path, chunks }) => [path, chunks.map(({ name }) => name)])).toEqual([
    ['strata/b', ['c']],
  ]);
  expect([...defaults.buildSystems.keys()]).toEqual(['cmake']);
});

test('what has no meaning in it is reported, and hides nothing else', async () => {
  const odd = `strata/a:
  kind: stratum
  build-depends: [strata/b]
  contents: [true, [x], {strata/a/c: []}, strata/a/d]
strata/a/c: {repo: 'upstream:c', ref: ${SHA}, build-depends: [strata/a/d, strata/b, strata/gone, strata/b/x]}
strata/a/d: {repo: 'upstream:d', ref: ${SHA}, build-depends: strata/b}
strata/b: {kind: stratum, contents: [strata/b/x]}
strata/b/x: {repo: 'upstream:x', ref: ${SHA}}
strata/q: 5
`;
  const { diagnostics, strata } = await loadDefinitions(save(odd));
  expect(briefly(diagnostics)).toEqual([
    'missing-chunk strata/a.morph:9:9 `c` depends on `strata/gone`, which its stratum does not list',
    'missing-chunk strata/a.morph:10:9 `c` depends on `strata/b/x`, which its stratum does not list',
    'wrong-type target.yml:4:14 item 1 of `contents` must be the path of a definition',
    'wrong-type target.yml:4:20 item 2 of `contents` must be the path of a definition',
    'wrong-type target.yml:6:96 `build-depends` must be a list',
    'wrong-type target.yml:9:11 `strata/q` must be a mapping to be a definition',
  ]);
  expect(strata[0]!.chunks.map(({ name }) => name)).toEqual(['c', 'd']);
  const list = await loadDefinitions(
    save('- {path: strata/a, kind: stratum, contents: []}\n- {kind: chunk}\n'),
  );
  expect(briefly(list.diagnostics)).toEqual(['missing-field target.yml:2:3 `path` is missing']);
});

test('a file beside it that cannot be read is the one that is named', async () => {
  writeFileSync(join(folder, 'DEFAULTS'), Buffer.from('caf\xe9: {}', 'latin1'));
  const { diagnostics, strata } = await loadDefinitions(save(single));
  expect(briefly(diagnostics)).toEqual([
    'unreadable-file DEFAULTS:1:1 DEFAULTS cannot be read: it is not UTF-8 text',
  ]);
  expect(strata).toHaveLength(2);
});

test('another YAML file, one that is broken, and one that is not UTF-8', async () => {
  const other = await loadDefinitions(save('a: 1\nb: {c: 2}\n'));
  expect(briefly(other.diagnostics)).toEqual([
    'no-definitions target.yml is neither a folder nor a file in which ybd saved definitions',
  ]);
  const broken = await loadDefinitions(save('strata/a: [\n'));
  expect(briefly(broken.diagnostics)).toEqual([
    expect.stringMatching(/^yaml-syntax target\.yml:\d:\d Flow sequence/),
  ]);
  writeFileSync(join(folder, 'target.yml'), Buffer.from('caf\xe9: {}', 'latin1'));
  const latin = await loadDefinitions(join(folder, 'target.yml'));
  expect(briefly(latin.diagnostics)).toEqual([
    'unreadable-file target.yml:1:1 target.yml cannot be read: it is not UTF-8 text',
  ]);
});
