import { appendFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Faults, makeFaulty } from '../project/write/faulty-fs.js';
import { contents, forgetProcess, temporaryFolder } from '../project/write/support.js';
import { runCommand } from '../support/command.js';

let folder: string;
let project: string;
let definitions: string;
beforeEach(async () => {
  folder = temporaryFolder(true);
  definitions = join(folder, 'definitions');
  project = join(folder, 'project');
  cpSync(new URL('../../samples/definitions', import.meta.url).pathname, definitions, { recursive: true });
  expect((await runCommand('convert', definitions, project)).code).toBe(0);
  appendFileSync(join(definitions, 'strata/core/bash.morph'), 'description: Done.\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Converts with faults; returns how often it changed the disk. */
async function convert(target: string, mode: Faults['mode'] = 'none', at = 0): Promise<number> {
  const faults: Faults = { count: 0, mode, at };
  const restore = makeFaulty(faults);
  try {
    await runCommand('convert', definitions, target);
  } finally {
    restore();
  }
  forgetProcess(folder);
  return faults.count;
}

describe('recover', () => {
  test('says which project it is after a conversion was killed: the old or the new one', async () => {
    const copy = join(folder, 'copy');
    cpSync(project, copy, { recursive: true });
    const before = contents(project);
    const changes = await convert(copy);
    const after = contents(copy);
    expect(after).not.toEqual(before);
    const told = new Map<string, number>();
    for (let at = 1; at <= changes; at += 1) {
      const each = join(folder, 'each');
      cpSync(project, each, { recursive: true });
      await convert(each, 'crash', at);
      const { code, stdout, stderr } = await runCommand('recover', each);
      expect(code).toBe(0);
      told.set(stdout, (told.get(stdout) ?? 0) + 1);
      const found = contents(each);
      if (stdout.includes('the new one:')) expect(found).toEqual(after);
      else if (stdout.includes('the old one:')) expect(found).toEqual(before);
      else expect([before, after]).toContainEqual(found);
      expect(stderr.includes('[recovered]')).toBe(!stdout.includes('nothing'));
      rmSync(each, { recursive: true });
    }
    expect([...told.keys()].sort()).toEqual([
      'the project is the new one: its writing was finished\n',
      'the project is the old one: the writing of the new one was undone\n',
      'there was nothing to recover\n',
    ]);
  });

  test('exits with 2 where there is no project, or it cannot be read', async () => {
    const nothing = join(folder, 'nothing');
    expect(await runCommand('recover', nothing)).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: there is no folder ${nothing}\n`,
    });
    const file = join(project, 'project.conf');
    expect((await runCommand('recover', file)).code).toBe(2);
  });
});
