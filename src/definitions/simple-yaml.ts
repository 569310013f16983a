import type { Comment } from './comment-index.js';
import type { MapNode, PairNode, ScalarNode, SeqNode, YamlNode } from './yaml-nodes.js';

/** The text is not of the simple form: it has to be read as YAML in full. */
const notSimple = Symbol('not simple');

/** What reads of a simple text. */
export interface SimpleYaml {
  readonly root: YamlNode;
  /** In the order in which they stand in the text. */
  readonly comments: readonly Comment[];
}

/** No line of definitions begins deeper, and no text nested deeper is simple. */
const DEEPEST = 30;

/** A key without quotes and its colon; a key of more than 1,024 characters is no YAML. */
const KEY = /(?:[A-Za-z0-9_][\w.+@/~-]{0,200}|<<) {0,9}:(?=[ \n]|$)/y;
const SINGLE_QUOTED = /'((?:[^']|'')*)'/y;
const DOUBLE_QUOTED = /"([^"\\]*)"/y;
const ANCHOR = /&([\w-]+)(?=[ \n]|$)/y;
const ALIAS = /\*([\w-]+)/y;
/** A text in brackets or braces, and a key in braces. */
const FLOW_TEXT = /[^\s\-?:,[\]{}#&*!|>'"%@`][^,[\]{}\n:#\t]*/y;
const FLOW_KEY = /([A-Za-z0-9_][\w.+@/~-]{0,200}) {0,9}: +/y;
const BLOCK_HEADER = /[|>]-?(?= *(?:\n|$))/y;

/** What may begin a text without quotes; the indicators of YAML may not. */
const PLAIN_START = /[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:](?=[^\s])/y;
/** A text without quotes must not hold these: a key would end there. */
const KEY_INSIDE = /:(?:\s|$)/;
/** What YAML 1.1 takes for a number of the usual form. */
const USUAL_NUMBER = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/;
/** What it may take for a number otherwise: signs, exponents, other bases, times. */
const ANY_NUMBER =
  /^[-+]?(?:0b[01_]*|0[0-7_]*|0x[0-9a-f_]*|[0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9_]*)?|[0-9][0-9_]*(?::[0-9_]+)+(?:\.[0-9_]*)?|\.inf|\.nan)$/i;
const NULL = /^(?:~|null|Null|NULL)$/;
const TRUE = /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/;
const FALSE = /^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/;

/**
 * Reads the simple YAML that nearly all definitions are written in: mappings and lists in block style, texts of one
 * or more lines, blocks, comments. It does so in a small part of the time that a reader of all YAML takes.
 *
 * Everything else is left to such a reader: whatever is not certain to mean the same there.
 *
 * @returns undefined for a text that is not of this form, be it valid YAML or not.
 */
export function readSimpleYaml(text: string): SimpleYaml | undefined {
  if (/[\r\0\ufeff]|^(?:---|\.\.\.|%)/m.test(text)) return undefined;
  const reader = new SimpleReader(text);
  try {
    return { root: reader.read(), comments: reader.comments };
  } catch (error) {
    if (error === notSimple) return undefined;
    throw error;
  }
}

class SimpleReader {
  readonly comments: Comment[] = [];
  /** The offset of the line, or of what is left of it, that is read next. */
  #at = 0;
  /** How far the text that is next is indented; -1 at the end of the file. */
  #indent = 0;
  #depth = 0;
  /** The line that was read last ends with a comment. */
  #isBehindComment = false;

  constructor(readonly text: string) {}

  read(): YamlNode {
    this.#nextLine();
    const root = this.#collection(this.#indent);
    if (!root || this.#indent >= 0) throw notSimple;
    return root;
  }

  /** Goes to the next line that holds more than a comment, from the beginning of a line. */
  #nextLine(): void {
    const { text } = this;
    for (;;) {
      const start = this.#at;
      let at = start;
      while (text.charCodeAt(at) === 32) at++;
      const character = text.charCodeAt(at);
      if (character === 35) at = this.#comment(at);
      else if (character !== 10) {
        this.#at = at;
        this.#indent = at < text.length ? at - start : -1;
        return;
      }
      this.#at = at + 1;
    }
  }

  /** Notes a comment; returns the offset of the end of its line. */
  #comment(offset: number): number {
    const newline = this.text.indexOf('\n', offset);
    const end = newline < 0 ? this.text.length : newline;
    this.comments.push({ offset, text: this.text.slice(offset + 1, end).trimEnd() });
    return end;
  }

  /** Makes sure that a line holds nothing more than a comment, and goes to the next one. */
  #endLine(): void {
    const start = this.#at;
    const next = this.#skipSpaces();
    if (next === 35 && this.#at > start) this.#at = this.#comment(this.#at);
    else if (next !== 10 && this.#at < this.text.length) throw notSimple;
    this.#at++;
    this.#nextLine();
  }

  /** Matches at the current offset, and goes behind what matches. */
  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.#at += match[0].length;
    return match;
  }

  #isItem(): boolean {
    const next = this.text.charCodeAt(this.#at + 1);
    return this.text.charCodeAt(this.#at) === 45 && (next === 32 || next === 10 || Number.isNaN(next));
  }

  /** A mapping or list whose keys or dashes stand in this column, the first of them right here. */
  #collection(column: number): MapNode | SeqNode | undefined {
    if (++this.#depth > DEEPEST) throw notSimple;
    const node = this.#isItem() ? this.#list(column) : this.#mapping(column);
    this.#depth--;
    return node;
  }

  #mapping(column: number): MapNode | undefined {
    let key = this.#key();
    if (!key) return undefined;
    const pairs: PairNode[] = [];
    const { start } = key;
    for (;;) {
      const value = this.#valueOf(column);
      pairs.push({ key, value });
      if (this.#indent < column) return { kind: 'map', pairs, start, end: (value ?? key).end };
      key = this.#indent === column ? this.#key() : undefined;
      if (!key) throw notSimple;
    }
  }

  /** A key, if there is one right here; goes behind its colon. */
  #key(): ScalarNode | undefined {
    const start = this.#at;
    KEY.lastIndex = start;
    if (!KEY.test(this.text)) return undefined;
    this.#at = KEY.lastIndex;
    const value = this.text.slice(start, this.#at - 1).trimEnd();
    return { kind: 'scalar', value, start, end: start + value.length, isMerge: value === '<<' || undefined };
  }

  /** What follows a key and its colon: on the same line or below, or nothing. */
  #valueOf(column: number): YamlNode | undefined {
    const behind = this.#at;
    const anchor = this.#anchor();
    const next = this.#skipSpaces();
    if (next !== 10 && next !== 35 && this.#at < this.text.length) {
      return anchored(this.#scalar(column), anchor);
    }
    if (anchor === undefined) this.#at = behind;
    // A comment behind an anchor is rare.
    else if (next === 35) throw notSimple;
    this.#endLine();
    const isBelow = this.#indent > column || (this.#indent === column && this.#isItem());
    const collection = isBelow ? this.#collection(this.#indent) : undefined;
    if (anchor === undefined) return collection ?? (isBelow ? this.#scalar(column) : undefined);
    if (!collection) throw notSimple;
    return anchored(collection, anchor);
  }

  /** The name by which what follows is known further down, if it has any; goes behind it. */
  #anchor(): string | undefined {
    if (this.#skipSpaces() !== 38) return undefined;
    const anchor = this.#match(ANCHOR)?.[1];
    if (anchor === undefined) throw notSimple;
    return anchor;
  }

  #list(column: number): SeqNode {
    const items: YamlNode[] = [];
    const start = this.#at;
    while (this.#indent === column && this.#isItem()) items.push(this.#item(column));
    if (this.#indent > column) throw notSimple;
    return { kind: 'seq', items, start, end: items.at(-1)!.end };
  }

  #item(column: number): YamlNode {
    const dash = this.#at++;
    const anchor = this.#anchor();
    const next = this.#skipSpaces();
    // A comment behind the dash, or nothing.
    if (next === 35 || next === 10 || this.#at >= this.text.length) throw notSimple;
    const inner = column + this.#at - dash;
    this.#indent = inner;
    const collection = this.#collection(inner);
    // An anchor in front of a key is the key's.
    if (collection && anchor !== undefined) throw notSimple;
    return collection ?? anchored(this.#scalar(column), anchor);
  }

  /** Goes behind spaces; returns what is there, NaN at the end of the file. */
  #skipSpaces(): number {
    let at = this.#at;
    let character = this.text.charCodeAt(at);
    while (character === 32) character = this.text.charCodeAt(++at);
    this.#at = at;
    return character;
  }

  /** A scalar that begins here; its other lines are indented deeper than the column. */
  #scalar(column: number): YamlNode {
    const start = this.#at;
    switch (this.text[start]) {
      case '|':
      case '>':
        return this.#block(column);
      case "'": {
        const text = this.#quoted(SINGLE_QUOTED, column).replaceAll("''", "'");
        return this.#onLine({ kind: 'scalar', value: text, start, end: this.#at });
      }
      case '"': {
        const text = this.#quoted(DOUBLE_QUOTED, column);
        return this.#onLine({ kind: 'scalar', value: text, start, end: this.#at });
      }
      case '*': {
        const name = this.#match(ALIAS)?.[1];
        if (name === undefined) throw notSimple;
        return this.#onLine({ kind: 'alias', name, start, end: this.#at });
      }
      case '[':
      case '{':
        return this.#onLine(this.#flow());
      default:
        return this.#plain(column);
    }
  }

  /** A list in brackets or a mapping in braces, with nothing but texts in it, on one line. */
  #flow(): MapNode | SeqNode {
    const start = this.#at++;
    const isList = this.text[start] === '[';
    const close = isList ? ']' : '}';
    const items: YamlNode[] = [];
    const pairs: PairNode[] = [];
    this.#skipSpaces();
    while (this.text[this.#at] !== close) {
      const key = isList ? undefined : this.#match(FLOW_KEY);
      const text = this.#match(FLOW_TEXT);
      if (!text || (!isList && !key)) throw notSimple;
      const trimmed = text[0].trimEnd();
      const value = this.#plainScalar(trimmed, text.index, text.index + trimmed.length);
      if (key) {
        const end = key.index + key[1]!.length;
        pairs.push({ key: { kind: 'scalar', value: key[1]!, start: key.index, end }, value });
      } else items.push(value);
      if (this.text[this.#at] === ',') {
        this.#at++;
        this.#skipSpaces();
        // A comma at the end is no empty item, but it is rare.
        if (this.text[this.#at] === close) throw notSimple;
      } else if (this.text[this.#at] !== close) throw notSimple;
    }
    const end = ++this.#at;
    return isList ? { kind: 'seq', items, start, end } : { kind: 'map', pairs, start, end };
  }

  /** The text between quotes, its lines folded; lines after the first are indented deeper than the column. */
  #quoted(pattern: RegExp, column: number): string {
    const text = this.#match(pattern)?.[1];
    if (text === undefined) throw notSimple;
    if (!text.includes('\n')) return text;
    const [first, ...others] = text.split('\n');
    let folded = first!.trimEnd();
    let blank = 0;
    for (const [index, line] of others.entries()) {
      const content = line.trim();
      const isLast = index === others.length - 1;
      if (line.includes('\t') || (content === '' && isLast)) throw notSimple;
      if (content === '') blank++;
      else {
        if (line.search(/\S/) <= column) throw notSimple;
        folded += (blank > 0 ? '\n'.repeat(blank) : ' ') + (isLast ? line.trimStart() : content);
        blank = 0;
      }
    }
    return folded;
  }

  /** A value that ends here, and nothing but a comment behind it. */
  #onLine<T>(node: T): T {
    this.#endLine();
    return node;
  }

  #plain(column: number): ScalarNode {
    const start = this.#at;
    PLAIN_START.lastIndex = start;
    if (!PLAIN_START.test(this.text)) throw notSimple;
    let text = this.#plainLine();
    let end = start + text.length;
    while (!this.#isBehindComment) {
      const before = this.#at;
      const noted = this.comments.length;
      this.#nextLine();
      if (this.#indent <= column) return this.#plainScalar(text, start, end);
      // A comment ends a text, and what is indented like more of it means something else.
      if (this.comments.length > noted) throw notSimple;
      const blank = this.text.slice(before, this.#at).split('\n').length - 1;
      const from = this.#at;
      const more = this.#plainLine();
      text += (blank > 0 ? '\n'.repeat(blank) : ' ') + more;
      end = from + more.length;
    }
    this.#nextLine();
    if (this.#indent > column) throw notSimple;
    return this.#plainScalar(text, start, end);
  }

  /** The rest of a line as part of a text without quotes; goes behind the line. */
  #plainLine(): string {
    const start = this.#at;
    const newline = this.text.indexOf('\n', start);
    const line = this.text.slice(start, newline < 0 ? this.text.length : newline);
    const hash = line.indexOf(' #');
    const text = (hash < 0 ? line : line.slice(0, hash)).trimEnd();
    if (line.includes('\t') || (text.includes(':') && KEY_INSIDE.test(text))) throw notSimple;
    this.#isBehindComment = hash >= 0;
    if (hash >= 0) this.#comment(start + hash + 1);
    this.#at = start + line.length + 1;
    return text;
  }

  #plainScalar(text: string, start: number, end: number): ScalarNode {
    return { kind: 'scalar', value: scalarOf(text), source: text, start, end };
  }

  /** A literal or folded block (`|` or `>`), whose lines are indented deeper than the column. */
  #block(column: number): ScalarNode {
    const start = this.#at;
    const header = this.#match(BLOCK_HEADER)?.[0];
    if (header === undefined) throw notSimple;
    const first = this.text.indexOf('\n', this.#at) + 1;
    if (first === 0) throw notSimple;
    const lines: string[] = [];
    let indent = 0;
    let end = first;
    let kept = 0;
    let longestBlank = 0;
    for (let at = first; at < this.text.length; ) {
      const newline = this.text.indexOf('\n', at);
      const next = newline < 0 ? this.text.length : newline;
      let content = at;
      while (this.text.charCodeAt(content) === 32) content++;
      const isBlank = content >= next;
      if (isBlank) longestBlank = Math.max(longestBlank, content - at);
      else {
        if (kept === 0) {
          indent = content - at;
          if (indent <= column) break;
        } else if (content - at < indent) break;
        end = Math.min(next + 1, this.text.length);
        kept = lines.length + 1;
        // Blanks ahead of the text, and lines of blanks and tabs, take all of YAML's rules.
        if (longestBlank > 0 && lines.every((each) => each === '')) throw notSimple;
        if (this.text.charCodeAt(content) === 9 && this.text.slice(content, next).trim() === '')
          throw notSimple;
        longestBlank = 0;
      }
      lines.push(this.text.slice(Math.min(at + indent, next), next));
      at = next + 1;
    }
    if (kept === 0 || longestBlank > 0 || this.text[end - 1] !== '\n') throw notSimple;
    lines.length = kept;
    const value = header.startsWith('|') ? lines.join('\n') : folded(lines);
    this.#at = end;
    this.#nextLine();
    return { kind: 'scalar', value: header.length === 1 ? `${value}\n` : value, start, end };
  }
}

function anchored(node: YamlNode, anchor: string | undefined): YamlNode {
  if (anchor === undefined) return node;
  if (node.kind === 'alias') throw notSimple;
  return { ...node, anchor };
}

/** The lines of a folded block as one text; those that are indented deeper, which stay lines, are rare. */
function folded(lines: readonly string[]): string {
  let text = '';
  let separator = '';
  for (const line of lines) {
    if (line === '' ? text === '' : /^\s/.test(line)) throw notSimple;
    if (line === '') separator = separator === ' ' ? '\n' : `${separator}\n`;
    else {
      text += separator + line;
      separator = ' ';
    }
  }
  return text;
}

/** What YAML 1.1 makes of a text without quotes; what is neither a number, a truth value nor null stays text. */
function scalarOf(text: string): unknown {
  const first = text.charCodeAt(0);
  // Digits, and signs and the point in front of them.
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46 || first === 95) {
    if (USUAL_NUMBER.test(text)) return Number(text);
    if (ANY_NUMBER.test(text)) throw notSimple;
    return text;
  }
  if (text.length > 5) return text;
  if (NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  return FALSE.test(text) ? false : text;
}
