import { beforeAll, describe, expect, test } from 'vitest';
import { convert, renderProject } from '../../src/index.js';
import { bootstrapStaging, commandsOf } from '../support/bootstrap.js';
import { type Corpus, corpora, describeCorpus, type Expected, expectedFacts } from '../support/corpus.js';
import { loadCorpus } from '../support/corpus-projects.js';
import { ReadProject } from '../support/read-project.js';
import { textFiles } from '../support/text-files.js';

const BASE = 'strata/build-essential';

describeCorpus('the base that bootstraps itself', () => {
  describe.each(corpora)('%s', (corpus: Corpus) => {
    let expected: Expected;
    let project: ReadProject;

    beforeAll(async () => {
      expected = expectedFacts(corpus);
      const definitions = await loadCorpus(corpus);
      const [system] = Object.entries(expected.systems).find(([, { strata }]) => strata[0]?.[0] === BASE)!;
      const options = { base: 'bootstrap', systems: [`${system}.morph`] } as const;
      project = new ReadProject(textFiles(renderProject(convert(definitions, options).project, 1)));
    });

    test('what is staged for each chunk is what ybd stages, but for the declared stand-ins', () => {
      const wanted = bootstrapStaging(expected);
      for (const [element, staged] of wanted) {
        expect([...project.staged(element)].sort(), element).toEqual(staged);
      }
      console.log(`${corpus}: ${wanted.size} staged sets equal`);
      expect(wanted.size).toBeGreaterThan(20);
    });

    test('the base holds the last stage and nothing of the ones before', () => {
      const chunks = expected.strata[BASE]!.chunks.map((key) => expected.chunks[key]!);
      const last = chunks.filter(({ buildMode }) => buildMode !== 'bootstrap');
      const wanted = [...last.map(({ name }) => `base/${name}.bst`), 'base/ldconfig.bst'];
      expect([...project.staged('base.bst')].sort()).toEqual(wanted.sort());
    });

    test('the commands are verbatim, but for the one that keeps headers of the sysroot out', () => {
      let count = 0;
      for (const key of expected.strata[BASE]!.chunks) {
        const chunk = expected.chunks[key]!;
        const wanted = chunk.own.flatMap((step) => new Map(chunk.commands).get(step) ?? []);
        const isCorrection = (text: string) => text.startsWith('find "$DESTDIR$PREFIX/lib/gcc" -path');
        const emitted = commandsOf(project.element(`base/${chunk.name}.bst`));
        expect(
          emitted.filter((text) => !isCorrection(text)),
          key,
        ).toEqual(wanted);
        expect(emitted.some(isCorrection), key).toBe(chunk.name === 'stage2-gcc');
        count += wanted.length;
      }
      console.log(`${corpus}: ${count} commands of the bootstrap verbatim`);
    });

    test('each is built one folder below the root, with its own tools first in PATH', () => {
      for (const key of expected.strata[BASE]!.chunks) {
        const element = project.element(`base/${expected.chunks[key]!.name}.bst`);
        expect(element.variables?.['build-root'], key).toBe('/build');
        expect(element.variables?.prefix, key).toBe(expected.chunks[key]!.prefix);
        expect(element.environment?.PATH, key).toBe('/tools/bin:/usr/bin:/bin:/usr/sbin:/sbin');
      }
    });
  });
});
