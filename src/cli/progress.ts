import { performance as ofNode } from 'node:perf_hooks';
import type { Io } from './io.js';

/** How much a command says. */
export interface VerbosityFlags {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** Says at the end where the time went. */
  readonly timings?: boolean;
}

/** What a part of a run took. */
interface Timing {
  readonly name: string;
  readonly milliseconds: number;
  /** The most memory that the process has had by its end, in kB. */
  readonly memory: number;
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
  readonly #timings: Timing[] = [];

  constructor(io: Pick<Io, 'stderr' | 'isTerminal'>, flags: VerbosityFlags) {
    this.#io = io;
    this.#flags = flags;
    const { bootstrapComplete } = ofNode.nodeTiming;
    this.noteTime('starting Node', bootstrapComplete);
    this.noteTime('imports', this.#start - bootstrapComplete);
  }

  /** Keeps what a part of the run took, for `timings`. */
  readonly noteTime = (name: string, milliseconds: number): void => {
    this.#timings.push({ name, milliseconds, memory: process.resourceUsage().maxRSS });
  };

  /** One line for each part of the run, with its time and the most memory by its end; nothing unless asked for. */
  timings(): string {
    if (!this.#flags.timings) return '';
    const known = this.#timings.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const now = performance.now();
    this.noteTime('all else', now - known);
    this.noteTime('in all', now);
    const width = Math.max(...this.#timings.map(({ name }) => name.length));
    return this.#timings
      .map(({ name, milliseconds, memory }) => {
        const time = milliseconds.toFixed(1).padStart(9);
        return `${name.padEnd(width)} ${time} ms ${String(Math.round(memory / 1024)).padStart(5)} MB\n`;
      })
      .join('');
  }

  /** Does a part of the run, and keeps what it took. */
  timed<T>(name: string, work: () => T): T {
    const begun = performance.now();
    const result = work();
    this.noteTime(name, performance.now() - begun);
    return result;
  }

  /**
   * Does one stage of the run.
   *
   * @param isWhole false if the work keeps the times of its parts itself.
   */
  async stage<T>(name: string, work: () => T | Promise<T>, isWhole = true): Promise<T> {
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
      if (isWhole) this.noteTime(name, performance.now() - begun);
      if (verbose) this.#io.stderr(`${name}: ${((performance.now() - begun) / 1000).toFixed(2)} s\n`);
    }
  }
}
