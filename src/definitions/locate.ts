import type { Place } from '../diagnostics/place.js';
import type { TextAt } from './model.js';

/**
 * Where a part of a text stands in its file, to the very characters: YAML folds lines, takes indentation away and
 * has escapes, so that offsets of the text are not offsets of the file.
 *
 * What YAML changes is white space, quotes and escapes only. So the text and the file agree on all other characters,
 * one by one, and the n-th of the one is the n-th of the other.
 *
 * @param file the text of the file that `at.file` names.
 * @param start offset in `text` of a character that is no white space.
 * @param end offset behind another one.
 */
export function locate({ text, at }: TextAt, file: string, start: number, end: number): Place {
  const origin = offsetOf(file, at.line, at.column);
  const offsets = visibleOffsets(file, origin);
  const from = offsets.nth(countVisible(text, start));
  const to = offsets.nth(countVisible(text, end) - 1);
  if (from === undefined || to === undefined) return at;
  const first = positionOf(file, from.start);
  const last = positionOf(file, to.end);
  return {
    file: at.file,
    line: first.line,
    column: first.column,
    endLine: last.line,
    endColumn: last.column,
  };
}

/** How many characters before `end` are no white space. */
function countVisible(text: string, end: number): number {
  return text.slice(0, end).match(/\S/g)?.length ?? 0;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The characters of the scalar at `origin` that are no white space, as far as they are asked for. */
function visibleOffsets(file: string, origin: number): { nth(index: number): Span | undefined } {
  const { pattern, start } = lexemes(file, origin);
  const spans: Span[] = [];
  const lexeme = new RegExp(pattern, 'gy');
  lexeme.lastIndex = start;
  return {
    nth(index) {
      while (spans.length <= index) {
        const match = lexeme.exec(file);
        if (!match) return undefined;
        const [written] = match;
        if (/^\s*$/.test(written) || isWhiteSpaceEscape(written)) continue;
        const span = { start: match.index, end: match.index + written.length };
        for (let units = unitsOf(written); units > 0; units--) spans.push(span);
      }
      return spans[index];
    },
  };
}

/** What one character looks like in a scalar of the style that begins here, and where its content begins. */
function lexemes(file: string, origin: number): { pattern: RegExp; start: number } {
  const first = file[origin];
  if (first === '|' || first === '>') {
    const line = file.indexOf('\n', origin);
    return { pattern: /\s+|\S/, start: line < 0 ? file.length : line + 1 };
  }
  if (first === "'") return { pattern: /\s+|''|[^']/, start: origin + 1 };
  if (first === '"') {
    const pattern = /\s+|\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[\s\S])|[^"\\]/;
    return { pattern, start: origin + 1 };
  }
  return { pattern: /\s+|\S/, start: origin };
}

/** The escapes of double-quoted text that come to white space or to nothing (YAML 1.1, section 5.6). */
function isWhiteSpaceEscape(written: string): boolean {
  if (!/^\\./s.test(written)) return false;
  if (/^\\[xuU]/.test(written)) return /^\s$/.test(String.fromCodePoint(codePoint(written)));
  return /^\\[tnvfrLP_\s]/.test(written);
}

/** How many UTF-16 units a character comes to. */
function unitsOf(written: string): number {
  return written.startsWith('\\U') && codePoint(written) > 0xffff ? 2 : 1;
}

function codePoint(written: string): number {
  return Math.min(Number.parseInt(written.slice(2), 16), 0x10ffff);
}

function offsetOf(file: string, line: number, column: number): number {
  let offset = 0;
  for (let current = 1; current < line; current++) {
    const end = file.indexOf('\n', offset);
    if (end < 0) return file.length;
    offset = end + 1;
  }
  return offset + column - 1;
}

function positionOf(file: string, offset: number): { line: number; column: number } {
  const before = file.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
