import { build } from '../version.js';
import { type CachePlace, cachePlace } from './cache.js';

/** The outside world as a command sees it; tests hand in their own. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Someone looks at stderr as it is written. */
  readonly isTerminal?: boolean;
  /** Someone looks at stdout as it is written: it goes to no file and no other program. */
  readonly isTerminalOut?: boolean;
  /** Colour on stderr. */
  readonly colour: boolean;
  /** Colour on stdout. */
  readonly colourOut?: boolean;
  /** The architecture of the machine, as Node names it. */
  readonly machine: string;
  /** Where conversions are kept; nowhere if it is not said. */
  readonly cache?: CachePlace;
}

/** The process's own streams. Colour only on a terminal, and not where NO_COLOR is set (no-color.org). */
export function processIo(): Io {
  // Whoever reads may have read enough (`| head`): that is no reason to stop, least of all while writing a project.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const cache = cachePlace(build, process.env);
  return {
    ...(cache ? { cache } : {}),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    isTerminalOut: process.stdout.isTTY === true,
    colour: process.stderr.isTTY === true && !process.env.NO_COLOR,
    colourOut: process.stdout.isTTY === true && !process.env.NO_COLOR,
    machine: process.arch,
  };
}
