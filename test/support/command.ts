import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

/** What a command exits with, and what it prints. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, without a terminal. */
export async function runCommand(...args: string[]): Promise<Ended> {
  return runCommandOn({}, ...args);
}

/** The same on a terminal, as far as `terminal` says so. */
export async function runCommandOn(terminal: Partial<Io>, ...args: string[]): Promise<Ended> {
  const printed = { stdout: '', stderr: '' };
  const code = await main(args, {
    stdout: (text) => {
      printed.stdout += text;
    },
    stderr: (text) => {
      printed.stderr += text;
    },
    colour: false,
    machine: 'x64',
    ...terminal,
  });
  return { code, ...printed };
}
