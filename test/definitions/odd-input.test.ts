import { describe, expect, test } from 'vitest';
import { newestFormat } from '../../src/definitions/formats.js';
import { convert, renderDiagnostics, renderProject } from '../../src/index.js';
import { briefly, definitionsOf, SHA, valuesOf } from '../support/definitions.js';
import { chunk, found, named, stratum } from './support.js';

describe('unusual text', () => {
  test('a byte order mark is no part of the text', () => {
    const { strata, diagnostics, files } = definitionsOf({
      'strata/s.morph': `\ufeff${chunk('  colour: red\n')['strata/s.morph']}`,
    });
    expect(briefly(diagnostics)).toEqual([
      'unknown-field strata/s.morph:7:3 there is no field `colour` in a chunk entry',
    ]);
    expect(strata[0]).toMatchObject({ name: 's', at: { line: 1, column: 1 } });
    expect(files.get('strata/s.morph')?.startsWith('name: s')).toBe(true);
  });

  test('quoted texts may go on without indentation, as many as there are', () => {
    const text = `kind: chunk\ndescription: "a\n'b'"\nbuild-commands:\n- 'c\nd "e'\n- "f"\n`;
    const { diagnostics, files } = definitionsOf({
      ...chunk('  morph: strata/c.morph\n'),
      'strata/c.morph': text,
    });
    expect(diagnostics).toEqual([]);
    expect(files.get('strata/c.morph')).toBe(text);
    const { strata } = definitionsOf({ ...chunk('  morph: strata/c.morph\n'), 'strata/c.morph': text });
    expect(strata[0]!.chunks[0]).toMatchObject({ description: "a 'b'" });
    const commands = strata[0]!.chunks[0]!.commands.get('build-commands')!;
    expect(commands.map(({ text: command }) => command)).toEqual(['c d "e', 'f']);
    expect(commands.map(({ at }) => `${at.line}:${at.column}`)).toEqual(['5:3', '7:3']);
  });

  test.each([
    ['an item that is indented less than the one before', ' - install "a/b"\n- install "c/d"\n', 3],
    ['a line that has lost its indentation', '- cp "a" b\noff\n- cp "c" d\n', 3],
    ['a block whose text goes on further to the left', '- |\n    echo "a"\n b "c"\n', 4],
  ])('quotes within commands are none of YAML: %s stays an error', (_, commands, line) => {
    const { diagnostics } = definitionsOf({ 'strata/c.morph': `kind: chunk\nbuild-commands:\n${commands}` });
    expect(diagnostics[0]?.code).toBe('yaml-syntax');
    expect(diagnostics[0]?.place?.line).toBeGreaterThanOrEqual(line);
  });

  test('names that JavaScript knows of its own are names like others, also where options speak of chunks', () => {
    for (const name of ['constructor', 'toString', 'valueOf', 'hasOwnProperty']) {
      const definitions = definitionsOf(named(name));
      const { project, diagnostics } = convert(definitions, { chunkRefs: {}, buildSystems: {}, aliases: {} });
      expect(diagnostics.map(({ code }) => code)).toEqual(['source-servers']);
      const { content } = renderProject(project).get(`elements/strata/s/${name}.bst`)!;
      expect(content).toContain(`ref: ${SHA}`);
    }
  });

  test('lines that end with CRLF: the same values at the same places', () => {
    const text = `  build-commands:
  - |
    a
    b
  - "x
    y"
  - make # all
  - foo
    bar
  - >
    a
    b

    c
  max-jobs: [1]
  colour: red
`;
    const files = chunk(text);
    const windows = { 'strata/s.morph': files['strata/s.morph']!.replaceAll('\n', '\r\n') };
    expect(found(windows)).toEqual(found(files));
    expect(found(windows)).toContain('wrong-type strata/s.morph:21:13 `max-jobs` must be text, not a list');
    const valid = { 'strata/s.morph': windows['strata/s.morph'].replace('[1]', '1') };
    const commands = definitionsOf(valid).strata[0]!.chunks[0]!.commands.get('build-commands')!;
    // What PyYAML makes of it.
    expect(commands.map((each) => each.text)).toEqual(['a\nb\n', 'x y', 'make', 'foo bar', 'a b\nc\n']);
    expect(commands.map(({ at }) => at.line)).toEqual([8, 11, 13, 14, 16]);
    expect(commands[2]?.comments).toEqual([' all']);
  });

  test('control characters of the input do not reach a terminal', () => {
    const { diagnostics, files } = definitionsOf({
      ...stratum('"\\e[31m\\a": 1\n'),
      'x\x1b[2J.morph': 'kind: "\x07"\n',
    });
    const text = renderDiagnostics(diagnostics, files, { colour: false, limit: 10 });
    expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
    expect(text).toContain('there is no field `␛[31m␇` in a stratum');
    expect(text).toContain('x␛[2J.morph');
  });
});

describe('files with nothing in them', () => {
  test.each(['', '\n\n', '# only\n  # comments\n', '---\n', '~\n', '\ufeff'])('%j', (text) => {
    const [only, ...more] = found({ 'strata/s.morph': text });
    expect(only).toMatch(/^wrong-type strata\/s\.morph:1:\d the file is empty$/);
    expect(more).toEqual([]);
  });

  test('DEFAULTS: the built-in build systems', () => {
    const { defaults, diagnostics } = definitionsOf({ ...chunk(''), DEFAULTS: '# nothing yet\n' });
    expect(diagnostics).toEqual([]);
    expect([...defaults.buildSystems.keys()]).toContain('qmake');
  });

  test('VERSION: the newest format', () => {
    const { format, diagnostics } = definitionsOf({ ...chunk(''), VERSION: '\n' });
    expect(briefly(diagnostics)).toEqual([
      'unknown-format-version VERSION:1:1 there is no version (empty) of the definitions format',
    ]);
    expect(format).toBe(newestFormat);
  });
});

const nines = (name: string) => Array(9).fill(`*${name}`).join(', ');
const bomb = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [${nines(`a${i}`)}]\n`).join('');
const merges = Array.from({ length: 3000 }, (_, i) => `m${i + 1}: &m${i + 1} {<<: *m${i}, k${i}: 1}\n`);

describe('YAML that definitions cannot use', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'an alias without an anchor',
      chunk('  build-commands: *x\n'),
      ['7:19 nothing above is marked `&x`, which an alias stands for'],
    ],
    [
      'a merge without an anchor',
      chunk('  <<: *x\n'),
      ['7:7 nothing above is marked `&x`, which an alias stands for'],
    ],
    [
      'an alias inside of what it stands for',
      chunk('  build-commands: &x [*x]\n'),
      ['7:23 the alias *x is part of what it stands for'],
    ],
    [
      'a mapping merged into itself',
      stratum('chunks:\n- &x\n  name: c\n  <<: *x\n'),
      ['6:7 the alias *x is part of what it stands for'],
    ],
    ['a merge of a number', chunk('  <<: 3\n'), ['7:7 only mappings can be merged with `<<`']],
    ['a mapping as a key', chunk('  ? {a: b}\n  : c\n'), ['7:5 a key must be text']],
    [
      'a key that JavaScript treats specially',
      chunk('  __proto__: 1\n'),
      ['7:3 `__proto__` cannot be a key'],
    ],
    [
      'a list of pairs',
      chunk('  build-commands: !!omap [a: b]\n'),
      ['7:26 a list of pairs has no meaning in definitions'],
    ],
    [
      'tags that nobody knows',
      chunk('  build-commands: [!!python/none x, !y z]\n'),
      [
        '7:20 Unresolved tag: tag:yaml.org,2002:python/none, which definitions cannot use',
        '7:37 Unresolved tag: !y, which definitions cannot use',
      ],
    ],
    [
      'a tab as indentation',
      chunk('  build-commands:\n\t- a\n'),
      ['8:1 Tabs are not allowed as indentation'],
    ],
    [
      'several documents',
      chunk('---\nname: t\n'),
      ['7:1 the file holds several YAML documents, and only one is allowed'],
    ],
    [
      'lists in lists in lists',
      stratum(`description: ${'['.repeat(10_000)}`),
      ['3:113 the values are nested too deeply to be read'],
    ],
    [
      'mappings in mappings',
      stratum(`description: ${'{a: '.repeat(10_000)}${'}'.repeat(10_000)}\n`),
      ['3:407 the values are nested too deeply to be read'],
    ],
    [
      'a staircase of keys',
      { 'strata/s.morph': Array.from({ length: 10_000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('') },
      ['100:101 the values are nested too deeply to be read'],
    ],
    [
      'a billion laughs',
      stratum(`a0: &a0 [ha]\n${bomb}`),
      ['8:40 aliases repeat more values than can be read'],
    ],
    [
      'merges of merges',
      stratum(`m0: &m0 {k: 1}\n${merges.join('')}`),
      ['319:18 aliases repeat more values than can be read'],
    ],
  ])('%s', (_, files, wanted) => {
    // The processor's time: on a busy machine that of the clock says little.
    const started = process.cpuUsage();
    expect(found(files)).toEqual(wanted.map((each) => `yaml-syntax strata/s.morph:${each}`));
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });

  test.each(['<<<<<<< HEAD', '=======', '>>>>>>> theirs'])(
    'a marker that a merge left behind: %s',
    (line) => {
      expect(found(chunk(`${line}\n`))).toEqual([
        'merge-conflict strata/s.morph:7:1 there are markers of an unresolved merge conflict',
      ]);
    },
  );

  test('anchors and merges as real trees have them are read', () => {
    const { clusters, diagnostics } = definitionsOf({
      'c.morph':
        'kind: cluster\nsystems:\n- deploy:\n    a: &a {x: 1, y: 1}\n    b: {<<: [*a, {z: 3}], x: 2}\n',
    });
    expect(diagnostics).toEqual([]);
    expect(valuesOf(clusters[0]!.systems[0]!.deployments[1]!)).toEqual({ x: 2, y: 1, z: 3 });
  });
});

describe('values of other types', () => {
  test.each([
    ['prefix: !!binary aGVsbG8=', '7:20 `prefix` must be text, not binary data'],
    ['prefix: [/usr]', '7:11 `prefix` must be text, not a list'],
    ['max-jobs: {a: 1}', '7:13 `max-jobs` must be text, not a mapping'],
    ['build-commands: make', '7:19 `build-commands` must be a list, not text'],
    ['build-commands: [~]', '7:20 item 1 must be text, not empty'],
    ['build-commands:\n  -\n  - a', '8:4 item 1 must be text, not empty'],
    ['build-commands: [make, [a]]', '7:26 item 2 must be text, not a list'],
    ['build-commands: [{a: b}]', '7:20 item 1 must be text, not a mapping'],
    ['submodules: {a: b}', '7:19 `a` must be a mapping, not text'],
    ['build-depends: {a: b}', '7:18 `build-depends` must be a list, not a mapping'],
  ])('%s', (line, wanted) => {
    expect(found(chunk(`  ${line}\n`))).toEqual([`wrong-type strata/s.morph:${wanted}`]);
  });

  test('numbers, dates and truth values are text where text is due, as they are written', () => {
    const { strata, diagnostics } = definitionsOf(
      chunk('  prefix: 2015-01-02\n  build-commands: [0x1f, 1_000, 12:30:45, 2001-01-01, .inf, 1e3]\n'),
    );
    expect(diagnostics).toEqual([]);
    const [read] = strata[0]!.chunks;
    expect(read?.prefix?.text).toBe('2015-01-02');
    const texts = read?.commands.get('build-commands')?.map(({ text }) => text);
    expect(texts).toEqual(['0x1f', '1_000', '12:30:45', '2001-01-01', '.inf', '1e3']);
  });

  test('an architecture that is empty, and ones that JavaScript knows', () => {
    const system = (arch: string) => ({ 'systems/x.morph': `kind: system\narch: ${arch}\n` });
    expect(found(system("''"))).toEqual(['missing-field systems/x.morph:2:7 `arch` is empty']);
    for (const arch of ['constructor', 'valueOf']) {
      const { diagnostics } = convert(definitionsOf(system(arch)));
      expect(briefly(diagnostics)).toEqual([
        `unknown-architecture systems/x.morph:2:7 Baserock knows no architecture \`${arch}\``,
      ]);
    }
    expect(briefly(convert(definitionsOf(system(`'a"b'`))).diagnostics)).toEqual([
      'bad-name systems/x.morph:2:7 no architecture can have the name "a\\"b"',
    ]);
  });
});

describe('what would be lost', () => {
  test('rules without a name, in DEFAULTS or in a chunk, and fields that rules do not have', () => {
    const rules = `split-rules:
  chunks: []
  stratums: []
  chunk:
  - {artifact: -bins, include: [a], inclued: [b]}
  - {artifact: '', include: [a]}
`;
    expect(
      found({
        DEFAULTS: rules,
        ...chunk("  products: [{artifact: '', include: [x]}]\n  build-system: cmake\n"),
      }),
    ).toEqual([
      'unknown-field DEFAULTS:2:3 there is no field `chunks` in split rules',
      'unknown-field DEFAULTS:3:3 there is no field `stratums` in split rules',
      'unknown-field DEFAULTS:5:37 there is no field `inclued` in a product',
      'wrong-type DEFAULTS:6:16 `artifact` must be text, not empty',
      'wrong-type strata/s.morph:7:25 `artifact` must be text, not empty',
    ]);
  });

  test('a submodule without a URL, and a description that another one takes precedence over', () => {
    expect(found(chunk("  submodules: {a: {url: ''}}\n"))).toEqual([
      'wrong-type strata/s.morph:7:25 `url` must be text, not empty',
    ]);
    const files = {
      ...chunk('  morph: strata/c.morph\n  description: a\n'),
      'strata/c.morph': 'description: b\n',
    };
    expect(found(files)).toEqual([
      'overridden-field strata/c.morph:1:1 `description` is given in strata/s.morph (line 8) too, and that counts',
    ]);
  });
});
