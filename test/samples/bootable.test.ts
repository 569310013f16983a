import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepositories, sampleDefinitions } from '../support/bootable.js';

test('the refs of samples/bootable are those of its sources', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-repositories-'));
  try {
    const text = sampleDefinitions();
    const entries = [...text.matchAll(/repo: upstream:(\S+)\n\s+ref: (\S+)/g)].map(([, name, ref]) => [
      name!,
      ref!,
    ]);
    const commits = await makeRepositories(folder);
    const used = entries.filter(([name]) => commits.has(name!));
    expect(used.length).toBeGreaterThan(10);
    expect(used).toEqual(used.map(([name]) => [name, commits.get(name!)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
