import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import { Progress, type VerbosityFlags } from '../../src/cli/progress.js';

const samples = new URL('../../samples/definitions', import.meta.url).pathname;

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** What is said while two stages take their time. */
  async function said(isTerminal: boolean, flags: VerbosityFlags, first: number, second: number) {
    let stderr = '';
    const io = {
      isTerminal,
      stderr: (text: string) => {
        stderr += text;
      },
    };
    const progress = new Progress(io, flags);
    const stages = (async () => {
      const wait = (time: number) => new Promise<void>((done) => void setTimeout(done, time));
      await progress.stage('one', () => wait(first));
      await progress.stage('two', () => wait(second));
    })();
    await vi.runAllTimersAsync();
    await stages;
    return stderr;
  }

  test('is told on a terminal after a second, on a line that goes away', async () => {
    expect(await said(true, {}, 1500, 100)).toBe('\r\x1b[Kone …\r\x1b[K\r\x1b[Ktwo …\r\x1b[K');
    expect(await said(true, {}, 600, 600)).toBe('\r\x1b[Ktwo …\r\x1b[K');
    expect(await said(true, {}, 400, 400)).toBe('');
  });

  test('is told neither in a pipe nor if nothing is to be said', async () => {
    expect(await said(false, {}, 5000, 5000)).toBe('');
    expect(await said(true, { quiet: true }, 5000, 5000)).toBe('');
  });

  test('is the time that each stage took where more is to be said', async () => {
    expect(await said(false, { verbose: true }, 1500, 100)).toBe('one: 1.50 s\ntwo: 0.10 s\n');
  });
});

describe('convert', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baserock2bst-progress-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function convert(...flags: string[]): Promise<{ code: number; stderr: string }> {
    let stderr = '';
    const code = await main(['convert', samples, join(folder, 'project'), ...flags], {
      stdout: () => {},
      stderr: (text) => {
        stderr += text;
      },
      colour: false,
      machine: 'x64',
    });
    return { code, stderr };
  }

  test('says nothing with --quiet but what makes it fail', async () => {
    expect(await convert('--quiet')).toEqual({ code: 0, stderr: '' });
    const { code, stderr } = await convert('--quiet', '--system', 'systems/nothing.morph');
    expect(code).toBe(2);
    expect(stderr).toContain('[unknown-system]');
    expect(stderr).not.toContain('info');
    expect(stderr).toMatch(/\nnothing was written: 1 error, .*\n$/);
  });

  test('says with --verbose what becomes of every file', async () => {
    const { stderr } = await convert('--verbose');
    expect(stderr).toMatch(/^reading the definitions: \d\.\d\d s\n/);
    expect(stderr).toContain('\nwritten  elements/strata/core/bash.bst\n');
    expect((await convert('--verbose', '--quiet')).code).toBe(2);
  });

  test('says with --timings what each part took, which comes to the whole', async () => {
    const { stderr } = await convert('--timings', '--quiet');
    const lines = stderr.trimEnd().split('\n');
    const parts = lines.map((line) => /^(.+?) +(\d+\.\d) ms +(\d+) MB$/.exec(line)?.slice(1) ?? [line]);
    expect(parts.map(([name]) => name)).toEqual([
      'starting Node',
      'imports',
      'finding files',
      'reading files',
      'parsing',
      'reading what deployments name',
      'asking repositories',
      'converting',
      'rendering',
      'writing the project',
      'telling',
      'all else',
      'in all',
    ]);
    const times = parts.map(([, time]) => Number(time));
    const whole = times.pop()!;
    expect(Math.abs(times.reduce((sum, time) => sum + time, 0) - whole)).toBeLessThan(1);
    const memory = parts.map(([, , megabytes]) => Number(megabytes));
    expect(memory).toEqual(memory.toSorted((a, b) => a - b));
  });
});
