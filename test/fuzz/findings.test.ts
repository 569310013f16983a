import { describe, expect, test } from 'vitest';

import { briefly, converted, definitionsOf, oneChunk, SHA } from '../support/definitions.js';

/** What fuzzing has found, in its smallest form. */
describe('found by fuzzing', () => {
  test('an error at the end of a file has its place in the file', () => {
    const text = 'kind: system\narch: [x86_64';
    const [only] = definitionsOf({ 'a.morph': text }).diagnostics;
    expect(only).toMatchObject({ code: 'yaml-syntax', place: { line: 2, endLine: 2 } });
    expect(only!.place!.endColumn).toBeLessThanOrEqual(14);
  });

  test('what follows quoted text on its last line is where it stands', () => {
    const { diagnostics } = definitionsOf({
      'a.morph': '{kind: chunk, description: "one\ntwo", colour: red}\n',
    });
    expect(briefly(diagnostics)).toEqual([
      'unused-definition a.morph:1:1 no stratum lists this chunk',
      'unknown-field a.morph:2:7 there is no field `colour` in a chunk',
    ]);
  });

  test('a chunk that depends on itself and has something to integrate', () => {
    const files = oneChunk('build-depends: [c]\nsystem-integration: {c-misc: {00-x: [ldconfig]}}\n');
    const system = 'kind: system\narch: x86_64\nstrata:\n- morph: strata/s.morph\n';
    const { diagnostics } = converted({ ...files, 'systems/x.morph': system });
    expect(briefly(diagnostics)).toContain(
      'dependency-cycle strata/s.morph:6:3 the dependencies go in a circle: `c` → `c`',
    );
  });

  test('a system with a manifest whose name has a backslash in it', () => {
    const { files } = converted({ 'a\\b.morph': 'kind: system\narch: x86_64\n' }, { manifest: true });
    expect([...files.keys()].filter((path) => path.includes('\\'))).toEqual([]);
    expect([...files.keys()]).toContain('files/manifests/a~5c~b/baserock/manifest.json');
  });

  test('a stratum that would become a folder of git’s', () => {
    const { diagnostics } = converted({ '.GIT.morph': 'kind: stratum\nchunks: []\n' });
    expect(briefly(diagnostics)).toEqual([
      'bad-name .GIT.morph:1:1 a stratum cannot have the name ".GIT": it belongs to git',
    ]);
  });

  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])('%s is no more than a name', (name) => {
    const { diagnostics, project } = converted({
      ...oneChunk(`build-system: ${name}\n`, `${name}: 1\nkind: chunk\nname: ${name}\n`),
      DEFAULTS: `build-systems:\n  ${name}:\n    build-commands: [make]\n`,
    });
    expect(briefly(diagnostics)).toEqual([
      `unknown-field strata/s/c.morph:1:1 there is no field \`${name}\` in a chunk`,
    ]);
    expect(project.element('strata/s/c.bst')['(@)']).toBe(`include/build-systems/${name}.yml`);
  });

  test('characters that end a comment, or that no file can hold, in what becomes one', () => {
    const chunk = `- {name: "\\ud800", repo: 'upstream:c', ref: ${SHA}, system-integration: {a: {b: [make]}}}\n`;
    const { files } = converted(
      {
        'strata/s.morph': `kind: stratum\n# a\u2028kind: b\x85c\rd\ndescription: s\nchunks:\n${chunk}`,
        'x.morph': 'kind: system\narch: x86_64\nstrata: [{morph: strata/s.morph}]\n',
      },
      { integration: 'system' },
    );
    expect(files.get('elements/strata/s.bst')?.content).toContain('# a\ufffdkind: b\ufffdc');
    expect(files.get('elements/x/integration.bst')?.content).toContain('# b of \ufffd (strata/s)');
  });

  test('build systems whose names look alike once they are escaped', () => {
    const names = ['a:', 'a~3a', 'a~3a~', 'a/', 'a\\\\'];
    const chunks = names.map(
      (name, i) => `- {name: c${i}, repo: 'upstream:c', ref: ${SHA}, build-system: "${name}"}\n`,
    );
    const { files } = converted({
      'strata/s.morph': `kind: stratum\nchunks:\n${chunks.join('')}`,
      DEFAULTS: `build-systems:\n${names.map((name) => `  "${name}": {}\n`).join('')}`,
    });
    const includes = [...files.keys()].filter((path) => /^include\/(?!sysroot)/.test(path));
    expect(new Set(includes).size).toBe(names.length);
  });
});
