import { styleText } from 'node:util';
import { counted } from '../counted.js';
import { type Code, catalogue, type Entry } from './catalogue.js';
import type { Diagnostic } from './diagnostic.js';
import type { Place } from './place.js';
import { severityWords } from './severity-words.js';

/** How diagnostics are to look. */
export interface RenderOptions {
  /** Colour, for a terminal. */
  readonly colour: boolean;
  /** At most so many of each code; the rest is counted. */
  readonly limit: number;
  /** The option that shows the rest, for a line that says so. */
  readonly allBy?: string;
}

/** How much of a line of a file, and of what is said about it, is shown. */
const LONGEST_LINE = 240;
const LONGEST_TEXT = 4000;

const colours = { error: 'red', manual: 'magenta', warning: 'yellow', info: 'blue' } as const;

/**
 * Renders diagnostics for people: grouped by file, each with the line that it speaks of and carets under the very
 * characters, and what to do about it.
 *
 * @param files the text of the files that places refer to.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  files: ReadonlyMap<string, string>,
  options: RenderOptions,
): string {
  const paint = painter(options.colour);
  const shown = new Map<Code, number>();
  const lines: string[] = [];
  let file: string | undefined;
  for (const diagnostic of diagnostics) {
    const count = (shown.get(diagnostic.code) ?? 0) + 1;
    shown.set(diagnostic.code, count);
    if (count > options.limit) continue;
    const { place } = diagnostic;
    if (place && place.file !== file) {
      file = place.file;
      lines.push('', paint(['bold', 'underline'], printable(file)));
    }
    lines.push(...renderOne(diagnostic, files, paint));
  }
  const hidden = [...shown].filter(([, count]) => count > options.limit);
  if (hidden.length > 0) lines.push('');
  for (const [code, count] of hidden) {
    const { severity } = catalogue[code];
    lines.push(paint(colours[severity], `and ${count - options.limit} more of ${code}`));
  }
  if (hidden.length > 0 && options.allBy !== undefined) lines.push(`${options.allBy} shows them`);
  return lines.length > 0 ? `${lines.join('\n').replace(/^\n/, '')}\n` : '';
}

/** One line that counts diagnostics by severity: `2 errors, 1 warning`; empty if there are none. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return Object.entries(severityWords)
    .flatMap(([severity, [one, several]]) => {
      const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
      return count === 0 ? [] : [counted(count, one, several)];
    })
    .join(', ');
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

function painter(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text) : (_, text) => text;
}

function renderOne(
  { code, severity, message, hint, place }: Diagnostic,
  files: ReadonlyMap<string, string>,
  paint: Paint,
): string[] {
  const position = place ? `${place.line}:${place.column} ` : '';
  const head = `${position}${paint(colours[severity], severity)} ${readable(message)} ${paint('dim', `[${code}]`)}`;
  const { isUnquoted }: Entry = catalogue[code];
  const text = place && !isUnquoted ? files.get(place.file) : undefined;
  const frame = place && text !== undefined ? renderFrame(place, text, paint) : [];
  return [`  ${head}`, ...frame, `    ${paint('dim', 'hint:')} ${readable(hint)}`];
}

function renderFrame(place: Place, text: string, paint: Paint): string[] {
  const line = text.split('\n', place.line)[place.line - 1]?.replace(/\r$/, '');
  if (line === undefined || line.trim() === '') return [];
  const isOneLine =
    place.endLine === place.line || (place.endLine === place.line + 1 && place.endColumn === 1);
  const end = isOneLine && place.endLine === place.line ? place.endColumn : line.length + 1;
  const width = Math.max(1, Math.min(end, line.length + 1) - place.column);
  const number = String(place.line);
  const { text: shown, start } = excerpt(line, place.column - 1);
  const indent = shown.slice(0, place.column - 1 - start).replace(/[^\t]/g, ' ');
  const carets = '^'.repeat(Math.max(1, Math.min(width, shown.length - indent.length)));
  const gutter = paint('dim', '|');
  return [
    `    ${paint('dim', number)} ${gutter} ${printable(shown)}`,
    `    ${' '.repeat(number.length)} ${gutter} ${indent}${paint('bold', carets)}`,
  ];
}

/** The part of a long line that is shown around a column, and at which of its characters that part would begin. */
function excerpt(line: string, column: number): { readonly text: string; readonly start: number } {
  if (line.length <= LONGEST_LINE) return { text: line, start: 0 };
  const start = Math.max(0, Math.min(column - LONGEST_LINE / 4, line.length - LONGEST_LINE));
  const end = start + LONGEST_LINE;
  const text = `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
  return { text, start: start > 0 ? start - 1 : 0 };
}

/** A text of which no more is shown than a person can read. JSON has all of it. */
function readable(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return printable(short);
}

/** Control characters as pictures of themselves, one for one, so that no input can steer a terminal. */
function printable(text: string): string {
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}
