import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandExamples } from '../../src/cli/examples.js';
import { runCommand as run } from '../support/command.js';

let folder: string;
const before = process.cwd();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-help-'));
  const samples = new URL('../../samples/definitions', import.meta.url).pathname;
  cpSync(samples, join(folder, 'definitions'), { recursive: true });
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

describe('help', () => {
  test('lists every command, and each has examples', async () => {
    const { code, stdout } = await run('--help');
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) .*\S/gm)].map(([, name]) => name!);
    expect(code).toBe(0);
    expect(listed.filter((name) => name !== 'help').sort()).toEqual([...commandExamples.keys()].sort());
  });

  test.each([...commandExamples])('of %s shows its examples, which run', async (name, examples) => {
    const { code, stdout } = await run(name, '--help');
    expect(code).toBe(0);
    expect(examples.length).toBeGreaterThan(0);
    for (const { line, what } of examples) {
      expect(stdout).toContain(line);
      expect(stdout).toContain(what);
      const ran = await run(...line.split(' ').slice(1));
      expect(ran.code, `${line}\n${ran.stderr}`).toBe(0);
    }
  });
});
