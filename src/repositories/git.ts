import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How many git processes run side by side. */
export const PROCESSES = 8;

/** What git prints, or undefined if it fails, and why it does. */
export interface GitAnswer {
  readonly output: string | undefined;
  readonly failure: string;
}

/**
 * Runs git without ever asking a person for anything.
 *
 * @param timeout in milliseconds.
 */
export async function askGit(args: readonly string[], timeout: number): Promise<GitAnswer> {
  const quiet = { GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: 'ssh -o BatchMode=yes', LC_ALL: 'C' };
  const options = { env: { ...process.env, ...quiet }, timeout, maxBuffer: 64 * 1024 * 1024 };
  return run('git', [...args], options).then(
    ({ stdout }) => ({ output: stdout, failure: '' }),
    (error: { code?: unknown; killed?: boolean; stderr?: string; message: string }) => {
      if (error.code === 'ENOENT') return { output: undefined, failure: 'git is not installed' };
      const lines = (error.stderr ?? '').trim().split('\n');
      const said = lines.find((line) => line.startsWith('fatal: ')) ?? lines[0];
      const late = `no answer within ${timeout / 1000} s`;
      return {
        output: undefined,
        failure: error.killed ? late : said?.replace('fatal: ', '') || error.message,
      };
    },
  );
}

/** The same for callers that need not know why: what git prints, or undefined if it fails. */
export async function git(args: readonly string[], timeout: number): Promise<string | undefined> {
  return (await askGit(args, timeout)).output;
}
