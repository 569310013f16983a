import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert, loadDefinitions, parseDefinitions, renderProject } from '../../src/index.js';
import { corpora, corpusFolder, describeCorpus } from '../support/corpus.js';

describeCorpus('same input, same bytes', () => {
  test.each(corpora)('%s: whatever order the file system lists', async (corpus) => {
    const folder = corpusFolder(corpus);
    const loaded = await loadDefinitions(folder);
    const bytes = [1, 2].map((version) => contents(loaded, version as 1 | 2));
    const entries = [...loaded.files.keys()].map(
      (path) => [path, readFileSync(join(folder, path), 'utf8')] as const,
    );
    const [shuffled] = fc.sample(fc.shuffledSubarray(entries, { minLength: entries.length }), {
      numRuns: 1,
      seed: 1,
    });
    expect(shuffled!.map(([path]) => path)).not.toEqual(entries.map(([path]) => path));
    const again = parseDefinitions(new Map(shuffled));
    expect(contents(again, 1) === bytes[0]).toBe(true);
    expect(contents(again, 2) === bytes[1]).toBe(true);
    expect(again.diagnostics).toEqual(loaded.diagnostics);
    expect(convert(again).diagnostics).toEqual(convert(loaded).diagnostics);
  });
});

function contents(definitions: Parameters<typeof convert>[0], version: 1 | 2): string {
  return JSON.stringify([...renderProject(convert(definitions).project, version)]);
}
