import { fileURLToPath } from 'node:url';
import { build } from '../version.js';
import { cachePlace } from './cache.js';
import { exitCodes } from './exit-codes.js';
import { loadProgram } from './kept-program.js';

/**
 * Runs the command line in this process.
 *
 * @param args what follows the name of the command.
 * @returns the exit code.
 */
export async function start(args: readonly string[]): Promise<number> {
  const path = fileURLToPath(new URL('./program.cjs', import.meta.url));
  // Help runs none of the command.
  const name = args.some((arg) => arg === '--help' || arg === '-h') ? 'help' : args[0];
  const { exports, keep } = loadProgram(path, cachePlace(build, process.env), name);
  const { main, processIo } = exports as typeof import('./index.js');
  const exitCode = await main(args, processIo());
  if (exitCode !== exitCodes.failed) keep();
  return exitCode;
}
