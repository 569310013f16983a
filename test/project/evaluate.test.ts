import { describe, expect, test } from 'vitest';
import { attempt, readProject } from '../../src/project/evaluate/read-project.js';

const options = `options:
  arch: {type: arch, values: [x86_64, armv7l], default: x86_64, variable: cpu}
  debug: {type: bool, default: "False"}
  parts: {type: flags, values: [a, b], default: b}
`;
const conf = `name: p\nmin-version: '2.0'\nelement-path: elements\n${options}`;

/** What one element of a project comes to; its file, and others by path. */
function evaluated(
  element: string,
  files: Readonly<Record<string, string>> = {},
  given: Readonly<Record<string, string>> = {},
) {
  const texts = new Map(Object.entries({ 'project.conf': conf, 'elements/a.bst': element, ...files }));
  const { value: project, diagnostics } = readProject(texts);
  return project ? attempt(() => project.with(given).element('a.bst')) : { value: undefined, diagnostics };
}

/** What would be refused, and where. */
function refusal(...given: Parameters<typeof evaluated>): string {
  const { value, diagnostics } = evaluated(...given);
  expect(value).toBeUndefined();
  const [{ message, place } = { message: 'nothing', place: undefined }, ...more] = diagnostics;
  expect(more).toEqual([]);
  return `${place?.file}:${place?.line}:${place?.column} ${message}`;
}

/** One list of an element's commands. */
function commandsOf(...given: Parameters<typeof evaluated>): string[] {
  const { value, diagnostics } = evaluated(...given);
  expect(diagnostics).toEqual([]);
  return value!.commands!.get('build-commands')!.map(({ text }) => text);
}

describe('conditions', () => {
  const isMet = (condition: string, given = {}) =>
    commandsOf(`kind: manual\n(?):\n- '${condition}': {config: {build-commands: [met]}}\n`, {}, given)
      .length > 0;

  test.each<[string, boolean]>([
    ['arch == "x86_64"', true],
    ['arch != "x86_64"', false],
    ['arch == "armv7l" or arch == "x86_64"', true],
    ['arch == "x86_64" and debug', false],
    ['arch == "x86_64" and not debug', true],
    ['not arch == "x86_64"', false],
    ['not not arch == "x86_64"', true],
    ['debug', false],
    ['debug == False', true],
    ['debug == true', false],
    ['arch in ("x86_64", "armv7l")', true],
    ['arch in ("armv7l",)', false],
    ['arch in ["armv7l", "x86_64"]', true],
    ['arch not in ["armv7l"]', true],
    ['arch not in ("x86_64", "armv7l")', false],
    ['"b" in parts', true],
    ['"x86" in arch', true],
    ['"arm" in arch or (debug and arch == "x86_64")', false],
    ['(arch == "x86_64")', true],
    ['("x86_64") == arch', true],
    ['false or true and false', false],
    ['true or true and false', true],
    ['""', false],
    ['[]', false],
  ])('%s', (condition, wanted) => expect(isMet(condition)).toBe(wanted));

  test('are met by what is given', () => {
    expect(isMet('arch == "x86_64"', { arch: 'armv7l' })).toBe(false);
    expect(isMet('debug', { debug: 'True' })).toBe(true);
  });

  test.each([
    ['arch ==', 'the condition `arch ==` cannot be evaluated'],
    ['arch == "x86_64" arch', 'the condition `arch == "x86_64" arch` cannot be evaluated'],
    ['arch in (arch', 'the condition `arch in (arch` cannot be evaluated'],
    ['arch in debug', 'the condition `arch in debug` cannot be evaluated'],
    ['debug in parts', 'the condition `debug in parts` cannot be evaluated'],
    ['arch in [debug]', 'the condition `arch in [debug]` cannot be evaluated'],
    ['arch in ["a" "b"]', 'the condition `arch in ["a" "b"]` cannot be evaluated'],
    ['cpu == "x86_64"', 'there is no option `cpu`'],
  ])('%s: is refused', (condition, message) => {
    const element = `kind: manual\n(?):\n- '${condition}': {config: {build-commands: [met]}}\n`;
    expect(refusal(element)).toBe(`elements/a.bst:3:3 ${message}`);
  });

  test('one within another, and one after another', () => {
    const element = `kind: manual
config:
  build-commands: [one]
  (?):
  - arch == "x86_64":
      build-commands: {(>): [two]}
      (?):
      - not debug: {build-commands: {(<): [zero]}}
  - debug: {build-commands: []}
`;
    expect(commandsOf(element)).toEqual(['zero', 'one', 'two']);
    expect(commandsOf(element, {}, { arch: 'armv7l' })).toEqual(['one']);
    expect(commandsOf(element, {}, { debug: 'True' })).toEqual([]);
  });

  test.each([
    ['(?): {}', '2:6 `(?)` needs a list of conditions'],
    ['(?): [debug]', '2:7 a condition needs one key and what it stands for'],
    ['(?): [{debug: {}, arch: {}}]', '2:7 a condition needs one key and what it stands for'],
    ['(?): [{debug: [a]}]', '2:15 a condition stands for a mapping'],
    ['(!): not for this one', '2:6 not for this one'],
    ['(!): [a]', '2:6 it is refused'],
  ])('%s: is refused', (line, said) => {
    expect(refusal(`kind: manual\n${line}\n`)).toBe(`elements/a.bst:${said}`);
  });
});

describe('options', () => {
  test('have their defaults, or what is given, and set variables', () => {
    const element = 'kind: manual\nconfig: {build-commands: ["%{cpu}"]}\n';
    expect(commandsOf(element)).toEqual(['x86_64']);
    expect(commandsOf(element, {}, { arch: 'armv7l' })).toEqual(['armv7l']);
  });

  test.each<[string, Record<string, string>, string]>([
    ['arch: {type: arch, values: [a], default: b}', {}, '4:44 the option `arch` cannot be `b`'],
    ['arch: {type: arch, values: [a], default: a}', { arch: 'c' }, '4:30 the option `arch` cannot be `c`'],
    ['arch: {type: arch, values: [a]}', {}, '4:9 the option `arch` has no default'],
    ['arch: [a]', {}, '4:9 the option `arch` has to be a mapping'],
    ['arch: {type: arch, values: a, default: a}', {}, '4:30 `values` has to be a list'],
    ['arch: {type: arch, values: [[a]], default: a}', {}, '4:31 a text is needed here, not a list'],
  ])('%s %j: is refused', (option, given, said) => {
    const own = `name: p\nmin-version: '2.0'\noptions:\n  ${option}\n`;
    expect(refusal('kind: manual\n', { 'project.conf': own }, given)).toBe(`project.conf:${said}`);
  });
});

describe('composing', () => {
  const withInclude = (include: string, own: string) =>
    [`kind: manual\n(@): inc.yml\nconfig:\n  build-commands: ${own}\n`, { 'inc.yml': include }] as const;
  const inc = (commands: string) => `config:\n  build-commands: ${commands}\n`;

  test.each<[string, string, string[]]>([
    ['[a]', '[b]', ['b']],
    ['[a]', '{(>): [b]}', ['a', 'b']],
    ['[a]', '{(<): [b]}', ['b', 'a']],
    ['[a]', '{(=): [b]}', ['b']],
    ['[a]', '{(=): [b], (<): [c], (>): [d]}', ['c', 'b', 'd']],
    ['{(>): [a]}', '{(>): [b]}', ['a', 'b']],
    ['{(<): [a]}', '{(<): [b]}', ['b', 'a']],
    ['{(<): [a], (>): [b]}', '{(>): [c]}', ['a', 'b', 'c']],
    ['{(>): [a]}', '{(=): [b]}', ['b']],
    ['{(>): [a]}', '[b]', ['b']],
  ])('%s and then %s', (include, own, wanted) => {
    expect(commandsOf(...withInclude(inc(include), own))).toEqual(wanted);
  });

  test('includes in their order, and one of an include', () => {
    const element = 'kind: manual\n(@): [one.yml, two.yml]\nconfig: {build-commands: {(>): [own]}}\n';
    const files = {
      'one.yml': 'config: {build-commands: [one]}\n',
      'two.yml': '(@): three.yml\nconfig: {build-commands: {(>): [two]}}\n',
      'three.yml': 'config: {build-commands: {(>): [three]}}\n',
    };
    expect(commandsOf(element, files)).toEqual(['one', 'three', 'two', 'own']);
  });

  test('an include within a mapping, and in one of a list', () => {
    const element = 'kind: manual\nconfig: {(@): inc.yml}\nsources:\n- {(@): source.yml}\n';
    const files = { 'inc.yml': 'build-commands: [make]\n', 'source.yml': 'kind: local\npath: "%{cpu}"\n' };
    expect(commandsOf(element, files)).toEqual(['make']);
    const [source] = evaluated(element, files).value!.sources;
    expect(source!.entries.get('path')).toMatchObject({ text: 'x86_64' });
  });

  test.each<[string, string, string]>([
    [
      inc('[a]'),
      'b',
      'elements/a.bst:4:19 `build-commands` is a scalar here, but a list where it comes from',
    ],
    [inc('{(>): [a]}'), 'b', '`build-commands` is a scalar here, but a mapping where it comes from'],
    [inc('a'), '[b]', '`build-commands` is a list here, but a scalar where it comes from'],
    [inc('a'), '{(>): [b]}', '`build-commands` is a mapping here, but a scalar where it comes from'],
    [inc('[a]'), '{(>): b}', 'elements/a.bst:4:25 a list directive needs a list'],
    [inc('[a]'), '{other: b}', '`build-commands` is a mapping here, but a list where it comes from'],
    ['(@): inc.yml\n', '[]', 'inc.yml:1:6 inc.yml includes itself'],
    ['(@): [[a]]\n', '[]', 'inc.yml:1:7 an include needs the path of a file'],
    ['(@): none.yml\n', '[]', 'inc.yml:1:6 there is no file none.yml'],
    ['[a]\n', '[]', 'inc.yml:1:1 the file must be a mapping of keys and values'],
  ])('%j and then %s: is refused', (include, own, said) => {
    expect(refusal(...withInclude(include, own))).toContain(said);
  });

  test('what project.conf says of a kind lies between BuildStream’s own and the element’s', () => {
    const own = `${conf}elements: {autotools: {config: {build-commands: {(>): [check]}}}}\n`;
    expect(commandsOf('kind: autotools\n', { 'project.conf': own })).toEqual(['make', 'check']);
    expect(commandsOf('kind: autotools\nconfig: {build-commands: []}\n', { 'project.conf': own })).toEqual(
      [],
    );
  });
});

describe('an element', () => {
  test.each([
    ['description: x\n', '1:1 the element has no `kind`'],
    ['kind: manual\ncolour: red\n', '2:9 an element has no `colour`'],
    ['kind: manual\nconfig: {commands: []}\n', 'the config of manual has no `commands`'],
    ['kind: compose\nconfig: {commands: []}\n', 'the config of compose has no `commands`'],
    ['kind: script\nconfig: {include: []}\n', 'the config of script has no `include`'],
    ['kind: compose\nconfig: {integrate: maybe}\n', '2:21 `integrate` has to be True or False'],
    ['kind: manual\ndepends: b.bst\n', '2:10 `depends` has to be a list'],
    ['kind: manual\ndepends: [[b.bst]]\n', '2:11 `depends` holds a list'],
    ['kind: manual\ndepends: [{type: build}]\n', 'the dependency has no `filename`'],
    ['kind: manual\ndepends: [{filename: b.bst, junction: j.bst}]\n', 'junctions cannot be followed'],
    ['kind: manual\ndepends: [{filename: b.bst, type: some}]\n', '`some` is no type of dependency'],
    ['kind: manual\nsources: [git]\n', '2:11 a source has to be a mapping'],
    ['kind: manual\nsources: [{url: x}]\n', '2:11 the source has no `kind`'],
    ['kind: manual\nvariables: [a]\n', '2:12 this has to be a mapping of keys and values'],
    ['kind: manual\nvariables: {max-jobs: 4}\n', 'the variable `max-jobs` cannot be changed'],
    [
      'kind: manual\nvariables: {a: "%{b}", b: "%{a}"}\nconfig: {build-commands: ["%{a}"]}\n',
      'leads to itself',
    ],
    [
      'kind: manual\nvariables: {a: [b]}\nconfig: {build-commands: ["%{a}"]}\n',
      'the variable `a` is not a text',
    ],
    ['kind: manual\nconfig: {build-commands: ["%{none}"]}\n', 'the variable `none` is not defined'],
    ['kind: manual\nkind: stack\n', 'it is not valid YAML: Map keys must be unique'],
    ['kind: *a\n', '1:7 there is no anchor `a`'],
    ['? [a]\n: b\n', '1:3 a key must be text'],
    ['[kind]\n', '1:1 the file must be a mapping of keys and values'],
  ])('%j: is refused', (element, said) => expect(refusal(element)).toContain(said));

  test('a name in its dependencies may stand for several, and for building or running alone', () => {
    const { value } = evaluated(`kind: manual
depends:
- b.bst
- {filename: [c.bst, d.bst], type: build}
- {filename: e.bst, type: runtime}
build-depends: [f.bst]
runtime-depends: [g.bst]
`);
    const told = value!.dependencies.map(({ element, isBuild, isRun }) => [element, isBuild, isRun]);
    expect(told).toEqual([
      ['f.bst', true, false],
      ['b.bst', true, true],
      ['c.bst', true, false],
      ['d.bst', true, false],
      ['e.bst', false, true],
      ['g.bst', false, true],
    ]);
  });

  test('anchors of its YAML, and values that are empty', () => {
    const { value, diagnostics } = evaluated(`kind: manual
variables: &all
  a: &b text
  c: *b
environment: *all
public:
config:
`);
    expect(diagnostics).toEqual([]);
    expect(value!.environment.get('c')!.text).toBe('text');
  });

  test('a script: its commands, and where it stages what', () => {
    const two = evaluated(
      'kind: script\nbuild-depends: [b.bst, {filename: c.bst, config: {location: /c}}]\nconfig: {commands: [ls]}\n',
    ).value!.script!;
    expect([...two.places]).toEqual([
      ['b.bst', '/'],
      ['c.bst', '/c'],
    ]);
    expect(two.commands.map(({ text }) => text)).toEqual(['ls']);
    const old = { 'project.conf': 'name: p\nformat-version: 12\nelement-path: elements\n' };
    const one = evaluated(
      `kind: script
build-depends: [b.bst, c.bst]
variables: {where: /there}
config:
  layout: [{element: c.bst, destination: "%{where}"}, {destination: /other}]
`,
      old,
    ).value!.script!;
    expect([...one.places]).toEqual([
      ['b.bst', '/'],
      ['c.bst', '/there'],
    ]);
  });

  test('white space at the ends of a text counts in BuildStream 1 only', () => {
    const element = 'kind: manual\nconfig:\n  build-commands:\n  - |\n    make\n';
    expect(commandsOf(element)).toEqual(['make']);
    const old = { 'project.conf': 'name: p\nformat-version: 12\nelement-path: elements\n' };
    expect(commandsOf(element, old)).toEqual(['make\n']);
  });
});

describe('a project', () => {
  test.each<[string, string]>([
    [
      'name: p\n',
      'project.conf:1:1 it says neither `format-version` (BuildStream 1) nor `min-version` (BuildStream 2)',
    ],
    ['name: [p\n', 'it is not valid YAML'],
    ["name: p\nmin-version: '2.0'\nelement-path: [a]\n", '3:15 a text is needed here, not a list'],
    [
      "name: p\nmin-version: '2.0'\nvariables: {element-name: x}\n",
      'the variable `element-name` cannot be changed',
    ],
  ])('%j: is refused', (own, said) => {
    expect(refusal('kind: manual\n', { 'project.conf': own, 'a.bst': 'kind: manual\n' })).toContain(said);
  });

  test('without project.conf is none', () => {
    const { value, diagnostics } = readProject(new Map([['a.bst', 'kind: stack\n']]));
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: 'malformed-project', message: 'there is no project.conf', place: { file: 'project.conf' } },
    ]);
  });

  test('whose elements lie beside it', () => {
    const own = {
      'project.conf': "name: p\nmin-version: '2.0'\nelement-path: ./\n",
      'a.bst': 'kind: stack\n',
    };
    expect(evaluated('kind: manual\n', own).value!.kind).toBe('stack');
  });

  test('whose aliases, and the values of an option, are asked for', () => {
    const own = `${conf}aliases: {upstream: "https://example.com/"}\n`;
    const project = readProject(new Map([['project.conf', own]])).value!.with();
    expect(project.aliases.get('upstream')!.text).toBe('https://example.com/');
    expect(project.valuesOf('arch')).toEqual(['x86_64', 'armv7l']);
    expect(project.valuesOf('none')).toEqual([]);
  });
});
