import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How many git processes run side by side. */
const PARALLEL = 8;

/** What git prints, or why it fails, in one line. */
export type Answer = { readonly output: string } | { readonly error: string };

/**
 * Runs git without ever asking a person for anything.
 *
 * @param timeout in milliseconds.
 * @returns what it prints, or undefined if it fails.
 */
export async function git(args: readonly string[], timeout: number): Promise<string | undefined> {
  const answer = await askGit(args, timeout);
  return 'output' in answer ? answer.output : undefined;
}

/** Runs git as `git` does, and says why it fails. */
export async function askGit(args: readonly string[], timeout: number): Promise<Answer> {
  const env = {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    LC_ALL: 'C',
  };
  const options = { env, timeout, maxBuffer: 64 * 1024 * 1024 };
  return run('git', [...args], options).then(
    ({ stdout }) => ({ output: stdout }),
    (error: Error & { killed?: boolean; stderr?: string }) => {
      if (error.killed) return { error: `no answer within ${timeout / 1000} s` };
      const lines = (error.stderr ?? '')
        .split('\n')
        .map((line) => line.replace(/^(fatal|error): /, '').trim());
      return { error: lines.find((line) => line !== '') ?? error.message };
    },
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
