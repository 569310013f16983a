import { describe, expect, test } from 'vitest';
import { convert } from '../../src/index.js';
import { briefly, definitionsOf, SHA } from '../support/definitions.js';
import { chunk, found, named } from './support.js';

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
