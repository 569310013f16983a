import { anyCharacter, charactersOf } from './character-set.js';
import { parseClass } from './parse-class.js';
import { parseEscape } from './parse-escape.js';
import {
  alternatives,
  anyNumberOf,
  anyText,
  character,
  empty,
  nothing,
  optional,
  type Pattern,
  repeated,
  sequence,
} from './pattern.js';
import { NotUnderstood, TextReader } from './text-reader.js';

export interface ParsedPattern {
  /** Matches at least what the text matches, and exactly that unless something is not supported. */
  readonly pattern: Pattern;
  /** What of the text is not supported: a phrase for a message. */
  readonly notSupported?: string;
}

const deepest = 100;
const longest = 1000;

/**
 * Reads a regular expression of Python's `re`, in the dialect of ybd's day (Python 2.7, where `\d` and `\w` know ASCII
 * only). Supported are characters, `.`, classes, `\d \w \s` and their opposites, groups, `|`, `?`, `*`, `+` (also the
 * reluctant ones, which match the same whole paths), `^` and `$`.
 *
 * Anything else is taken for something wider: a condition (look-around, `\b`) for always true, a reference to a group
 * for any text, a count for any number. A text that is no regular expression, which ybd would refuse, matches nothing.
 */
export function parsePattern(text: string): ParsedPattern {
  if (text.length > longest) return { pattern: anyText, notSupported: 'so long an expression' };
  const reader = new TextReader(text);
  try {
    const pattern = readAlternatives(reader, 0);
    if (!reader.isAtEnd) throw new NotUnderstood('no regular expression: a `)` that closes nothing', nothing);
    const [notSupported] = reader.notSupported;
    return notSupported === undefined ? { pattern } : { pattern, notSupported };
  } catch (error) {
    if (error instanceof NotUnderstood) return { pattern: error.stand, notSupported: error.message };
    throw error;
  }
}

function readAlternatives(reader: TextReader, depth: number): Pattern {
  if (depth > deepest) throw new NotUnderstood('groups that are nested too deeply', anyText);
  const items = [readSequence(reader, depth)];
  while (reader.read(/\|/y)) items.push(readSequence(reader, depth));
  return items.length === 1 ? items[0]! : alternatives(items);
}

function readSequence(reader: TextReader, depth: number): Pattern {
  const items: Pattern[] = [];
  while (!reader.isAtEnd && !reader.isBefore(/[|)]/y)) items.push(readQuantified(reader, depth));
  return sequence(items);
}

function readQuantified(reader: TextReader, depth: number): Pattern {
  const isAnchor = reader.isBefore(/[$^]|\\[AZbB]/y);
  const item = readItem(reader, depth);
  const quantify = readQuantifier(reader);
  if (!quantify) return item;
  if (isAnchor) {
    throw new NotUnderstood('no regular expression: nothing to repeat', nothing);
  }
  if (!reader.read(/\?/y) && reader.read(/\+/y)) reader.notSupported.push('a possessive quantifier');
  if (readQuantifier(reader)) throw new NotUnderstood('no regular expression: repeated twice', nothing);
  return quantify(item);
}

function readQuantifier(reader: TextReader): ((item: Pattern) => Pattern) | undefined {
  if (reader.read(/\?/y)) return optional;
  if (reader.read(/\*/y)) return anyNumberOf;
  if (reader.read(/\+/y)) return repeated;
  const count = reader.read(/\{(?!\})(\d*)(?:,\d*)?\}/y);
  if (!count) return undefined;
  reader.notSupported.push(`the count \`${count[0]}\``);
  return Number(count[1]) > 0 ? repeated : anyNumberOf;
}

function readItem(reader: TextReader, depth: number): Pattern {
  if (reader.isBefore(/\(/y)) return readGroup(reader, depth);
  if (reader.read(/\./y)) return character(anyCharacter);
  if (reader.read(/\[/y)) return character(parseClass(reader));
  if (reader.read(/\\/y)) return parseEscape(reader);
  if (reader.read(/\^/y)) return { kind: 'start' };
  if (reader.read(/\$/y)) return { kind: 'end' };
  if (reader.isBefore(/[*+?]|\{(?!\})\d*(,\d*)?\}/y)) {
    throw new NotUnderstood('no regular expression: nothing to repeat', nothing);
  }
  return character(charactersOf(reader.read(/./suy)![0]));
}

function readGroup(reader: TextReader, depth: number): Pattern {
  const lookAround = reader.read(/\(\?<?[=!]/y);
  if (lookAround) reader.notSupported.push(`the condition \`${lookAround[0]}\``);
  const reference = !lookAround && reader.read(/\(\?P=\w+(?=\))/y);
  if (reference) reader.notSupported.push(`the reference \`${reference[0]})\``);
  if (!lookAround && !reference && !reader.read(/\(\?:|\(\?P<[A-Za-z_]\w*>|\((?!\?)/y)) {
    throw new NotUnderstood(`the group \`${reader.read(/\(\?[^)]?/y)![0]}\``, anyText);
  }
  const inner = reference ? anyText : readAlternatives(reader, depth + 1);
  if (!reader.read(/\)/y))
    throw new NotUnderstood('no regular expression: a `(` that is not closed', nothing);
  return lookAround ? empty : inner;
}
