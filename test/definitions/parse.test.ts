import { describe, expect, test } from 'vitest';
import { fieldsSince, newestFormat } from '../../src/definitions/formats.js';
import { briefly, definitionsOf, SHA, valuesOf } from '../support/definitions.js';

const stratum = (rest: string) => ({ 'strata/s.morph': `name: s\nkind: stratum\n${rest}` });
const chunk = (rest: string) => stratum(`chunks:\n- name: c\n  repo: upstream:c\n  ref: ${SHA}\n${rest}`);

describe('reading definitions', () => {
  test.each([
    ['0.30', '0.30'],
    ['1_23_1', '1_23_1'],
    ['230', '230'],
    ['yes', 'yes'],
    ['2015-03-01', '2015-03-01'],
    ['1e5', '1e5'],
    ['e12', 'e12'],
    ['.inf', '.inf'],
    ['0123', '0123'],
    ["'0.30'", '0.30'],
    ['"a\\tb"', 'a\tb'],
  ])('unpetrify-ref: %s is text', (written, meant) => {
    const { strata, diagnostics } = definitionsOf(chunk(`  unpetrify-ref: ${written}\n`));
    expect(diagnostics).toEqual([]);
    expect(strata[0]?.chunks[0]?.unpetrifyRef?.text).toBe(meant);
  });

  test('sha overrides ref, and the entry of a stratum overrides the chunk’s own file', () => {
    const { strata, diagnostics } = definitionsOf({
      ...chunk(`  sha: ${'b'.repeat(40)}\n  morph: strata/s/c.morph\n  build-system: cmake\n`),
      'strata/s/c.morph': 'name: other\nkind: chunk\nbuild-system: autotools\nmax-jobs: 1\n',
    });
    expect(briefly(diagnostics)).toEqual([
      'overridden-field strata/s/c.morph:3:1 `build-system` is given in strata/s.morph (line 9) too, and that counts',
    ]);
    const [read] = strata[0]!.chunks;
    expect(read).toMatchObject({ name: 'c', file: 'strata/s/c.morph' });
    expect(read?.ref?.text).toBe('b'.repeat(40));
    expect(read?.buildSystem?.text).toBe('cmake');
    expect(read?.maxJobs?.text).toBe('1');
  });

  test('booleans among commands are words, and merge keys merge', () => {
    const { strata, clusters, diagnostics } = definitionsOf({
      ...chunk('  build-commands:\n  - true\n  - no\n  - make\n'),
      'clusters/c.morph': `name: c
kind: cluster
systems:
- morph: systems/x.morph
  deploy:
    a: &a
      type: tar
      AUTOSTART: yes
    b:
      <<: *a
      type: rawdisk
`,
      'systems/x.morph': 'name: x\nkind: system\narch: x86_64\nstrata:\n- morph: strata/s.morph\n',
    });
    expect(diagnostics).toEqual([]);
    const commands = strata[0]!.chunks[0]!.commands.get('build-commands')!;
    expect(commands.map(({ text }) => text)).toEqual(['true', 'false', 'make']);
    const [a, b] = clusters[0]!.systems[0]!.deployments;
    expect(valuesOf(a!)).toEqual({ type: 'tar', AUTOSTART: true });
    expect(valuesOf(b!)).toEqual({ type: 'rawdisk', AUTOSTART: true });
  });

  test('a chunk needs no kind, and quoted text may go on without indentation as PyYAML lets it', () => {
    const { strata, diagnostics } = definitionsOf({
      ...chunk('  morph: strata/s/c.morph\n'),
      'strata/s/c.morph': 'name: c\ndescription: "one\ntwo: # three"\nmax-jobs: 1\n',
    });
    expect(diagnostics).toEqual([]);
    expect(strata[0]!.chunks[0]).toMatchObject({ description: 'one two: # three' });
    expect(strata[0]!.chunks[0]!.maxJobs?.at).toMatchObject({
      file: 'strata/s/c.morph',
      line: 4,
      column: 11,
    });
  });

  test('a flat tree names files without path and suffix', () => {
    const { strata, systems, diagnostics } = definitionsOf({
      'flat/core.morph': 'name: core\nkind: stratum\nchunks: []\n',
      'flat/x.morph':
        'name: x\nkind: system\narch: x86_64\nstrata:\n- morph: core\n  repo: null\n  ref: null\n',
    });
    expect(diagnostics).toEqual([]);
    expect(systems[0]!.strata[0]!.stratum).toBe(strata[0]);
  });

  test('a flat tree: suffixes, links between all kinds, and a name that two files have', () => {
    const { strata, systems, clusters, diagnostics } = definitionsOf({
      'release.morph': 'kind: cluster\nsystems:\n- morph: x\n',
      'x.morph': 'kind: system\narch: x86_64\nstrata:\n- morph: core\n- morph: tools.def\n- morph: two\n',
      'core.morph': 'kind: stratum\nchunks:\n- {name: c, morph: c, repo: upstream:c, ref: master}\n',
      'tools.def': 'kind: stratum\nbuild-depends: [core]\nchunks: []\n',
      'c.morph': 'kind: chunk\nmax-jobs: 1\n',
      'a/two.morph': 'kind: stratum\n',
      'b/two.morph': 'kind: stratum\n',
    });
    expect(briefly(diagnostics)).toEqual([
      'missing-definition x.morph:6:10 two could be a/two.morph or b/two.morph',
    ]);
    expect(clusters[0]?.systems[0]?.system).toBe(systems[0]);
    expect(systems[0]?.strata.map(({ stratum }) => stratum.path)).toEqual(['core', 'tools']);
    const core = strata.find(({ path }) => path === 'core')!;
    expect(core.chunks[0]?.maxJobs?.text).toBe('1');
    expect(strata.find(({ path }) => path === 'tools')?.buildDepends[0]?.stratum).toBe(core);
  });

  const versions = [undefined, ...Array(newestFormat + 1).keys()];
  test.each(versions)('format %s: what a stratum may say', (version) => {
    const fields = [
      { field: 'build-system', value: 'cmake', since: 7 },
      { field: 'submodules', value: '{a: {url: upstream:a}}', since: 8 },
    ];
    expect(fields.map(({ field, since }) => [field, since])).toEqual([...fieldsSince]);
    const { format, diagnostics } = definitionsOf({
      ...chunk(fields.map(({ field, value }) => `  ${field}: ${value}\n`).join('')),
      ...(version === undefined ? {} : { VERSION: `version: ${version}\n` }),
    });
    expect(format).toBe(version);
    const newer = fields.flatMap(({ field, since }, index) =>
      (version ?? since) < since
        ? [
            `field-newer-than-format strata/s.morph:${7 + index}:3 version ${version} of the definitions format has no \`${field}\` in a stratum`,
          ]
        : [],
    );
    expect(briefly(diagnostics)).toEqual(newer);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['nothing', {}, ['no-definitions there are no definitions (`.morph` files) here']],
    [
      'merge-conflict markers, and the faults of other files all the same',
      {
        'strata/a.morph':
          'name: a\nkind: stratum\n<<<<<<< ours\ndescription: x\n=======\ndescription: y\n>>>>>>> theirs\n',
        'strata/b.morph': 'name: b\nkind: stratum\nchunks: 3\n',
      },
      [
        'merge-conflict strata/a.morph:3:1 there are markers of an unresolved merge conflict',
        'wrong-type strata/b.morph:3:9 `chunks` must be a list, not a number',
      ],
    ],
    [
      'a key given twice: the last one counts',
      stratum('description: a\ndescription: b\n'),
      ['duplicate-key strata/s.morph:4:1 `description` is given twice, first in line 3'],
    ],
    [
      'a misspelt field, and one that is nothing',
      chunk('  unpretrify-ref: master\n  colour: red\n'),
      [
        'unknown-field strata/s.morph:7:3 there is no field `unpretrify-ref` in a chunk entry',
        'unknown-field strata/s.morph:8:3 there is no field `colour` in a chunk entry',
      ],
    ],
    [
      'an unknown kind',
      { 'x.morph': 'name: x\nkind: thing\n' },
      ['unknown-kind x.morph:2:7 there is no kind `thing`'],
    ],
    [
      'references that lead nowhere, out of the tree, or to another kind',
      {
        'systems/x.morph': `name: x
kind: system
arch: x86_64
strata:
- morph: strata/none.morph
- morph: ../other/strata/s.morph
- morph: /etc/passwd
- morph: systems/x.morph
- name:
`,
      },
      [
        'missing-definition systems/x.morph:5:10 there is no stratum file strata/none.morph',
        'outside-tree systems/x.morph:6:10 ../other/strata/s.morph leads out of the definitions',
        'outside-tree systems/x.morph:7:10 /etc/passwd leads out of the definitions',
        'wrong-kind systems/x.morph:8:10 systems/x.morph is not a stratum',
        'missing-field systems/x.morph:9:3 a reference to a stratum needs `morph`',
      ],
    ],
    [
      'a chunk listed twice, an unknown sibling, and a chunk without a name',
      stratum(`chunks:
- {name: c, repo: 'upstream:c', ref: ${SHA}, build-depends: [d]}
- {name: c, repo: 'upstream:c', ref: ${SHA}}
- {repo: 'upstream:e'}
`),
      [
        'missing-chunk strata/s.morph:4:96 `c` depends on `d`, which its stratum does not list',
        'duplicate-chunk strata/s.morph:5:3 the stratum lists `c` twice, first in line 4',
        'missing-field strata/s.morph:6:3 a chunk needs a `name`',
      ],
    ],
    [
      'circles of chunks and of strata',
      {
        'strata/a.morph': `name: a
kind: stratum
build-depends:
- morph: strata/b.morph
chunks:
- {name: c, build-depends: [d]}
- {name: d, build-depends: [c]}
`,
        'strata/b.morph': 'name: b\nkind: stratum\nbuild-depends:\n- morph: strata/a.morph\n',
      },
      [
        'dependency-cycle strata/a.morph:4:10 the dependencies go in a circle: `strata/a` → `strata/b` → `strata/a`',
        'dependency-cycle strata/a.morph:6:3 the dependencies go in a circle: `c` → `d` → `c`',
      ],
    ],
    [
      'a missing chunk file, an ignored one and an unused one',
      {
        ...chunk('  morph: strata/s/none.morph\n- name: e\n  repo: upstream:e\n  ref: master\n'),
        'strata/s/e.morph': 'name: e\nkind: chunk\n',
        'strata/s/f.morph': 'name: f\nkind: chunk\n',
      },
      [
        'unused-definition strata/s/f.morph:1:1 no stratum lists this chunk',
        'missing-chunk-file strata/s.morph:7:10 there is no chunk file strata/s/none.morph',
        'ignored-chunk-file strata/s.morph:8:9 `e` has no `morph:`, so strata/s/e.morph is ignored',
      ].sort((a, b) => (a.split(' ')[1]! < b.split(' ')[1]! ? -1 : 1)),
    ],
    [
      'a format version that does not exist, and fields that one did not have',
      { VERSION: 'version: 42\n', ...stratum('') },
      ['unknown-format-version VERSION:1:10 there is no version 42 of the definitions format'],
    ],
    [
      'fields that a format version did not have',
      { VERSION: 'version: 3\n', ...chunk('  build-system: cmake\n') },
      [
        'field-newer-than-format strata/s.morph:7:3 version 3 of the definitions format has no `build-system` in a stratum',
      ],
    ],
  ])('reports %s', (_, files, wanted) => {
    expect(briefly(definitionsOf(files).diagnostics)).toEqual(wanted);
  });

  test('a misspelt field whose meaning is certain takes effect', () => {
    const { strata } = definitionsOf(chunk('  unpretrify-ref: master\n'));
    expect(strata[0]!.chunks[0]!.unpetrifyRef?.text).toBe('master');
  });
});
