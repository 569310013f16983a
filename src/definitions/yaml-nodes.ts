/** Offsets of a text: where a node begins, and where it ends. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text, number, boolean or null of a YAML file. */
export interface ScalarNode extends Range {
  readonly kind: 'scalar';
  readonly value: unknown;
  /** What was written; it means something only where the value is no text. */
  readonly source?: string | undefined;
  /** `<<`, without quotes. */
  readonly isMerge?: boolean | undefined;
  readonly anchor?: string | undefined;
}

/** `*name`: what stands at the anchor of that name once more. */
export interface AliasNode extends Range {
  readonly kind: 'alias';
  readonly name: string;
}

/** A key of a mapping, and its value if it has any. */
export interface PairNode {
  readonly key: YamlNode;
  readonly value: YamlNode | undefined;
}

/** A mapping. What is in braces ends with the brace; another one where the last thing in it does. */
export interface MapNode extends Range {
  readonly kind: 'map';
  readonly pairs: readonly PairNode[];
  readonly anchor?: string | undefined;
}

/** A list; it ends like a mapping. */
export interface SeqNode extends Range {
  readonly kind: 'seq';
  readonly items: readonly YamlNode[];
  /** Some of its items are pairs of key and value: `[a: b]`. */
  readonly hasPairs?: boolean;
  readonly anchor?: string | undefined;
}

/** What a YAML file consists of, as far as reading definitions goes. */
export type YamlNode = ScalarNode | AliasNode | MapNode | SeqNode;

/** True for what stands where a value is expected and there is none. */
export function isEmptyNode(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null && !node.source;
}
