import { beforeAll, describe, expect, test } from 'vitest';
import { artifactRules, heldBy } from '../../src/definitions/meaning/artifacts.js';
import { effectiveCommands } from '../../src/definitions/meaning/commands.js';
import { integratedChunks, scriptsOf } from '../../src/definitions/meaning/integration.js';
import { Staging } from '../../src/definitions/meaning/staging.js';
import type { Chunk, Definitions } from '../../src/index.js';
import {
  type Corpus,
  corpora,
  describeCorpus,
  type Expected,
  expectedFacts,
  listedNames,
} from '../support/corpus.js';
import { loadCorpus } from '../support/corpus-projects.js';

describeCorpus('what definitions mean is what ybd makes of them', () => {
  describe.each(corpora)('%s', (corpus: Corpus) => {
    let expected: Expected;
    let definitions: Definitions;
    /** The chunks of the definitions and the keys of the facts, each by the other. */
    const chunks = new Map<string, Chunk>();
    const keys = new Map<Chunk, string>();
    let names: Map<string, string>;

    beforeAll(async () => {
      expected = expectedFacts(corpus);
      definitions = await loadCorpus(corpus);
      names = listedNames(corpus, expected);
      const byElement = new Map(
        definitions.strata.flatMap((stratum) =>
          stratum.chunks.map((chunk) => [`${chunk.stratum} ${chunk.name}`, chunk]),
        ),
      );
      for (const [key, { strata }] of Object.entries(expected.chunks)) {
        if (strata.length === 0) continue;
        const chunk = byElement.get(`${strata[0]} ${names.get(key)}`)!;
        chunks.set(key, chunk);
        keys.set(chunk, key);
      }
    });

    const keysOf = (all: Iterable<Chunk>) => [...all].map((chunk) => keys.get(chunk)!).sort();
    const indexed = (indices: readonly number[]) => indices.map((index) => expected.chunkKeys[index]!);

    test('what is staged for each chunk', () => {
      const staging = new Staging(definitions.strata);
      for (const [key, chunk] of chunks) {
        const facts = expected.chunks[key]!;
        const wanted = [...indexed(facts.staged), ...(facts.skippedByName ?? []).map(([skipped]) => skipped)];
        expect(keysOf(staging.of(chunk).chunks), key).toEqual(wanted.sort());
      }
      console.log(`${corpus}: ${chunks.size} staged sets`);
      expect(chunks.size).toBeGreaterThan(400);
    });

    test('the commands of each chunk', () => {
      for (const [key, chunk] of chunks) {
        const { buildSystem, commands } = expected.chunks[key]!;
        const system =
          buildSystem === undefined ? undefined : definitions.defaults.buildSystems.get(buildSystem);
        const found = [...effectiveCommands(chunk, system)].filter(([, list]) => list.length > 0);
        expect(
          found.map(([step, list]) => [step, list.map(({ text }) => text)]),
          key,
        ).toEqual(commands.filter(([, list]) => list.length > 0));
      }
    });

    const isAll = (chunk: Chunk, { size }: ReadonlySet<string>) =>
      size === new Set(artifactRules(chunk, definitions.defaults).map(({ artifact }) => artifact)).size;

    test('what each system holds, and what is run in it', () => {
      for (const system of definitions.systems) {
        const facts = expected.systems[system.path]!;
        const held = [...heldBy(system, definitions.defaults)].map(([chunk, what]) => [
          keys.get(chunk)!,
          what === 'everything' || isAll(chunk, what) ? true : [...what].sort(),
        ]);
        const image = Object.entries(facts.image)
          .map(([index, what]) => [expected.chunkKeys[Number(index)]!, what] as const)
          .filter(([key]) => expected.chunks[key]!.buildMode !== 'bootstrap')
          .map(([key, what]) => {
            // ybd names artifacts after the chunk's file, here they are named after the entry of the stratum.
            const own = (name: string) =>
              name.replace(`${expected.chunks[key]!.name}-`, `${names.get(key)}-`);
            return [key, what === true ? true : what.map(own).sort()];
          });
        const byKey = (all: unknown[][]) => all.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
        expect(byKey(held), system.path).toEqual(byKey(image));
        const scripts = scriptsOf(integratedChunks(system)).map(({ key, chunk, commands }) => ({
          key,
          chunk: keys.get(chunk),
          commands: commands.map(({ text }) => text),
        }));
        expect(scripts, system.path).toEqual(
          facts.integration.map(({ key, chunk, commands }) => ({ key, chunk, commands })),
        );
      }
      console.log(`${corpus}: ${definitions.systems.length} systems`);
    });
  });
});
