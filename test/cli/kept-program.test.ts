import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadProgram } from '../../src/cli/kept-program.js';
import { temporaryFolder } from '../project/write/support.js';

let folder: string;
let program: string;
let kept: string;
beforeEach(() => {
  folder = temporaryFolder(true);
  program = join(folder, 'program.cjs');
  kept = join(folder, 'cache');
  writeFileSync(
    program,
    `exports.twice = (x) => 2 * x; exports.path = require('node:path').sep + typeof module;`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const place = () => ({ folder: kept, build: 'b'.repeat(64) });
const entries = () => (existsSync(kept) ? readdirSync(kept).sort() : []);
const entry = () => join(kept, entries()[0]!);

/** Starts the command that is installed. */
function start(args: readonly string[], flags: readonly string[] = []) {
  const script = new URL('../../bin/baserock2bst.js', import.meta.url).pathname;
  const env = { ...process.env, BASEROCK2BST_CACHE: kept };
  const { status, stderr } = spawnSync(process.execPath, [...flags, script, ...args], {
    env,
    encoding: 'utf8',
  });
  return { status, stderr };
}

/** Loads the program, runs it and keeps it; returns whether what was kept has been written. */
function run(command?: string) {
  const before = entries().map((name) => statSync(join(kept, name)).ino);
  const { exports, keep } = loadProgram(program, place(), command);
  expect((exports as { twice(x: number): number }).twice(21)).toBe(42);
  keep();
  return entries().some((name) => !before.includes(statSync(join(kept, name)).ino));
}

describe('a compiled program', () => {
  it('is kept by the first run, and used by the next ones', () => {
    expect([run(), run(), run()]).toEqual([true, false, false]);
    expect(entries()).toEqual([expect.stringMatching(/^b{64}-[0-9a-f]+-[0-9a-f]+-none\.program$/)]);
    expect(statSync(entry()).mode & 0o777).toBe(0o600);
  });

  it('is a module with what modules have', () => {
    const { exports } = loadProgram(program, undefined);
    expect(exports).toMatchObject({ path: '/object' });
  });

  it('is one for each command, whatever a command is called', () => {
    expect(['convert', 'diff', '../../x', 'x'.repeat(500), 'diff'].map(run)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(entries().map((name) => name.replace(/^.*-|\.program$/g, ''))).toEqual([
      'convert',
      'diff',
      'none',
    ]);
  });

  it('is kept nowhere without a place, and where nothing can be written', () => {
    loadProgram(program, undefined).keep();
    expect(existsSync(kept)).toBe(false);
    writeFileSync(kept, 'a file');
    loadProgram(program, place()).keep();
    expect(readFileSync(kept, 'utf8')).toBe('a file');
  });

  it.each<[string, (path: string) => void]>([
    [
      'changed anywhere',
      (path) => {
        const content = readFileSync(path);
        const middle = content.length >> 1;
        content[middle] = content[middle]! ^ 0xff;
        writeFileSync(path, content);
      },
    ],
    ['cut short', (path) => truncateSync(path, statSync(path).size - 1)],
    ['empty', (path) => truncateSync(path)],
    ['of another program', (path) => writeFileSync(path, 'nonsense')],
  ])('is made anew where the file is %s', (_, damage) => {
    run();
    damage(entry());
    expect([run(), run()]).toEqual([true, false]);
  });

  it('is another one where the code, as long as it was, is another', () => {
    run();
    writeFileSync(program, readFileSync(program, 'utf8').replace('2 * x', 'x + x'));
    expect([run(), run()]).toEqual([true, false]);
  });

  it('is another one in another place, which stack traces name', () => {
    writeFileSync(program, `${readFileSync(program, 'utf8')}; exports.fail = () => { throw new Error(); };`);
    run();
    program = join(folder, 'other.cjs');
    writeFileSync(program, readFileSync(join(folder, 'program.cjs')));
    expect(run()).toBe(true);
    const { exports } = loadProgram(program, place());
    let stack = '';
    try {
      (exports as { fail(): void }).fail();
    } catch (error) {
      stack = (error as Error).stack!;
    }
    expect(stack).toContain(`${program}:1`);
  });

  it('is another one for other flags of V8', () => {
    const convert = (...flags: string[]) => {
      const before = entries().map((name) => statSync(join(kept, name)).ino);
      expect(start(['explain', 'yaml-syntax'], flags)).toEqual({ status: 0, stderr: '' });
      return entries().some((name) => !before.includes(statSync(join(kept, name)).ino));
    };
    const flag = '--always-sparkplug';
    expect([convert(), convert(), convert(flag), convert(flag), convert()]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });
});

it('imports a configuration that is JavaScript', () => {
  const config = join(folder, 'configuration.mjs');
  writeFileSync(config, `export default { name: 'from-the-configuration' };`);
  const definitions = new URL('../../samples/definitions', import.meta.url).pathname;
  const project = join(folder, 'project');
  for (const _ of ['compiled', 'kept']) {
    rmSync(project, { recursive: true, force: true });
    const args = ['convert', definitions, project, '--config', config, '--quiet'];
    expect(start(args)).toMatchObject({ status: 0 });
    expect(readFileSync(join(project, 'project.conf'), 'utf8')).toMatch(/^name: from-the-configuration$/m);
  }
});

it('is not what only shows help, or fails', () => {
  start(['convert', '--help']);
  start(['convert', '-h']);
  start(['convert', '/nowhere/at/all', folder]);
  expect(entries().map((name) => name.replace(/^.*-/, ''))).toEqual(['help.program']);
});
