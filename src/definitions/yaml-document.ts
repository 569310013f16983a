import { type Document, isScalar, visit } from 'yaml';
import type { Place } from '../diagnostics/place.js';
import { type Comment, CommentIndex, type Entry, type Outline } from './comment-index.js';
import { nodesOf, readFullYaml, Unreadable } from './full-yaml.js';
import { readSimpleYaml } from './simple-yaml.js';
import { lineAt, sourceText } from './source-text.js';
import {
  type AliasNode,
  isEmptyNode,
  type MapNode,
  type PairNode,
  type ScalarNode,
  type SeqNode,
  type YamlNode,
} from './yaml-nodes.js';

/** A fault that the YAML parser found in a file. */
export interface YamlFault {
  readonly kind: 'syntax' | 'merge-conflict' | 'duplicate-key';
  readonly message: string;
  readonly place: Place;
}

/** A key of a mapping and its value. */
interface Slot extends PairNode {
  /** It came in through a merge key, and stands elsewhere in the file. */
  readonly merged?: boolean;
  /** What the key was before it was given another name. */
  readonly formerKey?: string;
}

/** What a mapping or list was read from. */
interface Origin {
  readonly members: ReadonlyMap<string, Slot> | readonly YamlNode[];
  /** Where it stands; undefined for the root, and for what a merge key brings in. */
  readonly spot: Spot | undefined;
}

/** Where a value stands in a container: `start` is the end of its key, or its own beginning in a list. */
interface Spot {
  readonly container: object;
  readonly key: string | number;
  readonly start: number;
}

/** Values that aliases and merge keys may add to a file; the largest real clusters have some hundred. */
const MOST_REPEATED = 100_000;

/** So many quoted texts of a file may have lines that are not indented: each is another reading of the file. */
const MOST_UNINDENTED = 10;

/** An indentation that no definition reaches. */
const DEEPER_THAN_ANYTHING = 80;

/**
 * One YAML file as Baserock's tools read it (YAML 1.1 with merge keys, as PyYAML does), that still knows where
 * each value stands, how it was written, and which comments surround it.
 *
 * `value` is plain data: objects, arrays, strings, numbers, booleans, null, and bytes (`!!binary`). Everything else
 * (dates, for example) is the text that was written.
 */
export class YamlDocument {
  readonly value: unknown = undefined;
  readonly faults: YamlFault[] = [];
  /** The text that the offsets speak of: `text`, but for some indentation. */
  #source = sourceText('');
  #comments: readonly Comment[] = [];
  #index: CommentIndex | undefined;
  /** The lines that were indented to be read: those after the first of each pair up to the second. */
  readonly #indented: (readonly [number, number])[] = [];
  readonly #origins = new Map<object, Origin>();
  /** What each alias stands for. */
  readonly #aliased = new Map<AliasNode, YamlNode>();
  readonly #root: YamlNode | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    const conflict = /^<{7}(?: .*)?$/m.exec(text);
    if (conflict && /^>{7}(?: .*)?$/m.test(text.slice(conflict.index))) {
      this.#source = sourceText(text);
      this.#conflict(conflict.index);
      return;
    }
    try {
      this.#root = this.#read(text);
      if (this.faults.length > 0 || !this.#root) return;
      this.value = this.#valueOf(this.#root);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#fault('syntax', error.message, ...error.span);
    }
  }

  #read(text: string): YamlNode | undefined {
    const simple = readSimpleYaml(text);
    if (simple) {
      this.#begin(text, simple.comments);
      return simple.root;
    }
    let documents = this.#compose(text);
    for (
      let tries = 0;
      tries < MOST_UNINDENTED && documents.some(({ errors }) => errors.length > 0);
      tries++
    ) {
      const unfolded = indentQuotedText(this.#source.text, documents);
      if (!unfolded) break;
      documents = this.#compose(unfolded.text);
      this.#indented.push(unfolded.lines);
    }
    const errors = documents.flatMap((document) => [...document.errors, ...document.warnings]);
    const marker = errors.length > 0 && /^(?:<{7}|={7}|>{7})(?: .*)?$/m.exec(text);
    if (marker) {
      this.#source = sourceText(text);
      this.#conflict(marker.index);
      return undefined;
    }
    for (const { code, message, pos } of errors) {
      const [said = message] = message.split(' at line ');
      this.#fault(
        'syntax',
        code === 'TAG_RESOLVE_FAILED' ? `${said}, which definitions cannot use` : said,
        ...pos,
      );
    }
    const second = documents[1]?.range[0];
    if (second !== undefined) {
      const message = 'the file holds several YAML documents, and only one is allowed';
      this.#fault('syntax', message, second, second + 3);
    }
    const root = documents[0]?.contents;
    return root && this.faults.length === 0 ? nodesOf(root) : undefined;
  }

  #conflict(start: number): void {
    const message = 'there are markers of an unresolved merge conflict';
    this.#fault('merge-conflict', message, start, start + 7);
  }

  /** True if nothing of the file can be used. A duplicate key is a fault, but leaves a value: the last one. */
  get isBroken(): boolean {
    return this.faults.some(({ kind }) => kind !== 'duplicate-key');
  }

  #fault(kind: YamlFault['kind'], message: string, start: number, end: number): void {
    this.faults.push({ kind, message, place: this.#place(start, end) });
  }

  /** Where the value of `container[key]` stands; the key's own place when the value is empty. */
  placeOf(container: object, key: string | number): Place {
    const value = this.#valueAt(container, key);
    const node = value && !isEmptyNode(value) ? value : (this.#keyAt(container, key) ?? value);
    return node ? this.#placeOfNode(node) : this.place;
  }

  /** Where the key of `container[key]` stands; for a list, the item itself. */
  placeOfKey(container: object, key: string | number): Place {
    const node = this.#keyAt(container, key) ?? this.#valueAt(container, key);
    return node ? this.#placeOfNode(node) : this.place;
  }

  /** The first line of the file's content. */
  get place(): Place {
    const start = this.#root?.start ?? 0;
    return this.#place(start, start);
  }

  /** A scalar's text: as a string means it, else as it was written (`0.30` stays `0.30`). */
  textOf(container: object, key: string | number): string | undefined {
    const value = (container as Readonly<Record<string | number, unknown>>)[key];
    if (typeof value === 'string') return value;
    if (value === undefined || value === null) return undefined;
    const node = this.#valueAt(container, key);
    if (node?.kind !== 'scalar' || node.value === null) return undefined;
    return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  }

  /** Gives `container[from]` the name `to`, as if the file had said so. Order and places stay. */
  rename(container: Record<string, unknown>, from: string, to: string): void {
    const { members, spot } = this.#origins.get(container)!;
    const renamed = [...(members as ReadonlyMap<string, Slot>)].map(([key, slot]) =>
      key === from ? ([to, { ...slot, formerKey: from }] as const) : ([key, slot] as const),
    );
    this.#origins.set(container, { members: new Map(renamed), spot });
    const value = container[from];
    delete container[from];
    container[to] = value;
  }

  /** True if there are comments anywhere in the file. */
  get hasComments(): boolean {
    return this.#comments.length > 0;
  }

  /**
   * The comments, without their `#`, that belong to `container[key]`: those above it, behind it and inside its
   * value. Every comment of a container belongs to exactly one of its keys (or items of a list).
   */
  commentsOf(container: object, key: string | number): string[] {
    return this.#commentIndex.of(container, key, true);
  }

  /** The part of `commentsOf` that does not belong to the values inside: above the key, and on its line. */
  commentsOnKey(container: object, key: string | number): string[] {
    return this.#commentIndex.of(container, key, false);
  }

  get #commentIndex(): CommentIndex {
    this.#index ??= new CommentIndex(this.#source, this.#comments, (container) => this.#outlineOf(container));
    return this.#index;
  }

  /** What comments have to know of a mapping or list. */
  #outlineOf(container: object): Outline | undefined {
    const origin = this.#origins.get(container);
    if (!origin) return undefined;
    const { members, spot } = origin;
    const entries = isList(members)
      ? members.map((item, index) => entryOf(index, undefined, item))
      : [...members].flatMap(([name, { key, value, merged, formerKey }]) =>
          merged ? [] : { ...entryOf(name, key, value), formerKey },
        );
    return { entries, isRoot: container === this.value, spot };
  }

  /** The key of `container[key]`; a list has none. */
  #keyAt(container: object, key: string | number): YamlNode | undefined {
    const members = this.#origins.get(container)?.members;
    return members && !isList(members) ? members.get(key as string)?.key : undefined;
  }

  /** The value of `container[key]`, and not an alias of it. */
  #valueAt(container: object, key: string | number): YamlNode | undefined {
    const members = this.#origins.get(container)?.members;
    if (!members) return undefined;
    const node = isList(members) ? members[key as number] : members.get(key as string)?.value;
    return node?.kind === 'alias' ? this.#aliased.get(node) : node;
  }

  #begin(text: string, comments: readonly Comment[]): void {
    this.#source = sourceText(text);
    this.#comments = comments;
  }

  #compose(text: string): readonly Document.Parsed[] {
    this.#begin(text, []);
    const { documents, comments } = readFullYaml(text);
    this.#begin(text, comments);
    return documents;
  }

  /** What each anchored node came to: its value, and how many values it holds. */
  readonly #anchored = new Map<YamlNode, { readonly value: unknown; readonly size: number }>();
  readonly #anchors = new Map<string, YamlNode>();
  /** How many values have been read so far, those behind aliases again for each alias. */
  #size = 0;
  #repeated = 0;

  /** @param spot where the value stands, which a mapping or list is to know. */
  #valueOf(node: YamlNode, spot?: Spot): unknown {
    if (node.kind === 'alias') {
      const target = this.#resolve(node);
      this.#aliased.set(node, target);
      return this.#repeat(target, node);
    }
    if (node.anchor) this.#anchors.set(node.anchor, node);
    const before = this.#size++;
    const value =
      node.kind === 'map'
        ? this.#object(node, spot)
        : node.kind === 'seq'
          ? this.#list(node, spot)
          : plain(node);
    if (node.anchor) this.#anchored.set(node, { value, size: this.#size - before });
    return value;
  }

  /** The value of a node that was read before, for an alias or a merge key that stands at `at`. */
  #repeat(node: YamlNode, at: AliasNode): unknown {
    const known = this.#anchored.get(node);
    if (!known) throw new Unreadable(`the alias *${at.name} is part of what it stands for`, span(at));
    this.#size += known.size;
    this.#repeated += known.size;
    if (this.#repeated > MOST_REPEATED) {
      throw new Unreadable('aliases repeat more values than can be read', span(at));
    }
    return known.value;
  }

  #list(node: SeqNode, spot: Spot | undefined): unknown[] {
    if (node.hasPairs) throw new Unreadable('a list of pairs has no meaning in definitions', span(node));
    const list: unknown[] = [];
    for (const item of node.items) list.push(this.#valueIn(list, list.length, item, item.start));
    this.#origins.set(list, { members: node.items, spot });
    return list;
  }

  #valueIn(container: object, key: string | number, node: YamlNode, start: number): unknown {
    return this.#valueOf(node, node.kind === 'scalar' ? undefined : { container, key, start });
  }

  #object(map: MapNode, spot: Spot | undefined): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const slots = new Map<string, Slot>();
    const merged: Record<string, unknown>[] = [];
    for (const pair of map.pairs) {
      if (pair.key.kind === 'scalar' && pair.key.isMerge) {
        merged.push(...this.#mergeSources(pair));
        continue;
      }
      const key = this.#keyOf(pair.key);
      const earlier = slots.get(key)?.key;
      if (earlier) {
        const { line } = this.#placeOfNode(earlier);
        this.#fault('duplicate-key', `\`${key}\` is given twice, first in line ${line}`, ...span(pair.key));
        slots.delete(key); // Of two equal keys the last one counts, where it stands.
      }
      object[key] = pair.value ? this.#valueIn(object, key, pair.value, pair.key.end) : null;
      slots.set(key, pair);
    }
    for (const values of merged) {
      for (const [key, value] of Object.entries(values)) {
        if (Object.hasOwn(object, key)) continue;
        object[key] = value;
        const slot = (this.#origins.get(values)!.members as ReadonlyMap<string, Slot>).get(key)!;
        slots.set(key, slot.merged ? slot : { ...slot, merged: true });
      }
    }
    this.#origins.set(object, { members: slots, spot });
    return object;
  }

  #keyOf(key: YamlNode): string {
    const node = this.#resolve(key);
    if (node.kind !== 'scalar') throw new Unreadable('a key must be text', span(key));
    const text = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    // No definition has it, and what is under it would be hidden from the schemas (zod passes over it).
    if (text === '__proto__') throw new Unreadable(`\`${text}\` cannot be a key`, span(key));
    return text;
  }

  /** The mappings that a merge key names, first one first: it has precedence (YAML 1.1 merge key type). */
  #mergeSources({ key, value }: PairNode): Record<string, unknown>[] {
    const given = value ? this.#valueOf(value) : null;
    const sources: unknown[] = Array.isArray(given) ? given : [given];
    return sources.map((source) => {
      if (typeof source === 'object' && source !== null && !Array.isArray(source)) {
        return source as Record<string, unknown>;
      }
      throw new Unreadable('only mappings can be merged with `<<`', span(value ?? key));
    });
  }

  #resolve(node: YamlNode): Exclude<YamlNode, AliasNode> {
    if (node.kind !== 'alias') return node;
    const target = this.#anchors.get(node.name);
    if (target && target.kind !== 'alias') return target;
    throw new Unreadable(`nothing above is marked \`&${node.name}\`, which an alias stands for`, span(node));
  }

  #placeOfNode(node: YamlNode): Place {
    return this.#place(node.start, node.end);
  }

  #place(start: number, end: number): Place {
    const { text, lineStarts } = this.#source;
    const from = Math.min(start, text.length);
    const to = Math.min(Math.max(start, end), text.length);
    const line = lineAt(lineStarts, from);
    const endLine = to < (lineStarts[line] ?? Number.POSITIVE_INFINITY) ? line : lineAt(lineStarts, to);
    return {
      file: this.file,
      line,
      column: this.#column(line, from),
      endLine,
      endColumn: this.#column(endLine, to),
    };
  }

  #column(line: number, offset: number): number {
    const column = offset - this.#source.lineStarts[line - 1]! + 1;
    if (this.#indented.length === 0) return column;
    const isIndented = this.#indented.some(([first, last]) => line > first && line <= last);
    return Math.max(1, isIndented ? column - DEEPER_THAN_ANYTHING : column);
  }
}

/** A text, number, boolean, null or bytes as PyYAML reads it. */
function plain(node: ScalarNode): unknown {
  const { value } = node;
  // What is no number to PyYAML (`e12`) or none to reckon with (`.inf`) is text; so is a date.
  if (typeof value === 'number' || typeof value === 'bigint') {
    return Number.isFinite(Number(value)) ? Number(value) : node.source;
  }
  if (value instanceof Uint8Array) return value;
  // YAML 1.1 has `y` and `n` as booleans; PyYAML does not.
  if (typeof value === 'boolean') return /^[yn]$/i.test(node.source ?? '') ? node.source : value;
  return value === null || typeof value === 'string' ? value : node.source;
}

function isList(members: Origin['members']): members is readonly YamlNode[] {
  return Array.isArray(members);
}

function span(node: YamlNode): [number, number] {
  return [node.start, node.end];
}

/**
 * PyYAML lets the lines of a quoted text stand at any indentation, even none; YAML 1.2 does not, and so neither does
 * the parser. Indenting them changes nothing of what they mean, and no line number.
 *
 * @returns the text with such lines indented, and which they are; or undefined if there are none.
 */
function indentQuotedText(
  text: string,
  documents: readonly Document.Parsed[],
): { readonly text: string; readonly lines: readonly [number, number] } | undefined {
  const start = documents.map(startOfUnclosed).find((offset) => offset !== undefined);
  if (start === undefined) return undefined;
  const quoted = /^(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')/.exec(text.slice(start))?.[0];
  if (!quoted?.includes('\n')) return undefined;
  const indented = quoted.replaceAll('\n', `\n${' '.repeat(DEEPER_THAN_ANYTHING)}`);
  const first = text.slice(0, start).split('\n').length;
  return {
    text: text.slice(0, start) + indented + text.slice(start + quoted.length),
    lines: [first, first + quoted.split('\n').length - 1],
  };
}

/** Where a quoted text begins that the parser sees no end of. Quotes inside of other texts are none of YAML's. */
function startOfUnclosed(document: Document.Parsed): number | undefined {
  const error = document.errors.find(({ message }) => message.startsWith('Missing closing'));
  if (!error) return undefined;
  let start: number | undefined;
  visit(document, (_, node) => {
    if (!isScalar(node) || !node.range || !node.type?.startsWith('QUOTE')) return;
    if (node.range[0] < error.pos[0] && error.pos[0] <= node.range[2]) start = node.range[0];
  });
  return start;
}

/** What comments have to know of a key and its value, or of an item. */
function entryOf(name: string | number, key: YamlNode | undefined, value: YamlNode | undefined): Entry {
  const { start } = key ?? value!;
  const isContainer = value?.kind === 'map' || value?.kind === 'seq';
  return { key: name, start, keyEnd: key?.end, end: value?.end ?? key?.end ?? start, isContainer };
}
