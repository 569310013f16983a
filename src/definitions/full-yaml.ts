import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  type ParsedNode,
  Parser,
} from 'yaml';
import type { Comment } from './comment-index.js';
import { isEmptyNode, type ScalarNode, type YamlNode } from './yaml-nodes.js';

/** Levels of values within values that are read; real definitions have about ten. */
const DEEPEST = 100;

/** Something that makes a file unreadable was found at these offsets. */
export class Unreadable extends Error {
  constructor(
    message: string,
    readonly span: readonly [start: number, end: number],
  ) {
    super(message);
  }
}

/** YAML's own end marker of a lexeme stream: the next lexeme is a scalar, whatever it looks like. */
const SCALAR_FOLLOWS = '\x1f';

/** What reading any YAML gives. */
export interface FullYaml {
  readonly documents: readonly Document.Parsed[];
  readonly comments: readonly Comment[];
}

/**
 * Reads YAML 1.1 with merge keys, of whatever form.
 *
 * @throws {Unreadable} if values are nested too deeply.
 */
export function readFullYaml(text: string): FullYaml {
  const comments: Comment[] = [];
  const lexer = new Lexer();
  const parser = new Parser();
  const composer = new Composer({ version: '1.1', merge: true, uniqueKeys: false });
  const documents: Document.Parsed[] = [];
  let previous = '';
  for (const lexeme of lexer.lex(text)) {
    if (lexeme.startsWith('#') && previous !== SCALAR_FOLLOWS) {
      comments.push({ offset: parser.offset, text: lexeme.slice(1).trimEnd() });
    }
    previous = lexeme;
    if (parser.stack.length > DEEPEST) {
      throw new Unreadable('the values are nested too deeply to be read', [parser.offset, parser.offset + 1]);
    }
    for (const token of parser.next(lexeme)) {
      for (const document of composer.next(token)) documents.push(document as Document.Parsed);
    }
  }
  for (const token of parser.end()) {
    for (const document of composer.next(token)) documents.push(document as Document.Parsed);
  }
  for (const document of composer.end(false)) documents.push(document as Document.Parsed);
  return { documents, comments };
}

/** The nodes of a document that has no errors. */
export function nodesOf(node: ParsedNode): YamlNode {
  const [start, end] = node.range;
  if (isAlias(node)) return { kind: 'alias', name: node.source, start, end };
  const anchor = node.anchor;
  if (isScalar(node)) {
    const { value, source, type } = node;
    const isMerge = typeof value === 'symbol' || (value === '<<' && type === 'PLAIN');
    return { kind: 'scalar', value, source, start, end, anchor, ...(isMerge ? { isMerge } : {}) };
  }
  if (isMap(node)) {
    const pairs = (node.items as Pair<ParsedNode, ParsedNode | null>[]).map(({ key, value }) => {
      const inner = value ? nodesOf(value) : undefined;
      return { key: nodesOf(key), value: inner && isMissing(inner) ? undefined : inner };
    });
    const last = pairs.at(-1);
    const isOpen = !node.flow && last !== undefined;
    return { kind: 'map', pairs, start, end: isOpen ? (last.value ?? last.key).end : end, anchor };
  }
  if (!isSeq(node)) throw new Unreadable('this means nothing in definitions', [start, end]);
  const items = (node.items as unknown[]).map((item) =>
    isPair(item) ? undefined : nodesOf(item as ParsedNode),
  );
  const present = items.filter((item) => item !== undefined);
  const isOpen = !node.flow && present.length > 0;
  return {
    kind: 'seq',
    items: present,
    start,
    end: isOpen ? present.at(-1)!.end : end,
    anchor,
    ...(present.length < items.length ? { hasPairs: true } : {}),
  };
}

/** An empty node where a value could be; with an anchor it is a value all the same. */
function isMissing(node: YamlNode): boolean {
  return isEmptyNode(node) && (node as ScalarNode).anchor === undefined;
}
