import { afterAll, describe, expect, test } from 'vitest';
import { convert, loadDefinitions, renderProject } from '../../src/index.js';
import { bootstrapStaging } from '../support/bootstrap.js';
import { describeBuildStream } from '../support/buildstream.js';
import { type Corpus, corpora, corpusFolder, describeCorpus, expectedFacts } from '../support/corpus.js';

const BASE = 'strata/build-essential';

describeCorpus('the base that bootstraps itself', () => {
  describe.each([1, 2] as const)('version %i', (version) => {
    describeBuildStream(version, 'bst show of --base bootstrap', (bst) => {
      afterAll(() => bst.remove());

      test.each(corpora)('%s: the base loads, and stages what ybd stages', async (corpus: Corpus) => {
        const expected = expectedFacts(corpus);
        const definitions = await loadDefinitions(corpusFolder(corpus));
        const [system] = Object.entries(expected.systems).find(([, { strata }]) => strata[0]?.[0] === BASE)!;
        const { project } = convert(definitions, { base: 'bootstrap', systems: [`${system}.morph`] });
        const folder = bst.write(corpus, renderProject(project, version));
        const staging = bootstrapStaging(expected);

        const options = ['--option', 'arch', 'x86_64'];
        const all = new Set(await bst.show(folder, options, ['base.bst']));
        for (const element of staging.keys()) expect(all, element).toContain(element);

        const libraries = [...staging.keys()].filter((element) => /\/e?glibc\.bst$/.test(element));
        expect(libraries).toHaveLength(1);
        for (const element of ['base/stage2-gcc.bst', ...libraries, 'base/zlib.bst']) {
          const output = await bst.run(
            folder,
            ...options,
            'show',
            '--deps',
            'build',
            '--format',
            '%{name}',
            element,
          );
          const staged = output.split('\n').filter((line) => line.endsWith('.bst'));
          expect(staged.sort(), element).toEqual(staging.get(element));
        }
        console.log(`BuildStream ${version}, ${corpus}: ${all.size} elements of the bootstrap load`);
      });
    });
  });
});
