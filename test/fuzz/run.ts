import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { BuildStreamVersion, ConvertOptions } from '../../src/index.js';
import { type Case, checkInMemory, checkOnDisk, checkOrder } from './properties.js';
import type { Tree } from './trees.js';

/** One case in so many also goes through the disk, and another one is converted twice. */
const SHARE = 10;

/** How long a case may hang before the run is given up, in milliseconds. */
const HANGS = 30_000;

const seconds = Number(process.env.FUZZ_SECONDS ?? 0);
const seed = Number(process.env.FUZZ_SEED ?? (seconds > 0 ? Date.now() % 2 ** 31 : 20_160_801));

const options: fc.Arbitrary<ConvertOptions> = fc.record(
  {
    keepGoing: fc.boolean(),
    manifest: fc.boolean(),
    integration: fc.constantFrom('guarded', 'everywhere', 'system'),
    builder: fc.constantFrom('x86_64', 'armv7lhf'),
  },
  { requiredKeys: ['keepGoing'] },
);

const version = fc.constantFrom<BuildStreamVersion>(1, 2);

/**
 * Runs cases and prints how many there were: `count` of them, or as many as fit into `share` of FUZZ_SECONDS.
 * FUZZ_SEED repeats a run.
 */
export async function fuzz(name: string, trees: fc.Arbitrary<Tree>, count: number, share: number) {
  const watchdog = new Watchdog();
  let cases = 0;
  let onDisk = 0;
  let usable = 0;
  let last: Awaited<ReturnType<typeof checkInMemory>>['files'] | undefined;
  const one = fc.record<Case>({ tree: trees, options, version });
  const property = fc.asyncProperty(one, async (each) => {
    watchdog.begin(each.tree);
    cases += 1;
    try {
      await check(each);
    } catch (error) {
      (error as Error).message += `\nin ${asText(each)}`;
      throw error;
    }
  });
  const check = async (each: Case) => {
    const outcome = checkInMemory(each);
    if (outcome.isUsable) usable += 1;
    if (cases % SHARE === 1) checkOrder(each, outcome);
    if (cases % SHARE === 0) {
      onDisk += 1;
      await checkOnDisk(each, onDisk % 2 === 0 ? last : undefined);
    }
    if (outcome.isUsable) last = outcome.files;
  };
  const length =
    seconds > 0
      ? { interruptAfterTimeLimit: seconds * share * 1000, numRuns: Number.MAX_SAFE_INTEGER }
      : { numRuns: count };
  try {
    await fc.assert(property, { seed, endOnFailure: false, ...length });
  } finally {
    watchdog.end();
    console.log(`${name}: ${cases} cases, ${usable} converted, ${onDisk} through the disk (seed ${seed})`);
  }
  expect(cases).toBeGreaterThanOrEqual(seconds > 0 ? 1 : count);
}

function asText({ tree, ...rest }: Case): string {
  const files = Object.fromEntries([...tree].map(([path, bytes]) => [path, bytes.toString('utf8')]));
  return JSON.stringify({ ...rest, files }, null, 1);
}

/** Ends the process when a case hangs, which nothing inside the same thread could, and says which one it was. */
class Watchdog {
  readonly #shared = new SharedArrayBuffer(16 + 1024 * 1024);
  readonly #clock = new BigInt64Array(this.#shared, 0, 2);
  readonly #text = Buffer.from(this.#shared, 16);
  readonly #worker = new Worker(
    `const { workerData } = require('node:worker_threads');
     const clock = new BigInt64Array(workerData, 0, 2);
     setInterval(() => {
       const began = Number(Atomics.load(clock, 0));
       if (began === 0 || Date.now() - began < ${HANGS}) return;
       const text = Buffer.from(workerData, 16).subarray(0, Number(clock[1])).toString();
       require('node:fs').writeSync(2, 'this case hangs: ' + text + '\\n');
       process.kill(process.pid, 'SIGKILL');
     }, 1000);`,
    { eval: true, workerData: this.#shared },
  );

  begin(tree: Tree): void {
    const text = JSON.stringify([...tree].map(([path, bytes]) => [path, bytes.toString('latin1')]));
    this.#clock[1] = BigInt(this.#text.write(text));
    Atomics.store(this.#clock, 0, BigInt(Date.now()));
  }

  end(): void {
    Atomics.store(this.#clock, 0, 0n);
    void this.#worker.terminate();
  }
}
