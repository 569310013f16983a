/** Text and truth values: what BuildStream's YAML consists of. Numbers are written as text. */
type YamlScalar = string | boolean;

/** A value of an entry or an item. */
export type YamlValue = YamlScalar | YamlList | YamlMapping;

/** An item of a list, with the comments above it (without `#`). */
interface YamlItem {
  readonly value: YamlValue;
  readonly comments?: readonly string[];
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

/**
 * Renders a YAML file that means the same to readers of YAML 1.1 and 1.2: block style, lists at the indentation of
 * their key, texts of several lines as literal blocks, a blank line before each top-level entry but the first.
 *
 * @param header comments at the top of the file.
 */
export function renderYaml(document: YamlMapping, header: readonly string[] = []): string {
  const lines: string[] = [];
  writeComments(lines, header, '');
  document.entries.forEach((entry, index) => {
    if (index > 0 ? isRoomy(entry) || isRoomy(document.entries[index - 1]!) : header.length > 0)
      lines.push('');
    writeEntry(lines, entry, '');
  });
  return `${lines.join('\n')}\n`;
}

/** Entries of one line stand together; longer ones and those with comments keep their distance. */
function isRoomy({ value, comments }: YamlEntry): boolean {
  return (
    typeof value === 'object' || (comments?.length ?? 0) > 0 || (typeof value === 'string' && isBlock(value))
  );
}

function writeEntry(lines: string[], { key, value, comments }: YamlEntry, indent: string): void {
  writeComments(lines, comments, indent);
  writeValue(lines, `${indent}${line(key)}:`, value, indent);
}

function writeValue(lines: string[], start: string, value: YamlValue, indent: string): void {
  if (typeof value !== 'object') {
    lines.push(`${start} ${scalar(value, `${indent}  `)}`);
  } else if ('items' in value) {
    if (value.items.length === 0) lines.push(`${start} []`);
    else {
      lines.push(start);
      for (const item of value.items) writeItem(lines, item, indent);
    }
  } else if (value.entries.length === 0) lines.push(`${start} {}`);
  else {
    lines.push(start);
    for (const entry of value.entries) writeEntry(lines, entry, `${indent}  `);
  }
}

function writeItem(lines: string[], { value, comments }: YamlItem, indent: string): void {
  writeComments(lines, comments, indent);
  if (typeof value !== 'object') {
    lines.push(`${indent}- ${scalar(value, `${indent}  `)}`);
    return;
  }
  const inner: string[] = [];
  if ('items' in value) for (const item of value.items) writeItem(inner, item, `${indent}  `);
  else for (const entry of value.entries) writeEntry(inner, entry, `${indent}  `);
  const first = inner[0];
  if (first === undefined) lines.push(`${indent}- ${'items' in value ? '[]' : '{}'}`);
  else lines.push(`${indent}- ${first.slice(indent.length + 2)}`, ...inner.slice(1));
}

/** What would end a comment for readers of YAML 1.1, or keep them from reading on. A comment has no escapes. */
const NOT_IN_COMMENTS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

function writeComments(lines: string[], comments: readonly string[] | undefined, indent: string): void {
  for (const comment of comments ?? []) {
    const printable = comment.replace(NOT_IN_COMMENTS, '\ufffd');
    for (const line of printable.split('\n')) lines.push(`${indent}#${line}`.trimEnd());
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

function isPlain(text: string): boolean {
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
