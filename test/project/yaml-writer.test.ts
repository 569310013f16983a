import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { mapping, renderYaml, type YamlValue } from '../../src/project/yaml-writer.js';

/** What a reader of YAML sees, in the version that BuildStream 1 or the one that BuildStream 2 goes by. */
const readers = ['1.1', '1.2'] as const;

const awkward = fc.constantFrom(
  ...[
    '',
    ' ',
    'yes',
    'no',
    'On',
    'null',
    '~',
    'true',
    '0.30',
    '1_23_1',
    '0x1f',
    '0o17',
    '017',
    '1:30',
    '2015-03-01',
  ],
  ...[
    '1e5',
    '.5',
    '.inf',
    '<<',
    '=',
    '- a',
    '-a',
    '? x',
    ': x',
    'a: b',
    'a:',
    'a #b',
    '#a',
    '*a',
    '&a',
    '!a',
    '%a',
  ],
  ...[
    '@a',
    '`a`',
    '[a]',
    '{a}',
    '|',
    '>',
    '"a"',
    "'a'",
    "it's",
    'a\\b',
    '"',
    "'",
    'a"b\'c\\',
    'é',
    '😀',
    '\t',
    'a\tb',
  ],
  ...[
    '\n',
    '\n\n',
    'a\n',
    'a\n\n',
    'a\nb',
    ' a\nb\n',
    '\na',
    '\n  a\n b\n',
    'a\n\n\nb\n',
    'a \n b\n',
    'a\r\nb',
    '\x00',
  ],
  ...[
    '\x7f',
    '\u0085',
    '\u2028',
    '\ufeff',
    '...',
    '---',
    '--- a',
    '%{install-root}',
    'a\n# b\n',
    '\t\na',
    'a\n\t',
  ],
);
const text = fc.oneof(
  awkward,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'ab:#-\'"\\\n\t %{}[]&*!|>,?@`=~0123.eE_'), maxLength: 14 }),
);

type Plain = string | boolean | Plain[] | { [key: string]: Plain };
const value = fc.letrec<{ any: Plain }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.boolean(),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('any'),
      { maxKeys: 3 },
    ),
  ),
})).any;

function toYaml(plain: Plain): YamlValue {
  if (typeof plain !== 'object') return plain;
  const comments = [' # of\n two lines', ''];
  if (Array.isArray(plain)) return { items: plain.map((item) => ({ value: toYaml(item), comments })) };
  return { entries: Object.entries(plain).map(([key, item]) => ({ key, value: toYaml(item), comments })) };
}

describe('renderYaml', () => {
  test.each(readers)('what is written is read back in YAML %s', (version) => {
    fc.assert(
      fc.property(fc.dictionary(text, value, { maxKeys: 4 }), (plain) => {
        const { entries } = toYaml(plain) as { entries: { key: string; value: YamlValue }[] };
        const rendered = renderYaml({ entries }, [' head']);
        expect(parse(rendered, { version }) ?? {}).toEqual(plain);
      }),
      { numRuns: 3000 },
    );
  });

  test('lays out an element for people', () => {
    const rendered = renderYaml(
      {
        entries: [
          { key: 'kind', value: 'manual' },
          { key: 'depends', value: { items: [{ value: 'a.bst' }, { value: 'b.bst', comments: [' why'] }] } },
          { key: 'variables', value: mapping({ notparallel: true, prefix: '%{x}', version: '1.0' }) },
          {
            key: 'config',
            value: mapping({
              commands: { items: [{ value: 'make\n' }, { value: 'cat <<EOF\n  a\n\nEOF\n' }] },
            }),
          },
        ],
      },
      [' about'],
    );
    expect(rendered).toBe(`# about

kind: manual

depends:
- a.bst
# why
- b.bst

variables:
  notparallel: True
  prefix: '%{x}'
  version: '1.0'

config:
  commands:
  - |
    make
  - |
    cat <<EOF
      a

    EOF
`);
  });
});
