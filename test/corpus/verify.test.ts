import { expect, test } from 'vitest';
import {
  type BuildStreamVersion,
  type ConvertOptions,
  convert,
  renderProject,
  textsOf,
  verifyProject,
} from '../../src/index.js';
import { corpora, describeCorpus } from '../support/corpus.js';
import { loadCorpus } from '../support/corpus-projects.js';
import { someOf } from '../support/effort.js';

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

/** Each corpus in each way; or each in one or two, among which all are. */
const pairs = ways.flatMap((way, index) =>
  corpora.map((_, shift) => ({ corpus: corpora[(index + shift) % corpora.length], way })),
);
const tried = someOf(pairs, corpora.length);

describeCorpus('verify', () => {
  test.each(corpora)(
    'finds every conversion of %s equal',
    async (corpus) => {
      const definitions = await loadCorpus(corpus);
      const started = Date.now();
      const own = tried.filter((pair) => pair.corpus === corpus).map(({ way }) => way);
      for (const [version, options] of own) {
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
        `${corpus}: ${own.length} conversions equal (${Date.now() - started} ms, conversion included)`,
      );
    },
    300_000,
  );
});
