import { type Command, CommanderError } from 'commander';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';
import { makeProgram } from './program.js';

/**
 * Runs the command line.
 *
 * @param args what follows the name of the command.
 * @returns the exit code.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = makeProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === 'commander.missingArgument') io.stderr(hintAtList(program, args));
      return error.exitCode === 0 ? exitCodes.done : exitCodes.failed;
    }
    io.stderr(`${internalError(error)}\n`);
    return exitCodes.failed;
  }
}

/** What is said where an argument is missing, if an option that takes a list may have taken it. */
function hintAtList(program: Command, [name, ...args]: readonly string[]): string {
  const options = program.commands.find((command) => command.name() === name)?.options ?? [];
  const list = options.find(({ variadic, long }) => variadic && args.includes(long!));
  return list ? `hint: ${list.long} takes all that follows it, so name the folders before it\n` : '';
}

/** What is said of an error that nobody foresaw. */
function internalError(error: unknown): string {
  const stack = error instanceof Error ? error.stack : String(error);
  return `error: this should not have happened; please report it with what you ran\n${stack}`;
}
