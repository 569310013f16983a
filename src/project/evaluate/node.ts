import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node as YamlNode } from 'yaml';
import type { Place } from '../../diagnostics/place.js';
import { Malformed } from './malformed.js';

/** Where a value stands: a stretch of a file's text, by offset. */
export interface Position {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A text of YAML and its path below the project. */
export interface SourceFile {
  readonly path: string;
  /** Finds the line and column, both from 1, of an offset in the text. */
  readonly lines: { linePos(offset: number): { readonly line: number; readonly col: number } };
}

/** A piece of text; numbers and truth values are text too, as they are written. */
export interface Scalar {
  readonly kind: 'scalar';
  readonly text: string;
  readonly at: Position;
}

/** An ordered list. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly at: Position;
}

/** Values by key. */
export interface Mapping {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, Node>;
  readonly at: Position;
}

/** A value of a project's YAML, which knows where it stands. Nothing changes one; composing makes new ones. */
export type Node = Scalar | List | Mapping;

/** The place of a value: file, line and column. */
export function placeOf({ file, start, end }: Position): Place {
  const from = file.lines.linePos(start);
  const to = file.lines.linePos(Math.max(start, end));
  return {
    file: file.path,
    line: Math.max(1, from.line),
    column: Math.max(1, from.col),
    endLine: Math.max(1, to.line),
    endColumn: Math.max(1, to.col),
  };
}

/**
 * Reads YAML as BuildStream does: one mapping, no key twice.
 *
 * @throws {Malformed} if it is something else.
 */
export function readYaml(path: string, text: string): Mapping {
  const lines = new LineCounter();
  const file: SourceFile = { path, lines };
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
  });
  const [fault] = document.errors;
  if (fault) {
    const [start, end] = fault.pos;
    throw new Malformed({ file, start, end }, `it is not valid YAML: ${firstLine(fault.message)}`);
  }
  const whole = { file, start: 0, end: 0 };
  if (document.contents === null) return { kind: 'mapping', entries: new Map(), at: whole };
  const convert = (node: YamlNode): Node => {
    const at = { file, start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (!target) throw new Malformed(at, `there is no anchor \`${node.source}\``);
      return convert(target);
    }
    if (isScalar(node)) return { kind: 'scalar', text: String(node.value ?? ''), at };
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item as YamlNode)), at };
    if (!isMap(node)) throw new Malformed(at, 'it is neither text, nor a list, nor a mapping');
    const entries = new Map<string, Node>();
    for (const { key, value } of node.items) {
      const name = key as YamlNode;
      const place = { file, start: name.range?.[0] ?? 0, end: name.range?.[1] ?? 0 };
      if (!isScalar(name)) throw new Malformed(place, 'a key must be text');
      const read = value ? convert(value as YamlNode) : undefined;
      // An empty value stands where its key does.
      const isEmpty = !read || (read.kind === 'scalar' && read.at.start === read.at.end);
      entries.set(
        String(name.value),
        isEmpty ? { kind: 'scalar', text: read?.kind === 'scalar' ? read.text : '', at: place } : read,
      );
    }
    return { kind: 'mapping', entries, at };
  };
  const root = convert(document.contents);
  if (root.kind !== 'mapping') throw new Malformed(root.at, 'the file must be a mapping of keys and values');
  return root;
}

function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/[.:]?\s*$/, '');
}
