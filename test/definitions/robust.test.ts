import { describe, expect, test } from 'vitest';
import { newestFormat } from '../../src/definitions/formats.js';
import { convert, hasErrors, renderDiagnostics, renderProject } from '../../src/index.js';
import { briefly, definitionsOf, SHA, valuesOf } from '../support/definitions.js';

const stratum = (rest: string) => ({ 'strata/s.morph': `name: s\nkind: stratum\n${rest}` });
const chunk = (rest: string) => stratum(`chunks:\n- name: c\n  repo: upstream:c\n  ref: ${SHA}\n${rest}`);
const named = (name: string) =>
  stratum(
    `chunks:\n- name: ${JSON.stringify(name)}\n  repo: upstream:c\n  ref: ${SHA}\n  build-system: cmake\n`,
  );
const found = (files: Record<string, string>) => briefly(definitionsOf(files).diagnostics);

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

describe('names', () => {
  const converted = (files: Record<string, string>) => {
    const { project, diagnostics, isUsable } = convert(definitionsOf(files));
    const elements = project.elements.map(({ path }) => path).filter((path) => path !== 'strata/s.bst');
    return { elements: isUsable ? elements : undefined, told: briefly(diagnostics) };
  };

  test.each([
    ['..', '"..": it means a folder'],
    ['.', '".": it means a folder'],
    ['a\0b', '"a\\u0000b": it has control characters in it'],
    ['a\nb', '"a\\nb": it has control characters in it'],
    ['.git', '".git": it belongs to git'],
    ['x'.repeat(300), `"${'x'.repeat(60)}…": it is too long for a file`],
    ['é'.repeat(70), `"${'é'.repeat(60)}…": it is too long for a file`],
  ])('%j is refused', (name, said) => {
    const { elements, told } = converted(named(name));
    expect(told).toEqual([`bad-name strata/s.morph:4:3 a chunk cannot have the name ${said}`]);
    expect(elements).toBeUndefined();
  });

  test.each([
    ['../x', '..~2f~x'],
    ['/etc/passwd', '~2f~etc~2f~passwd'],
    ['a\\b', 'a~5c~b'],
    ['a:b', 'a~3a~b'],
    ['é', '~e9~'],
    ['~2f~', '~7e~2f~7e~'],
  ])('%j is changed so that it stays in its folder', (name, written) => {
    const { elements, told } = converted(named(name));
    expect(elements).toEqual([`strata/s/${written}.bst`]);
    expect(told).toEqual([
      `changed-name strata/s.morph:4:3 the element of ${JSON.stringify(name)} is strata/s/${written}.bst`,
    ]);
  });

  test.each(['base', 'base.bst', 'project.conf', 'build-deps', 'a.', 'con', 'constructor', 'toString', '-x'])(
    '%j is as good as any',
    (name) => {
      expect(converted(named(name))).toEqual({ elements: [`strata/s/${name}.bst`], told: [] });
    },
  );

  test('files of the base are taken, and what every stratum has is too', () => {
    const based =
      'kind: stratum\nchunks:\n- {name: g, repo: upstream:g, ref: master, build-mode: bootstrap}\n';
    const taken = converted({
      'strata/b.morph': based,
      'base.morph': 'kind: stratum\nchunks: []\n',
      'base/system-marker.morph': 'kind: system\narch: x86_64\n',
      'strata/s.morph': `kind: stratum\nbuild-depends: [strata/b.morph]\nchunks:\n- {name: build-deps, repo: 'upstream:x', ref: ${SHA}, build-system: cmake}\n`,
    });
    expect(taken.told).toEqual([
      'name-collision base.morph:1:1 base.bst would be the file of this and of the base',
      'name-collision base/system-marker.morph:1:1 base/system-marker.bst would be the file of this and of the base',
      'name-collision strata/s.morph:4:3 strata/s/build-deps.bst would be the file of this and of strata/s.morph (line 1)',
    ]);
  });

  test('files whose own names are odd', () => {
    const system = 'kind: system\narch: x86_64\n';
    expect(converted({ 'systems/a\nb.morph': system }).told).toEqual([
      'bad-name systems/a\nb.morph:1:1 a system cannot have the name "systems/a\\nb": it has control characters in it',
    ]);
    expect(converted({ '.morph': system }).told).toEqual([
      'bad-name .morph:1:1 a system cannot have the name "": it is empty',
    ]);
    expect(converted({ 'a\\b.morph': system })).toEqual({
      elements: ['a~5c~b.bst'],
      told: ['changed-name a\\b.morph:1:1 the element of "a\\\\b" is a~5c~b.bst'],
    });
    expect(found({ '../x.morph': system, '/x.morph': system, 'a//x.morph': system })).toEqual([
      'no-definitions there are no definitions (`.morph` files) here',
      'outside-tree ../x.morph:1:1 ../x.morph is not below the root of the definitions',
      'outside-tree /x.morph:1:1 /x.morph is not below the root of the definitions',
      'outside-tree a//x.morph:1:1 a//x.morph is not below the root of the definitions',
    ]);
  });

  test('build systems of DEFAULTS', () => {
    const files = { ...chunk(''), DEFAULTS: 'build-systems:\n  ..: {}\n  a/b: {}\n' };
    expect(converted(files).told).toEqual([
      'bad-name DEFAULTS:1:1 a build system cannot have the name "..": it means a folder',
    ]);
  });
});

describe('paths in `morph:`', () => {
  test.each([
    ['/etc/x.morph', 'outside-tree', '/etc/x.morph leads out of the definitions'],
    ['../x.morph', 'outside-tree', '../x.morph leads out of the definitions'],
    ['a/../../x.morph', 'outside-tree', 'a/../../x.morph leads out of the definitions'],
    ['"a\\0.morph"', 'missing-chunk-file', 'there is no chunk file a\0.morph'],
    ['strata', 'missing-chunk-file', 'there is no chunk file strata'],
  ])('%s', (morph, code, message) => {
    expect(found(chunk(`  morph: ${morph}\n`))).toEqual([`${code} strata/s.morph:7:10 ${message}`]);
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

describe('circles', () => {
  const many = 5000;
  const entries = (first: string) =>
    Array.from({ length: many }, (_, i) => `- {name: c${i}, build-depends: [${i ? `c${i - 1}` : first}]}\n`);

  test('a chunk that depends on itself, and a stratum that does', () => {
    expect(found(chunk('  build-depends: [c]\n'))).toEqual([
      'dependency-cycle strata/s.morph:4:3 the dependencies go in a circle: `c` → `c`',
    ]);
    expect(found(stratum('build-depends:\n- morph: strata/s.morph\n'))).toEqual([
      'dependency-cycle strata/s.morph:4:10 the dependencies go in a circle: `strata/s` → `strata/s`',
    ]);
  });

  test('of three, with something before and after: just the circle is named', () => {
    const chunks = entry('a', 'b') + entry('b', 'c') + entry('c', 'd, e') + entry('d', 'b') + entry('e', '');
    expect(found(stratum(`chunks:\n${chunks}`))).toEqual([
      'dependency-cycle strata/s.morph:5:3 the dependencies go in a circle: `b` → `c` → `d` → `b`',
    ]);
    const of = (...needs: string[]) => `kind: stratum\nbuild-depends: [${needs.join(', ')}]\n`;
    expect(
      found({
        'strata/a.morph': of('strata/b.morph'),
        'strata/b.morph': of('strata/e.morph', 'strata/c.morph'),
        'strata/c.morph': of('strata/d.morph'),
        'strata/d.morph': of('strata/b.morph'),
        'strata/e.morph': of(),
      }),
    ).toEqual([
      'dependency-cycle strata/b.morph:2:33 the dependencies go in a circle: `strata/b` → `strata/c` → `strata/d` → `strata/b`',
    ]);
  });

  const entry = (name: string, needs: string) => `- {name: ${name}, build-depends: [${needs}]}\n`;

  test('each of several is reported, but of those that share a chunk just one', () => {
    const apart = entry('a', 'b') + entry('b', 'a') + entry('c', 'a, d') + entry('d', 'd');
    expect(found(stratum(`chunks:\n${apart}`))).toEqual([
      'dependency-cycle strata/s.morph:4:3 the dependencies go in a circle: `a` → `b` → `a`',
      'dependency-cycle strata/s.morph:7:3 the dependencies go in a circle: `d` → `d`',
    ]);
    const sharing = entry('a', 'b, c') + entry('b', 'a') + entry('c', 'a, c');
    expect(found(stratum(`chunks:\n${sharing}`))).toHaveLength(2);
    const everyOne = Array.from({ length: 300 }, (_, i) => `c${i}`);
    const dense = everyOne
      .map((name) => entry(name, everyOne.filter((each) => each !== name).join()))
      .join('');
    expect(found(stratum(`chunks:\n${dense}`))).toHaveLength(150);
  });

  test('of strata, each is left out with --keep-going, and what does not need it stays', () => {
    const of = (needs: string) =>
      `kind: stratum\nbuild-depends: [${needs}]\nchunks: [{name: x, build-system: manual, repo: upstream:x, ref: ${SHA}}]\n`;
    const system = (stratum: string) =>
      `kind: system\narch: x86_64\nstrata: [{morph: strata/${stratum}.morph}]\n`;
    const definitions = definitionsOf({
      'strata/a.morph': of('strata/b.morph'),
      'strata/b.morph': of('strata/a.morph'),
      'strata/c.morph': of('strata/d.morph'),
      'strata/d.morph': of('strata/c.morph'),
      'strata/e.morph': of(''),
      'systems/a.morph': system('a'),
      'systems/c.morph': system('c'),
      'systems/e.morph': system('e'),
    });
    expect(briefly(definitions.diagnostics)).toEqual([
      'dependency-cycle strata/a.morph:2:17 the dependencies go in a circle: `strata/a` → `strata/b` → `strata/a`',
      'dependency-cycle strata/c.morph:2:17 the dependencies go in a circle: `strata/c` → `strata/d` → `strata/c`',
    ]);
    const { project, isUsable } = convert(definitions, { keepGoing: true });
    expect(isUsable).toBe(true);
    const paths = project.elements.map(({ path }) => path);
    expect(paths).toEqual(['strata/e.bst', 'strata/e/x.bst', 'systems/e.bst']);
  });

  test('chains of thousands of chunks are no circle, and do not run out of stack', () => {
    expect(found(stratum(`chunks:\n${entries('').join('')}`))).toEqual([]);
    const [only] = found(stratum(`chunks:\n${entries(`c${many - 1}`).join('')}`));
    expect(only).toMatch(/^dependency-cycle .* `c0` → `c4999` → .* → `c1` → `c0`$/);
  });
});

describe('much of it', () => {
  test('thousands of errors are all counted, the first ten of each kind shown, and quickly', () => {
    const count = 5000;
    const entry = (_: unknown, i: number) => `- {name: c${i}, build-commands: ${i}, colour: red}\n`;
    const started = performance.now();
    const { diagnostics, files } = definitionsOf(
      stratum(`chunks:\n${Array.from({ length: count }, entry).join('')}`),
    );
    expect(diagnostics).toHaveLength(2 * count);
    expect(hasErrors(diagnostics)).toBe(true);
    const text = renderDiagnostics(diagnostics, files, { colour: false, limit: 10 });
    expect(text.match(/\[wrong-type\]/g)).toHaveLength(10);
    expect(text).toContain(`and ${count - 10} more of wrong-type\n`);
    expect(text).toContain(`and ${count - 10} more of unknown-field\n`);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('all of it in one line: quickly too, and only the part of the line that is meant is shown', () => {
    const count = 10_000;
    const entries = Array.from(
      { length: count },
      (_, i) => `{name: c${i}, build-system: cmake, colour: red},`,
    );
    const read = (separator: string) => {
      const started = performance.now();
      const text = `{kind: stratum, chunks: [${entries.join(separator)}]}\n`;
      return { ...definitionsOf({ 'strata/s.morph': text }), milliseconds: performance.now() - started };
    };
    const { milliseconds } = read('\n ');
    const { diagnostics, files, milliseconds: inOneLine } = read(' ');
    expect(diagnostics).toHaveLength(count);
    expect(inOneLine / milliseconds).toBeLessThan(4);
    const text = renderDiagnostics(diagnostics.slice(5000, 5001), files, { colour: false, limit: 10 });
    const [, , line, carets] = text.split('\n');
    expect(line).toMatch(/^ {4}1 \| ….*…$/);
    expect(line!.length).toBeLessThan(260);
    expect(line!.slice(carets!.indexOf('^'), carets!.length)).toBe('colour');
  });

  test('thousands of commands, or one of thousands of parts, that need a hand are each placed, and quickly', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `  - chown daemon "$DESTDIR"/var/lib/n${i}\n`);
    const parts = 'true && chown daemon x; '.repeat(10_000);
    const started = performance.now();
    const definitions = definitionsOf(
      chunk(`  build-system: manual\n  install-commands:\n${lines.join('')}  - "${parts}"\n`),
    );
    const { diagnostics } = convert(definitions);
    const places = diagnostics.filter(({ code }) => code === 'needs-root').map(({ place }) => place);
    expect(places).toHaveLength(30_000);
    expect(places[19_999]).toMatchObject({ line: 20_008, column: 5 });
    expect(places[29_999]).toMatchObject({ line: 20_009, column: 14 + 9_999 * 24 });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('what is said is cut off where nobody would read on', () => {
    const { diagnostics, files } = definitionsOf(chunk(`  ${'x'.repeat(900)}: 1\n  k: &a 1\n`));
    expect(diagnostics[0]?.message.length).toBeGreaterThan(900);
    const long = { ...diagnostics[0]!, message: 'm'.repeat(1_000_000), hint: 'h'.repeat(1_000_000) };
    const text = renderDiagnostics([long], files, { colour: false, limit: 10 });
    expect(text.length).toBeLessThan(10_000);
    expect(text).toContain('m… [unknown-field]');
  });

  test('a file of 10 MB is read', () => {
    const line = (_: unknown, i: number) =>
      `  - make -C directory-number-${i} all install # ${'x'.repeat(40)}\n`;
    const text = `  build-commands:\n${Array.from({ length: 120_000 }, line).join('')}`;
    const files = chunk(text);
    expect(files['strata/s.morph']!.length).toBeGreaterThan(10_000_000);
    const { strata, diagnostics } = definitionsOf(files);
    expect(diagnostics).toEqual([]);
    const commands = strata[0]!.chunks[0]!.commands.get('build-commands')!;
    expect(commands).toHaveLength(120_000);
    expect(commands[119_999]).toMatchObject({
      text: 'make -C directory-number-119999 all install',
      at: { line: 120_007 },
    });
  });

  test('as is one of 10 MB in one value', () => {
    const { strata } = definitionsOf(
      chunk(`  build-commands:\n  - |\n${'    echo 1234567890\n'.repeat(500_000)}`),
    );
    const [command] = strata[0]!.chunks[0]!.commands.get('build-commands')!;
    expect(command?.text).toHaveLength(16 * 500_000);
  });

  test('and written, be it a command or a description', () => {
    const block = '    echo 1234567890\n'.repeat(500_000);
    const definitions = definitionsOf({
      'strata/s.morph': `kind: stratum\ndescription: |\n${block}chunks:\n- name: c\n  build-commands:\n  - |\n${block}`,
    });
    const files = renderProject(convert(definitions).project);
    const lines = (path: string) => String(files.get(path)!.content).match(/^ +echo 1234567890$/gm);
    expect(lines('elements/strata/s.bst')).toHaveLength(500_000);
    expect(lines('elements/strata/s/c.bst')).toHaveLength(500_000);
  });
});
