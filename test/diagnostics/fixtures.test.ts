import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { catalogue } from '../../src/index.js';
import { formatFixture, parseFixture } from './fixture.js';

const fixtures = new URL('./fixtures/', import.meta.url);
const names = readdirSync(fixtures).map((file) => file.replace(/\.txt$/, ''));

/**
 * A fixture is the command, the files that it finds, and what it says on stderr, caret frames and all. Rewrite the
 * last part with UPDATE=1.
 */
describe('every diagnostic', () => {
  test('has a fixture', () => {
    expect(Object.keys(catalogue).filter((code) => !names.includes(code))).toEqual([]);
    expect(names.filter((name) => !(name in catalogue))).toEqual([]);
  });

  test.each(names)('%s looks like this', async (code) => {
    const url = new URL(`${code}.txt`, fixtures);
    const { head, files } = parseFixture(readFileSync(url, 'utf8'));
    const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-fixture-'));
    try {
      for (const [path, text] of files) {
        if (path === 'stderr') continue;
        const encoded = path.endsWith(' (base64)');
        const file = join(folder, path.replace(' (base64)', ''));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, encoded ? Buffer.from(text, 'base64') : text);
      }
      const stderr = await run(head, folder);
      if (process.env.UPDATE)
        writeFileSync(url, formatFixture({ head, files: new Map([...files, ['stderr', stderr]]) }));
      expect(stderr).toContain(`[${code}]`);
      expect(stderr).toBe(parseFixture(readFileSync(url, 'utf8')).files.get('stderr'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Runs the command of a fixture's head, `$ baserock2bst …`, in its folder; returns what it says on stderr. */
async function run(head: string, folder: string): Promise<string> {
  const args = head.trim().replace('$ baserock2bst ', '').split(' ');
  let stderr = '';
  await main(
    args.map((arg) => (/^(?:definitions|project|site\.mjs)$/.test(arg) ? join(folder, arg) : arg)),
    {
      stdout: () => {},
      stderr: (text) => {
        stderr += text;
      },
      colour: false,
      machine: 'x64',
    },
  );
  return stderr.replaceAll(`${folder}/`, '');
}
