import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Automaton } from '../../src/verify/paths/automaton.js';
import type { Expression } from '../../src/verify/paths/expression.js';
import { parseGlob } from '../../src/verify/paths/parse-glob.js';
import { parseRegex } from '../../src/verify/paths/parse-regex.js';
import { globMatches } from '../support/split-rules.js';

function doesMatch(expression: Expression, text: string): boolean {
  const machine = new Automaton([expression]);
  let state = machine.start;
  for (const character of text) state = machine.after(state, character.codePointAt(0)!);
  return machine.accepts(state);
}

const texts = [
  ...[
    '',
    'a',
    'b',
    'ab',
    'ba',
    'aa',
    'aab',
    'abab',
    'aaaa',
    'A',
    '7',
    '42',
    '_',
    '-',
    ']',
    '^',
    '|',
    '.',
    '\\',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    '\r',
    '\v',
    '\f',
    '\x07',
    'é',
    '😀',
    '{',
    'a{',
    'a{x}',
    'a-',
    'usr/bin/a',
    'lib/a.so.1',
  ],
];

describe('regular expressions of rules match whole paths as Python has it', () => {
  test.each([
    ...[
      'a',
      'ab|b',
      '(a|b)+',
      '(?:ab)*',
      'a?b',
      'a*?b',
      '.',
      '.*',
      'a.b?',
      '[ab]',
      '[^ab]',
      '[a-z]+',
      '[]a]',
      '[^]a]',
    ],
    ...[
      '[a-]+',
      '[-a]',
      '\\d+',
      '\\D',
      '\\w',
      '\\W',
      '\\s',
      '\\S',
      '[\\d_]',
      '[\\w-]',
      '[^\\s]',
      '\\n',
      '\\t',
      '\\r',
    ],
    ...[
      '\\f',
      '\\v',
      '\\x61',
      '[\\x41-\\x61]',
      '\\.',
      '\\|',
      '\\\\',
      '\\]',
      '[\\]^]+',
      'a{2}',
      'a{2,}',
      'a{1,3}',
    ],
    ...[
      'a{0}',
      '(a|b){2}b?',
      '^a',
      'a$',
      '^(a|ab)$',
      '^a|b$',
      '(|a)',
      'usr/(s?bin)/.*',
      '.*\\.so(\\.\\d+)*',
      'é|😀',
    ],
  ])('%s', (pattern) => {
    const parsed = parseRegex(pattern)!;
    // The characters that these patterns use mean the same in JavaScript; but there `]` cannot be the first of a class.
    const same = pattern.replace(/\[(\^?)\]/g, '[$1\\]').replace(/\[\\w-\]/, '[-\\w]');
    const expression = new RegExp(`^(?:${same})$`, 'u');
    for (const text of texts.filter((each) => each !== '\v' || !/\\[sS]/.test(pattern))) {
      // To Python a class of spaces is that of ASCII, and a `.` is anything but a line feed.
      const isOther = text === '\r' && pattern.includes('.') && !pattern.includes('\\.');
      if (!isOther) expect([text, doesMatch(parsed, text)]).toEqual([text, expression.test(text)]);
    }
  });

  test('what Python has of its own', () => {
    expect(doesMatch(parseRegex('(?P<name>a|b)c')!, 'bc')).toBe(true);
    expect(doesMatch(parseRegex('\\a')!, '\x07')).toBe(true);
    expect(doesMatch(parseRegex('a{,2}')!, 'aa')).toBe(true);
    expect(doesMatch(parseRegex('a{,2}')!, 'aaa')).toBe(false);
    expect(doesMatch(parseRegex('a{x}')!, 'a{x}')).toBe(true);
    expect(doesMatch(parseRegex('.')!, '\r')).toBe(true);
    expect(doesMatch(parseRegex('\\s')!, '\v')).toBe(true);
  });

  test.each([
    ...[
      '(',
      ')',
      'a)',
      '(a',
      '[',
      '[a',
      '[]',
      '[b-a]',
      '*',
      '+a',
      '?',
      'a|*',
      '\\',
      '[\\',
      '(?=a)',
      '(?!a)',
      '(?<=a)',
    ],
    ...[
      '(?P=name)',
      '(?P<name',
      '(?P>a)',
      '(?',
      '(a)\\1',
      '\\b',
      '\\Z',
      '\\xg',
      'a^b',
      'a$b',
      'a{51}',
      'a{1,99}',
      'a**',
    ],
    ...['a+*', 'a{2}{3}', 'a*??', '(?i)a'],
  ])('%s is none, or none of a regular language', (pattern) => {
    expect(parseRegex(pattern)).toBeUndefined();
  });
});

/** BuildStream begins every glob with a slash. */
const rooted = (glob: string) => (glob.startsWith('/') ? glob : `/${glob}`);

describe('globs match as in BuildStream', () => {
  const paths = ['a', 'b', 'ab', '!', '-', '[', ']', '[a', 'a/b', 'a/b/c', '/', 'x/', 'a-', 'b-', 'é'];
  test.each([
    ...[
      '*',
      '**',
      '?',
      'a*',
      '*b',
      '**/b',
      'a/**',
      '/a',
      '[ab]',
      '[!ab]',
      '[a-c]',
      '[!a-c]',
      '[]]',
      '[!]]',
      '[a-]',
    ],
    ...['[', '[a', '[!', 'a[b', '[-a]', '?/?', '**/?', 'a**', '[!a]*'],
  ])('%s', (glob) => {
    const parsed = parseGlob(glob);
    for (const path of paths)
      expect([path, doesMatch(parsed, `/${path}`)]).toEqual([path, globMatches(rooted(glob), path)]);
  });

  test('a range that holds nothing', () => {
    for (const path of paths) expect(doesMatch(parseGlob('[c-a]'), `/${path}`)).toBe(false);
  });

  test('whatever they are', () => {
    const glob = fc
      .array(fc.constantFrom('a', 'b', '/', '*', '**', '?', '[', ']', '[!', 'a-b'), {
        minLength: 1,
        maxLength: 8,
      })
      .map((parts) => parts.join(''));
    const path = fc
      .array(fc.constantFrom('a', 'b', '/', '-', '!', ']'), { maxLength: 6 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(glob, path, (pattern, text) => {
        expect(doesMatch(parseGlob(pattern), `/${text}`)).toBe(globMatches(rooted(pattern), text));
      }),
      { numRuns: 1000 },
    );
  });
});
