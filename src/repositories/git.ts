import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How many git processes run side by side. */
const PARALLEL = 8;

/**
 * Runs git without ever asking a person for anything.
 *
 * @param timeout in milliseconds.
 * @returns what it prints, or undefined if it fails.
 */
export async function git(args: readonly string[], timeout: number): Promise<string | undefined> {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
  const options = { env, timeout, maxBuffer: 64 * 1024 * 1024 };
  return run('git', [...args], options).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}

/** Calls a function for each item, a few at a time, and waits for all. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}
