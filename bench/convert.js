// Converting the newest tree in a cold process, side by side with the least that any converter has to do.
// usage: npm run bench [-- RUNS]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const runs = Number(process.argv[2] ?? 9);
const tree = new URL('../../shared/corpus/v8-2016-08', import.meta.url).pathname;
const here = (path) => new URL(path, import.meta.url).pathname;
if (!existsSync(tree)) {
  console.log('skipped: no corpus');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-bench-'));

const filesBelow = (root) =>
  readdirSync(root, { recursive: true })
    .map((path) => join(root, path))
    .filter((path) => statSync(path).isFile());

/** Runs a program of ours; returns seconds and the most memory it took, in MB. */
function measure(...args) {
  const start = process.hrtime.bigint();
  const result = spawnSync(process.execPath, ['--import', here('./report-memory.js'), ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  if (result.status !== 0) throw new Error(`exit ${result.status}: ${args.join(' ')}`);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, megabytes: Number(result.output[3]) / 1024 };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const definitions = filesBelow(tree).filter((path) => /(\.morph|\/DEFAULTS|\/VERSION)$/.test(path));
const target = join(folder, 'project');
const bin = here('../bin/baserock2bst.js');
measure(bin, 'convert', tree, target);
const written = filesBelow(target).map((path) => [relative(target, path), statSync(path).size]);
const list = join(folder, 'list.json');
writeFileSync(list, JSON.stringify({ read: definitions, write: written }));

const results = { convert: [], floor: [] };
for (let run = 0; run < runs; run++) {
  for (const [name, args] of [
    ['convert', [bin, 'convert', tree, target]],
    ['floor', [here('./floor.js'), list, target]],
  ]) {
    rmSync(target, { recursive: true, force: true });
    results[name].push(measure(...args));
  }
}
rmSync(folder, { recursive: true, force: true });

const ratios = results.convert.map(({ seconds }, run) => seconds / results.floor[run].seconds);
console.log(`${definitions.length} files in, ${written.length} files out; median of ${runs} runs in turn`);
for (const [name, all] of Object.entries(results)) {
  const seconds = median(all.map((one) => one.seconds)).toFixed(3);
  const megabytes = Math.round(Math.max(...all.map((one) => one.megabytes)));
  console.log(`${name.padEnd(8)} ${seconds} s, at most ${megabytes} MB`);
}
const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
console.log(`ratio    ${median(ratios).toFixed(2)} (${range})`);
