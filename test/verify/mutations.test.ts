import { describe, expect, test } from 'vitest';
import { convert, renderProject, textsOf, verifyProject } from '../../src/index.js';
import { type Corpus, describeCorpus } from '../support/corpus.js';
import { loadCorpus } from '../support/corpus-projects.js';
import { tries } from '../support/effort.js';
import { Mutator, randomOf } from './mutations.js';

const projects: {
  corpus: Corpus;
  version: 1 | 2;
  systems: string[];
  base?: 'bootstrap';
  seed: number;
}[] = [
  {
    corpus: 'v8-2016-08',
    version: 2,
    systems: ['systems/base-system-x86_64-generic.morph', 'systems/chef-system-x86_64-container.morph'],
    seed: 1,
  },
  {
    corpus: 'v3-2015-06',
    version: 1,
    systems: ['systems/weston-system-armv7lhf-jetson.morph', 'systems/minimal-system-x86_32-generic.morph'],
    seed: 2,
  },
  {
    corpus: 'unversioned-2014-10',
    version: 2,
    systems: ['systems/minimal-system-x86_64-generic.morph', 'systems/base-system-armv7lhf-highbank.morph'],
    base: 'bootstrap',
    seed: 3,
  },
];

/** Of each project, and at least one of each kind in all; MUTATIONS=2000 tries more of them. */
const COUNT = Number(process.env.MUTATIONS ?? tries(5, 120));

describeCorpus('verify', () => {
  describe.each(projects)('$corpus for BuildStream $version', ({ corpus, version, systems, base, seed }) => {
    test('finds every random change, and none that changes nothing', async () => {
      const definitions = await loadCorpus(corpus);
      const { project } = convert(definitions, { systems, ...(base ? { base } : {}) });
      const texts = textsOf(renderProject(project, version));
      expect(verifyProject(definitions, texts, { systems }).status).toBe('equal');
      const mutator = new Mutator(texts, randomOf(seed));
      const kinds = Object.entries(mutator.kinds);
      const counts = new Map<string, { changes: number; others: number }>();
      const missed: string[] = [];
      for (let done = 0, tried = (seed - 1) * 5; done < COUNT; tried += 1) {
        const [kind, make] = kinds[tried % kinds.length]!;
        const mutation = make();
        if (!mutation) continue;
        done += 1;
        const { status, diagnostics } = verifyProject(definitions, mutation.texts, { systems });
        const count = counts.get(kind) ?? { changes: 0, others: 0 };
        counts.set(kind, count);
        if (mutation.isChange) count.changes += 1;
        else count.others += 1;
        const wanted = mutation.isChange ? 'different' : 'equal';
        if (status !== wanted) {
          missed.push(
            `${kind}: ${mutation.what}: ${status}, not ${wanted} ${diagnostics.map((d) => d.message)}`,
          );
        }
      }
      const sum = [...counts.values()].reduce((total, { changes }) => total + changes, 0);
      const table = [...counts].map(
        ([kind, { changes, others }]) => `${kind} ${changes} (and ${others} that change nothing)`,
      );
      expect(missed).toEqual([]);
      console.log(
        `${corpus}: ${sum} changes, all found; ${COUNT - sum} that change nothing\n  ${table.join('\n  ')}`,
      );
      expect(sum).toBeGreaterThan(COUNT * 0.6);
    }, 600_000);
  });
});
