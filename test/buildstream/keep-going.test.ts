import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../project/write/support.js';
import { broken, convertBrokenTree, makeBrokenTree, systemsAround } from '../support/broken-tree.js';
import { describeBuildStream } from '../support/buildstream.js';
import { describeCorpus, expectedFacts } from '../support/corpus.js';

describeCorpus('a tree with an unresolved merge conflict, converted with --keep-going', () => {
  const folder = temporaryFolder();
  const definitions = join(folder, 'definitions');
  beforeAll(() => void makeBrokenTree(definitions));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // Each architecture is a run of its own, and BuildStream 2 takes its time: it is asked for all with
  // BASEROCK2BST_ALL_TREES=1 only.
  const isThorough = Boolean(process.env.BASEROCK2BST_ALL_TREES);
  for (const version of [1, 2] as const) {
    describeBuildStream(version, 'what is left loads', (bst) => {
      afterAll(() => bst.remove());

      test('all systems, with all that they need', async () => {
        const out = join(folder, `project${version}`);
        await convertBrokenTree(definitions, out, '--keep-going', '--buildstream', String(version));
        const { systems } = expectedFacts(broken.corpus);
        const { healthy } = systemsAround();
        const keys =
          version === 1 || isThorough ? healthy : healthy.filter((key) => systems[key]!.arch === 'x86_64');
        const byArch = new Map<string, string[]>();
        for (const key of keys) {
          const { arch } = systems[key]!;
          byArch.set(arch, [...(byArch.get(arch) ?? []), `${key}.bst`]);
        }
        const loaded = new Set<string>();
        for (const [arch, targets] of byArch) {
          for (const name of await bst.show(out, ['--option', 'arch', arch], targets)) loaded.add(name);
        }
        expect([...loaded]).toEqual(expect.arrayContaining(keys.map((key) => `${key}.bst`)));
        expect([...loaded].filter((name) => name.startsWith(broken.stratum))).toEqual([]);
      });
    });
  }
});
