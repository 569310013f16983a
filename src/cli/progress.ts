import type { Io } from './io.js';

/** How much a command says. */
export interface VerbosityFlags {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** After how many milliseconds a run begins to say what it is doing. */
const PATIENCE = 1000;

/** Takes the line back on which the cursor is. */
const CLEAR = '\r\x1b[K';

/**
 * Says on a terminal what a run is doing once it has taken more than a second, on one line that goes away again. In a
 * pipe, and with `quiet`, it says nothing; with `verbose` it says how long each stage took, wherever that goes.
 */
export class Progress {
  readonly #io: Pick<Io, 'stderr' | 'isTerminal'>;
  readonly #flags: VerbosityFlags;
  readonly #start = performance.now();

  constructor(io: Pick<Io, 'stderr' | 'isTerminal'>, flags: VerbosityFlags) {
    this.#io = io;
    this.#flags = flags;
  }

  /** Does one stage of the run. */
  async stage<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const { quiet, verbose } = this.#flags;
    const begun = performance.now();
    let isShown = false;
    const show = () => {
      isShown = true;
      this.#io.stderr(`${CLEAR}${name} …`);
    };
    let timer: NodeJS.Timeout | undefined;
    if (this.#io.isTerminal && !quiet && !verbose) {
      const wait = this.#start + PATIENCE - begun;
      if (wait <= 0) show();
      else timer = setTimeout(show, wait);
    }
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      if (isShown) this.#io.stderr(CLEAR);
      if (verbose) this.#io.stderr(`${name}: ${((performance.now() - begun) / 1000).toFixed(2)} s\n`);
    }
  }
}
