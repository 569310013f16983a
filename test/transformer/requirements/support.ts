import fc from 'fast-check';
import { expect } from 'vitest';
import { findRequirements } from '../../../src/transformer/requirements/find-requirements.js';

/** Where a command runs. */
export type Stage = Parameters<typeof findRequirements>[1];

/** What a command needs, as the rules find it. */
const found = (text: string, stage: Stage = 'build') => findRequirements([text], stage)[0]!;

/** The codes of that alone. */
export const codes = (text: string, stage: Stage = 'build') => found(text, stage).map(({ code }) => code);

/** The one thing that a command needs. */
export const only = (text: string, stage: Stage = 'build') => {
  const [first, ...more] = found(text, stage);
  expect([text, more]).toEqual([text, []]);
  return first!;
};

/** Texts of shell made of words and of what shell has between them: quotes, substitutions and the like, in any order. */
export function shellTexts(words: string): fc.Arbitrary<string> {
  const marks = [
    '"',
    "'",
    '$',
    '\\',
    '\n',
    ';',
    '|',
    '$(',
    ')',
    '`',
    '<<E',
    '\nE\n',
    '#',
    '{',
    '}',
    '(',
    '.',
    '/',
  ];
  const pieces = [...words.split(' '), 'sh -c', 'eval', 'a', ' ', ' ', ' ', ...marks];
  return fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''));
}
