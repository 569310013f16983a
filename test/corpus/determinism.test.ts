import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert, parseDefinitions, renderProject } from '../../src/index.js';
import { corpora, corpusFolder, describeCorpus } from '../support/corpus.js';
import { convertCorpus, loadCorpus, renderCorpus } from '../support/corpus-projects.js';

describeCorpus('same input, same bytes', () => {
  test.each(corpora)('%s: whatever order the file system lists', async (corpus) => {
    const folder = corpusFolder(corpus);
    const loaded = await loadCorpus(corpus);
    const { diagnostics } = await convertCorpus(corpus);
    const entries = [...loaded.files.keys()].map(
      (path) => [path, readFileSync(join(folder, path), 'utf8')] as const,
    );
    const [shuffled] = fc.sample(fc.shuffledSubarray(entries, { minLength: entries.length }), {
      numRuns: 1,
      seed: 1,
    });
    expect(shuffled!.map(([path]) => path)).not.toEqual(entries.map(([path]) => path));
    const again = parseDefinitions(new Map(shuffled));
    const converted = convert(again);
    for (const version of [1, 2] as const) {
      const bytes = JSON.stringify([...(await renderCorpus(corpus, version))]);
      expect(JSON.stringify([...renderProject(converted.project, version)]) === bytes).toBe(true);
    }
    expect(again.diagnostics).toEqual(loaded.diagnostics);
    expect(converted.diagnostics).toEqual(diagnostics);
  });
});
