import { expect, test } from 'vitest';
import {
  type BuildStreamVersion,
  type ConvertOptions,
  convert,
  loadDefinitions,
  renderProject,
  textsOf,
  verifyProject,
} from '../../src/index.js';
import { corpora, corpusFolder, describeCorpus } from '../support/corpus.js';

/** The ways to convert that change what a project looks like; `verify` is told of none of them. */
const ways: [BuildStreamVersion, ConvertOptions][] = [
  [1, {}],
  [2, {}],
  [1, { base: 'bootstrap' }],
  [2, { base: 'none', manifest: true }],
  [1, { integration: 'everywhere' }],
  [2, { integration: 'system' }],
  [2, { rebase: { 'strata/core.morph': 'sdk.bst' } }],
];

describeCorpus('verify', () => {
  test.each(corpora)(
    'finds every conversion of %s equal',
    async (corpus) => {
      const definitions = await loadDefinitions(corpusFolder(corpus));
      const started = Date.now();
      for (const [version, options] of ways) {
        const { project } = convert(definitions, options);
        const files = renderProject(project, version);
        const texts = textsOf(files);
        const { status, differences, diagnostics, counts } = verifyProject(definitions, texts);
        const how = JSON.stringify({ version, ...options });
        expect({ how, status, differences, diagnostics }).toEqual({
          how,
          status: 'equal',
          differences: [],
          diagnostics: [],
        });
        expect(counts.systems).toBe(definitions.systems.length);
        expect(counts.chunks).toBeGreaterThan(400);
      }
      console.log(
        `${corpus}: ${ways.length} conversions equal (${Date.now() - started} ms, conversion included)`,
      );
    },
    300_000,
  );
});
