import { main } from '../../src/cli/main.js';

/** Runs the command in this process, without a terminal: what it exits with, and what it prints. */
export async function runCommand(
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
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
  });
  return { code, ...printed };
}
