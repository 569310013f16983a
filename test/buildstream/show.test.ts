import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convert, type Definitions, loadDefinitions, renderProject } from '../../src/index.js';
import { describeBuildStream } from '../support/buildstream.js';
import {
  type Corpus,
  corpora,
  corpusFolder,
  describeCorpus,
  type Expected,
  expectedFacts,
  listedNames,
} from '../support/corpus.js';

const BASE = 'strata/build-essential';
/** The base, but for the part of it that no system of these trees selects. */
const baseElements = ['base.bst', 'base/minimal.bst', 'base/sysroot.bst', 'base/system-marker.bst'];
/** What deployments run with. */
const deploymentElements = ['base/deployment-steps.bst', 'base/deployment-tools.bst'];

/** The lists of BuildStream and the steps of ybd that make them up, written down apart from the code. */
const lists: Record<string, string[]> = {
  'configure-commands': ['pre-configure', 'configure', 'post-configure'],
  'build-commands': ['pre-build', 'build', 'post-build', 'pre-test', 'test', 'post-test'],
  'install-commands': ['pre-install', 'install', 'post-install'],
  'strip-commands': ['pre-strip', 'strip', 'post-strip'],
};

/** The newest tree, or all of them with BASEROCK2BST_ALL_TREES=1, which takes some minutes more. */
const trees = process.env.BASEROCK2BST_ALL_TREES ? corpora : corpora.slice(0, 1);

describeCorpus('real bst', () => {
  describe.each([1, 2] as const)('version %i', (version) => {
    describeBuildStream(version, 'bst show', (bst) => {
      afterAll(() => bst.remove());

      describe.each(trees)('%s', (corpus: Corpus) => {
        let definitions: Definitions;
        let expected: Expected;
        let folder: string;
        let elements: string[];
        /** The deployments, by the architecture that they are for. */
        let deployments: Map<string, string[]>;

        beforeAll(async () => {
          definitions = await loadDefinitions(corpusFolder(corpus));
          expected = expectedFacts(corpus);
          const { project } = convert(definitions);
          elements = project.elements.map(({ path }) => path);
          deployments = new Map();
          for (const { kind, path, requires } of project.elements) {
            if (kind !== 'script' || !requires) continue;
            deployments.set(requires.value, [...(deployments.get(requires.value) ?? []), path]);
          }
          folder = bst.write(corpus, renderProject(project, version));
        });

        test('loads all systems, all deployments and all elements', async () => {
          const byArch = new Map<string, string[]>();
          for (const [key, { arch }] of Object.entries(expected.systems)) {
            byArch.set(arch, [...(byArch.get(arch) ?? []), `${key}.bst`]);
          }
          const loaded = new Set<string>();
          const systems = new Set(Object.keys(expected.systems).map((key) => `${key}.bst`));
          const scripts = new Set([...deployments.values()].flat());
          const others = elements.filter((path) => !systems.has(path) && !scripts.has(path));
          for (const [arch, targets] of byArch) {
            const and = [...(loaded.size === 0 ? others : []), ...(deployments.get(arch) ?? [])];
            const all = await bst.show(folder, ['--option', 'arch', arch], [...targets, ...and]);
            for (const name of all) loaded.add(name);
          }
          console.log(
            `BuildStream ${version}, ${corpus}: ${systems.size} systems, ${scripts.size} deployments and ` +
              `${others.length} other elements load`,
          );
          expect(scripts.size).toBeGreaterThan(20);
          expect([...loaded].sort()).toEqual([...elements, ...baseElements, ...deploymentElements].sort());
        });

        test('the base as the bootstrap from source loads', async () => {
          const { project } = convert(definitions, { base: 'bootstrap' });
          const bootstrap = bst.write(`${corpus}-bootstrap`, renderProject(project, version));
          const all = await bst.show(bootstrap, ['--option', 'arch', 'x86_64'], ['base.bst']);
          const stages = project.elements.map(({ path }) => path).filter((path) => /^base[./]/.test(path));
          expect(all.sort()).toEqual([...stages, 'base/sysroot.bst'].sort());
          expect(stages.length).toBeGreaterThan(5);
        });

        test('the integration commands that change places are those reported', async () => {
          const names = listedNames(corpus, expected);
          const systems = Object.entries(expected.systems)
            .filter(([, { integration }]) => integration.length > 1)
            .sort(([, a], [, b]) => b.integration.length - a.integration.length);
          let pairs = 0;
          for (const [key, { arch, integration }] of systems.slice(0, 5)) {
            const { diagnostics } = convert(definitions, { systems: [`${key}.morph`] });
            const reported = diagnostics
              .filter(({ code }) => code === 'integration-order')
              .map(({ message }) => / runs before /.test(message) && message.match(/`[^`]+`/g)!.join(' '));
            const order = await bst.stagingOrder(folder, arch, `${key}.bst`);
            const places = integration.map((script) => ({
              key: script.key,
              number: /^\d+/.exec(script.key)?.[0],
              place: order.indexOf(
                `${expected.chunks[script.chunk]!.strata[0]}/${names.get(script.chunk)}.bst`,
              ),
            }));
            const swapped = places.flatMap((later, index) =>
              places
                .slice(0, index)
                .filter(({ place, number }) => place > later.place && number !== later.number)
                .map((earlier) => `\`${later.key}\` \`${earlier.key}\``),
            );
            expect(places.filter(({ place }) => place < 0)).toEqual([]);
            expect(reported.sort(), key).toEqual(swapped.sort());
            pairs += swapped.length;
          }
          console.log(
            `BuildStream ${version}, ${corpus}: ${pairs} pairs of integration scripts change places`,
          );
          if (corpus === 'v8-2016-08') expect(pairs).toBeGreaterThan(0);
        });

        test('the effective commands of every chunk are those of ybd', async () => {
          const names = listedNames(corpus, expected);
          const chunks = Object.entries(expected.chunks).filter(
            ([, { strata }]) => strata.length > 0 && strata[0] !== BASE,
          );
          const elementOf = (key: string) => `${expected.chunks[key]!.strata[0]}/${names.get(key)}.bst`;
          const configurations = await bst.configurations(
            folder,
            chunks.map(([key]) => elementOf(key)),
          );
          let declared = 0;
          for (const [key, chunk] of chunks) {
            const steps = new Map(chunk.commands);
            const configuration = configurations.get(elementOf(key));
            for (const [list, phases] of Object.entries(lists)) {
              const verbatim = phases.flatMap((phase) => steps.get(`${phase}-commands`) ?? []);
              // BuildStream 2 strips white space at both ends of every text (`ScalarNode.as_str`).
              const wanted = version === 2 ? verbatim.map((command) => command.trim()) : verbatim;
              expect(configuration?.[list] ?? [], `${key} ${list}`).toEqual(wanted);
            }
            if (chunk.buildSystem !== undefined) declared += 1;
          }
          console.log(
            `BuildStream ${version}, ${corpus}: commands of ${chunks.length} chunks equal, ${declared} with a build system`,
          );
        });
      });
    });
  });
});
