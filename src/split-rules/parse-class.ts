import { anyCharacter, type CharacterSet, characterSet, complement } from './character-set.js';
import { readCharacterEscape } from './parse-escape.js';
import { nothing } from './pattern.js';
import { NotUnderstood, type TextReader } from './text-reader.js';

/** Reads a class after its `[`: `abc]`, `^a-z]`, `]a]`, `\\w.-]`. */
export function parseClass(reader: TextReader): CharacterSet {
  const isNegated = reader.read(/\^/y) !== undefined;
  const known = reader.notSupported.length;
  const ranges: (readonly [number, number])[] = [];
  do {
    const from = readMember(reader);
    if (reader.read(/-(?!\])/y)) ranges.push(range(from, readMember(reader)));
    else if (typeof from === 'number') ranges.push([from, from]);
    else ranges.push(...from);
  } while (!reader.read(/\]/y));
  if (reader.notSupported.length > known) return anyCharacter;
  return isNegated ? complement(characterSet(ranges)) : characterSet(ranges);
}

/** One code point, or the set of an escape that stands for several. */
function readMember(reader: TextReader): CharacterSet | number {
  const literal = reader.read(/[^\\]/uy);
  if (literal) return literal[0].codePointAt(0)!;
  if (!reader.read(/\\/y)) {
    throw new NotUnderstood('no regular expression: a `[` that is not closed', nothing);
  }
  const found = readCharacterEscape(reader);
  if (found !== undefined) return found;
  reader.notSupported.push(`the escape \`\\${reader.read(/./suy)?.[0] ?? ''}\` in a class`);
  return [];
}

function range(from: CharacterSet | number, to: CharacterSet | number): readonly [number, number] {
  if (typeof from !== 'number' || typeof to !== 'number' || from > to) {
    throw new NotUnderstood('no regular expression: a bad range of characters', nothing);
  }
  return [from, to];
}
