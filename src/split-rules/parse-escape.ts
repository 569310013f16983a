import { type CharacterSet, characterSet, charactersOf, complement } from './character-set.js';
import { anyText, character, empty, nothing, type Pattern } from './pattern.js';
import { NotUnderstood, type TextReader } from './text-reader.js';

const classes: Readonly<Record<string, CharacterSet>> = {
  d: characterSet([[0x30, 0x39]]),
  w: characterSet([...charactersOf('_'), [0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a]]),
  s: charactersOf(' \t\n\r\f\v'),
};

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Reads what follows a backslash outside of a class. */
export function parseEscape(reader: TextReader): Pattern {
  const found = readCharacterEscape(reader);
  if (found !== undefined)
    return character(typeof found === 'number' ? characterSet([[found, found]]) : found);
  if (reader.read(/A/y)) return { kind: 'start' };
  if (reader.read(/Z/y)) return { kind: 'end' };
  const condition = reader.read(/[bB]/y);
  const reference = condition ? undefined : reader.read(/[1-9]\d?/y);
  const other = condition ?? reference ?? reader.read(/./suy);
  if (!other) throw new NotUnderstood('no regular expression: a `\\` at the end', nothing);
  reader.notSupported.push(`the escape \`\\${other[0]}\``);
  return condition ? empty : anyText;
}

/**
 * Reads what follows a backslash and stands for characters, inside and outside of a class alike.
 *
 * @returns a code point, or a set for an escape that stands for several characters; undefined, with nothing read, if
 *   something else follows.
 */
export function readCharacterEscape(reader: TextReader): CharacterSet | number | undefined {
  const kind = reader.read(/[dws]/y);
  if (kind) return classes[kind[0]];
  const opposite = reader.read(/[DWS]/y);
  if (opposite) return complement(classes[opposite[0].toLowerCase()]!);
  const control = reader.read(/[afnrtv]/y);
  if (control) return controls[control[0]]!.codePointAt(0);
  const code = reader.read(/x([\da-fA-F]{2})/y);
  if (code) return Number.parseInt(code[1]!, 16);
  return reader.read(/[^A-Za-z0-9]/uy)?.[0].codePointAt(0);
}
