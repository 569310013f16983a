// What benchmarks share: running programs, and saying what that took.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The path of a file of this folder. */
export const here = (path) => new URL(path, import.meta.url).pathname;

export const filesBelow = (root) =>
  readdirSync(root, { recursive: true })
    .map((path) => join(root, path))
    .filter((path) => statSync(path).isFile());

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs a program; returns how it ended and the seconds that it took, by the clock. */
export function run(command, args) {
  const start = process.hrtime.bigint();
  const result = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], maxBuffer: 1e9 });
  return { ...result, seconds: Number(process.hrtime.bigint() - start) / 1e9 };
}

/** Runs a program of ours in a cold process; returns seconds, the processor's too, and the most memory, in MB. */
export function measure(...args) {
  const result = run(process.execPath, ['--import', here('./report-memory.js'), ...args]);
  if (result.status !== 0) throw new Error(`exit ${result.status}: ${args.join(' ')}\n${result.stderr}`);
  const { memory, processor } = JSON.parse(result.output[3]);
  return {
    seconds: result.seconds,
    processor: processor / 1e6,
    megabytes: memory / 1024,
    said: result.stderr,
  };
}
