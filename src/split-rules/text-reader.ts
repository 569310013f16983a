import type { Pattern } from './pattern.js';

/** Ends the reading of a regular expression, with what stands for the whole of it. */
export class NotUnderstood extends Error {
  constructor(
    reason: string,
    readonly stand: Pattern,
  ) {
    super(reason);
  }
}

/** Reads a text from the left. */
export class TextReader {
  /** What was read but is not supported, as phrases for a message. */
  readonly notSupported: string[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** @param what a sticky expression (flag `y`). */
  isBefore(what: RegExp): boolean {
    what.lastIndex = this.#at;
    return what.test(this.#text);
  }

  /** Reads on if this comes next; undefined if it doesn't. */
  read(what: RegExp): RegExpExecArray | undefined {
    what.lastIndex = this.#at;
    const found = what.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found ?? undefined;
  }
}
