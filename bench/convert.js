// Converting the newest tree in a cold process: in the very first run of all, then as usual, with the compiled program in
// the cache (as Python keeps it for ybd's loader in .pyc files), and again with the conversion in it, too; side by side
// with the least that any converter has to do and with ybd's loader; then in a warm process, stage by stage; and with
// --bst, what BuildStream takes to load the result.
// usage: npm run bench [-- RUNS] [--bst COMMAND]
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { filesBelow, here, measure, median, run } from './measure.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { bst: { type: 'string' } } });
const runs = Number(positionals[0] ?? 9);
const tree = here('../../shared/corpus/v8-2016-08');
if (!existsSync(tree)) {
  console.log('skipped: no corpus');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-bench-'));
const target = join(folder, 'project');
const copy = join(folder, 'floor');
const list = join(folder, 'list.json');
const cache = join(folder, 'cache');
process.env.BASEROCK2BST_CACHE = cache;
const bin = here('../bin/baserock2bst.js');
const read = filesBelow(tree).filter((path) => /(\.morph|\/DEFAULTS|\/VERSION)$/.test(path));

measure(bin, 'convert', tree, target);
const write = filesBelow(target).map((path) => [relative(target, path), statSync(path).size]);
writeFileSync(list, JSON.stringify({ read, write }));

const python = (loader) => () => {
  const result = run('python3', [here('./load-as-ybd.py'), loader, tree]);
  if (result.error || result.status === 3) return undefined;
  if (result.status !== 0) throw new Error(String(result.stderr));
  return result;
};
const timesOf = (files) => files.map((path) => statSync(path).mtimeMs).join();
const programs = {
  'convert, first': () => {
    rmSync(target, { recursive: true, force: true });
    rmSync(cache, { recursive: true, force: true });
    return measure(bin, 'convert', tree, target);
  },
  convert: () => {
    rmSync(target, { recursive: true, force: true });
    for (const path of filesBelow(cache).filter((each) => each.endsWith('.json'))) rmSync(path);
    return measure(bin, 'convert', tree, target);
  },
  'convert again': () => {
    const files = filesBelow(target);
    const before = timesOf(files);
    const result = measure(bin, 'convert', tree, target);
    if (timesOf(files) !== before) throw new Error('files were written though nothing had changed');
    return result;
  },
  'into another one': () => {
    rmSync(target, { recursive: true, force: true });
    return measure(bin, 'convert', tree, target);
  },
  'again, no cache': () => measure(bin, 'convert', tree, target, '--no-cache'),
  floor: () => {
    rmSync(copy, { recursive: true, force: true });
    return measure(here('./floor.js'), list, copy);
  },
  'ybd, C loader': python('c'),
  'ybd, pure loader': python('pure'),
};

const results = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
for (let turn = 0; turn < runs; turn++) {
  for (const [name, program] of Object.entries(programs)) {
    const result = program();
    if (result) results[name].push(result);
  }
}

console.log(`${read.length} files in, ${write.length} files out; median of ${runs} runs in turn`);
for (const [name, all] of Object.entries(results)) {
  if (all.length === 0) {
    console.log(`${name.padEnd(16)} skipped: no python3-yaml with this loader`);
    continue;
  }
  const ratios = all.map(({ seconds }, turn) => seconds / results.floor[turn].seconds);
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  const memory = all[0].megabytes
    ? `, at most ${Math.round(Math.max(...all.map((one) => one.megabytes)))} MB`
    : '';
  const seconds = median(all.map((one) => one.seconds)).toFixed(3);
  const processor = all[0].processor
    ? `, processor ${median(all.map((one) => one.processor)).toFixed(3)} s`
    : '';
  console.log(
    `${name.padEnd(16)} ${seconds} s = ${median(ratios).toFixed(2)} × floor (${range})${processor}${memory}`,
  );
}

console.log('\ncold, by stage:');
rmSync(target, { recursive: true, force: true });
process.stdout.write(
  String(measure(bin, 'convert', tree, target, '--quiet', '--timings', '--no-cache').said),
);

console.log('\nwarm library, by stage; median of 9:');
const library = await import('../dist/index.js');
const stages = {};
const noteTime = (name, milliseconds) => {
  stages[name] ??= [];
  stages[name].push(milliseconds);
};
const timed = async (name, work) => {
  const start = performance.now();
  const result = await work();
  noteTime(name, performance.now() - start);
  return result;
};
for (let turn = 0; turn < 9; turn++) {
  const definitions = await library.loadDefinitions(tree, { onTime: noteTime });
  const { project } = await timed('converting', () => library.convert(definitions));
  const files = await timed('rendering', () => library.renderProject(project));
  rmSync(target, { recursive: true, force: true });
  await timed('writing the project', () => library.writeProject(files, target));
  await timed('writing it again', () => library.writeProject(files, target));
}
for (const [name, times] of Object.entries(stages)) {
  console.log(`${name.padEnd(29)} ${median(times).toFixed(1).padStart(9)} ms`);
}

if (values.bst) {
  const args = ['--no-interactive', '--colors', '-C', target, 'show', '--format', '%{name}'];
  const system = 'systems/gnome-system-x86_64.bst';
  const { status, error, stderr, seconds } = run(values.bst, [...args, system]);
  if (error) console.log(`\nskipped: no ${values.bst}`);
  else if (status !== 0) throw new Error(String(stderr));
  else console.log(`\n${values.bst} show ${system}: ${seconds.toFixed(2)} s`);
}
rmSync(folder, { recursive: true, force: true });
