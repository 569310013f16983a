import { type Origin, originOfLine } from './origin.js';

/** Text and truth values: what BuildStream's YAML consists of. Numbers are written as text. */
type YamlScalar = string | boolean;

/** A value of an entry or an item. */
export type YamlValue = YamlScalar | YamlList | YamlMapping;

/** An item of a list, with the comments above it (without `#`). */
interface YamlItem {
  readonly value: YamlValue;
  readonly comments?: readonly string[];
  readonly from?: Origin | undefined;
}

/** A list in block style. */
export interface YamlList {
  readonly items: readonly YamlItem[];
}

/** An entry of a mapping, with the comments above it (without `#`). */
export interface YamlEntry {
  readonly key: string;
  readonly value: YamlValue;
  readonly comments?: readonly string[];
  readonly from?: Origin | undefined;
}

/** A mapping in block style; its entries keep their order. */
export interface YamlMapping {
  readonly entries: readonly YamlEntry[];
}

/** A list of plain values. */
export function list(values: readonly YamlValue[]): YamlList {
  return { items: values.map((value) => ({ value })) };
}

/** A mapping of plain values; entries whose value is undefined are left out. */
export function mapping(values: Readonly<Record<string, YamlValue | undefined>>): YamlMapping {
  return {
    entries: Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }])),
  };
}

/** True if there is something in it. */
export function isFilled(value: YamlList | YamlMapping): boolean {
  return 'items' in value ? value.items.length > 0 : value.entries.length > 0;
}

/** A YAML file: its text, and what each of its lines comes from. */
export interface RenderedYaml {
  readonly content: string;
  readonly lines: readonly (Origin | undefined)[];
}

/**
 * Renders a YAML file that means the same to readers of YAML 1.1 and 1.2: block style, lists at the indentation of
 * their key, texts of several lines as literal blocks, a blank line before each top-level entry but the first.
 *
 * @param header comments at the top of the file.
 */
export function renderYaml(document: YamlMapping, header: readonly string[] = []): string {
  return renderTraced(document, header).content;
}

/** The same, with what each line comes from. */
export function renderTraced(document: YamlMapping, header: readonly string[] = []): RenderedYaml {
  const lines = new Lines();
  writeComments(lines, header, '');
  document.entries.forEach((entry, index) => {
    if (index > 0 ? isRoomy(entry) || isRoomy(document.entries[index - 1]!) : header.length > 0)
      lines.add('');
    writeEntry(lines, entry, '');
  });
  return { content: `${lines.texts.join('\n')}\n`, lines: lines.origins };
}

/** The lines of a file that is being written. */
class Lines {
  readonly texts: string[] = [];
  readonly origins: (Origin | undefined)[] = [];

  add(text: string, origin?: Origin): void {
    this.texts.push(text);
    this.origins.push(origin);
  }

  /**
   * Gives lines from `start` on that have no origin of their own that of the whole; without one, those at the beginning
   * (a key and the comments above it) that of what they stand above.
   */
  settle(start: number, from: Origin | undefined): void {
    const { origins } = this;
    let first = start;
    while (first < origins.length && (from || !origins[first])) first++;
    const origin = from ?? origins[first];
    if (origin) for (let index = start; index < first; index++) origins[index] ??= origin;
  }
}

/** Entries of one line stand together; longer ones and those with comments keep their distance. */
function isRoomy({ value, comments }: YamlEntry): boolean {
  return (
    typeof value === 'object' || (comments?.length ?? 0) > 0 || (typeof value === 'string' && isBlock(value))
  );
}

function writeEntry(lines: Lines, { key, value, comments, from }: YamlEntry, indent: string): void {
  const start = lines.texts.length;
  writeComments(lines, comments, indent);
  writeValue(lines, `${indent}${line(key)}:`, value, indent, from);
  lines.settle(start, from);
}

function writeValue(
  lines: Lines,
  start: string,
  value: YamlValue,
  indent: string,
  from: Origin | undefined,
): void {
  if (typeof value !== 'object') {
    writeScalar(lines, start, value, indent, from);
  } else if ('items' in value) {
    if (value.items.length === 0) lines.add(`${start} []`);
    else {
      lines.add(start);
      for (const item of value.items) writeItem(lines, item, indent);
    }
  } else if (value.entries.length === 0) lines.add(`${start} {}`);
  else {
    lines.add(start);
    for (const entry of value.entries) writeEntry(lines, entry, `${indent}  `);
  }
}

function writeScalar(
  lines: Lines,
  start: string,
  value: YamlScalar,
  indent: string,
  from: Origin | undefined,
): void {
  const text = scalar(value, `${indent}  `);
  if (!text.includes('\n')) {
    lines.add(`${start} ${text}`, from);
    return;
  }
  const [first, ...rest] = text.split('\n');
  lines.add(`${start} ${first}`, from);
  for (const [index, each] of rest.entries()) lines.add(each, from && originOfLine(from, index));
}

function writeItem(lines: Lines, { value, comments, from }: YamlItem, indent: string): void {
  const start = lines.texts.length;
  writeComments(lines, comments, indent);
  if (typeof value !== 'object') writeScalar(lines, `${indent}-`, value, indent, from);
  else {
    const first = lines.texts.length;
    if ('items' in value) for (const item of value.items) writeItem(lines, item, `${indent}  `);
    else for (const entry of value.entries) writeEntry(lines, entry, `${indent}  `);
    const text = lines.texts[first];
    if (text === undefined) lines.add(`${indent}- ${'items' in value ? '[]' : '{}'}`);
    else lines.texts[first] = `${indent}- ${text.slice(indent.length + 2)}`;
  }
  lines.settle(start, from);
}

/** What would end a comment for readers of YAML 1.1, or keep them from reading on. A comment has no escapes. */
const NOT_IN_COMMENTS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

function writeComments(lines: Lines, comments: readonly string[] | undefined, indent: string): void {
  for (const comment of comments ?? []) {
    const printable = comment.replace(NOT_IN_COMMENTS, '\ufffd');
    for (const line of printable.split('\n')) lines.add(`${indent}#${line}`.trimEnd());
  }
}

function scalar(value: YamlScalar, indent: string): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return isBlock(value) ? block(value, indent) : line(value);
}

/** A text in one line, plain if it may be. */
function line(text: string): string {
  if (isPlain(text)) return text;
  return UNPRINTABLE.test(text) || /[\n\t]/.test(text) ? doubleQuoted(text) : quoted(text);
}

/** Characters that YAML does not print, or that YAML 1.1 takes for line breaks. */
const UNPRINTABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/;

/**
 * True for texts that are written as literal blocks: of more than one line, the last of which holds something (what
 * is blank at the end would be mixed up with the blank lines of the layout).
 */
function isBlock(text: string): boolean {
  return text.includes('\n') && /[^ \t\n]\n?$|[^ \t\n][ \t]+\n?$/.test(text) && !UNPRINTABLE.test(text);
}

function block(text: string, indent: string): string {
  const ends = text.endsWith('\n');
  const indicator = /^\n*[ \t]/.test(text) ? '2' : '';
  const lines = (ends ? text.slice(0, -1) : text)
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line));
  return `|${indicator}${ends ? '' : '-'}\n${lines.join('\n')}`;
}

/** What some version of YAML reads as something else than text: null, truth, numbers, dates, merge. */
const AMBIGUOUS =
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\.(?:inf|nan)|[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|0[box][0-9a-f_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)$/i;

/** Texts in which nothing could have a meaning of its own; with a bar or a slash they are no word of YAML either. */
const PATH_LIKE = /^[a-z]+[-/][a-z]+[\w./-]*$/;

function isPlain(text: string): boolean {
  if (PATH_LIKE.test(text)) return true;
  return (
    /^[^\s\-?:,[\]{}#&*!|>'"%@`=~]|^-[A-Za-z0-9]|^=[^=]/.test(text) &&
    !/:(\s|$)|\s#|\s$|\n|\t/.test(text) &&
    !UNPRINTABLE.test(text) &&
    !AMBIGUOUS.test(text)
  );
}

function quoted(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') || text.includes('\\') ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

function doubleQuoted(text: string): string {
  const escaped = JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped;
}
