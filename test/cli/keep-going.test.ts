import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isFailure } from '../../src/index.js';
import { contents, contentsOf, temporaryFolder } from '../project/write/support.js';
import { broken, convertBrokenTree, makeBrokenTree, systemsAround } from '../support/broken-tree.js';
import { describeCorpus, expectedFacts } from '../support/corpus.js';
import { renderCorpus } from '../support/corpus-projects.js';

const file = `${broken.stratum}.morph`;

describeCorpus('a stratum with an unresolved merge conflict', () => {
  const folder = temporaryFolder();
  const definitions = join(folder, 'definitions');
  const out = join(folder, 'out');
  let healthy: string[];
  let ill: string[];
  let line: number;
  beforeAll(() => {
    ({ healthy, ill } = systemsAround());
    line = makeBrokenTree(definitions);
  });
  afterEach(() => rmSync(out, { recursive: true, force: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is a case of its own: some systems need it and some do not', () => {
    expect(healthy.length).toBeGreaterThan(10);
    expect(ill.length).toBeGreaterThan(3);
  });

  test('is reported with file and line, is the only error, and nothing is written', async () => {
    const { code, diagnostics } = await convertBrokenTree(definitions, out);
    expect(code).toBe(2);
    expect(existsSync(out)).toBe(false);
    expect(diagnostics.filter(isFailure)).toMatchObject([
      { code: 'merge-conflict', place: { file, line, column: 1 } },
    ]);
  });

  test('--keep-going converts just the systems that do not need it, as they are without the conflict', async () => {
    const { code, diagnostics } = await convertBrokenTree(definitions, out, '--keep-going');
    expect(code).toBe(1);
    expect(diagnostics.filter(isFailure)).toMatchObject([{ code: 'merge-conflict', place: { file, line } }]);
    const written = contents(out);
    const made = Object.keys(written).filter((path) => /^elements\/(?:.*\/)?systems\/[^/]*$/.test(path));
    expect(made.sort()).toEqual(healthy.map((key) => `elements/${key}.bst`).sort());
    const left = diagnostics.filter(({ code }) => code === 'left-out').map(({ place }) => place!.file);
    const { systems } = expectedFacts(broken.corpus);
    expect(left.filter((each) => systems[each.replace('.morph', '')])).toEqual(
      ill.map((key) => `${key}.morph`),
    );

    expect(contentsOf(await renderCorpus(broken.corpus, 2))).toMatchObject(written);
    console.log(
      `${made.length} systems converted, ${ill.length} left out, ${Object.keys(written).length} files`,
    );
  });
});
