import type { Position } from './node.js';

/** Something in a project that BuildStream would refuse, and where. It never leaves this room: see `readProject`. */
export class Malformed extends Error {
  /**
   * @param at undefined where what is wrong is that a file is not there.
   * @param hint what to do, where that is not to correct the file.
   */
  constructor(
    readonly at: Position | undefined,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** An assertion `(!)` of the project: it does not load with the options that it is loaded with. */
export class Refused extends Malformed {}
