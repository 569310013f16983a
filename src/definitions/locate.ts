import type { Place } from '../diagnostics/place.js';
import type { TextAt } from './model.js';
import { lineAt, type SourceText } from './source-text.js';

/**
 * Tells where parts of a text stand in its file, to the very characters: YAML folds lines, takes indentation away and
 * has escapes, so that offsets of the text are not offsets of the file.
 *
 * What YAML changes is white space, quotes and escapes only. So the text and the file agree on all other characters,
 * one by one, and the n-th of the one is the n-th of the other. Text and file are read once, however many parts there
 * are.
 *
 * @param file the file that `at.file` names.
 * @returns the place of a part, given the offset in `text` of its first character and the one behind its last; neither
 *   of the two characters is white space.
 */
export function locator({ text, at }: TextAt, file: SourceText): (start: number, end: number) => Place {
  const lineStart = file.lineStarts[at.line - 1];
  const origin = lineStart === undefined ? file.text.length : lineStart + at.column - 1;
  const offsets = visibleOffsets(file.text, origin);
  let counted: Uint32Array | undefined;
  return (start, end) => {
    counted ??= countVisible(text);
    const from = offsets.nth(counted[start]!);
    const to = offsets.nth(counted[end]! - 1);
    if (from === undefined || to === undefined) return at;
    const line = lineAt(file.lineStarts, from.start);
    const endLine = lineAt(file.lineStarts, to.end);
    return {
      file: at.file,
      line,
      column: from.start - file.lineStarts[line - 1]! + 1,
      endLine,
      endColumn: to.end - file.lineStarts[endLine - 1]! + 1,
    };
  };
}

/** For each offset of a text, and for its end, how many characters before it are no white space. */
function countVisible(text: string): Uint32Array {
  const counted = new Uint32Array(text.length + 1);
  for (let i = 0; i < text.length; i++) counted[i + 1] = counted[i]! + (/\S/.test(text[i]!) ? 1 : 0);
  return counted;
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
