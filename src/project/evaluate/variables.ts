import { Malformed } from './malformed.js';
import type { Mapping, Position, Scalar } from './node.js';

const EXPRESSION = /%\{([a-zA-Z][a-zA-Z0-9_-]*)\}/g;

/** The variables that an element's texts are expanded with. */
export class Variables {
  readonly #known: Map<string, string>;

  /** @param known values that are known already. */
  constructor(
    readonly node: Mapping,
    known: Iterable<readonly [string, string]> = [],
  ) {
    this.#known = new Map(known);
  }

  /** The value of a variable; undefined if there is none of that name. */
  get(name: string): string | undefined {
    const node = this.node.entries.get(name);
    return node ? this.#value(name, node.at, []) : this.#known.get(name);
  }

  /**
   * A text with its variables in place.
   *
   * @throws {Malformed} for a variable that is not defined or leads to itself.
   */
  expand({ text, at }: Pick<Scalar, 'text' | 'at'>): string {
    return text.includes('%{') ? this.#expand(text, at, []) : text;
  }

  #expand(text: string, at: Position, within: readonly string[]): string {
    return text.replace(EXPRESSION, (_, name: string) => this.#value(name, at, within));
  }

  #value(name: string, at: Position, within: readonly string[]): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const node = this.node.entries.get(name);
    if (!node) throw new Malformed(at, `the variable \`${name}\` is not defined`);
    if (node.kind !== 'scalar') throw new Malformed(node.at, `the variable \`${name}\` is not a text`);
    if (within.includes(name)) throw new Malformed(node.at, `the variable \`${name}\` leads to itself`);
    const value = this.#expand(node.text, node.at, [...within, name]);
    this.#known.set(name, value);
    return value;
  }
}
