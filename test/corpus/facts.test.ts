import { beforeAll, describe, expect, test } from 'vitest';
import { hasErrors } from '../../src/index.js';
import {
  type Corpus,
  corpora,
  describeCorpus,
  type Expected,
  type ExpectedChunk,
  expectedFacts,
  listedNames,
} from '../support/corpus.js';
import { convertCorpus, loadCorpus, readCorpus } from '../support/corpus-projects.js';
import type { ReadProject } from '../support/read-project.js';

/** The stratum that bootstraps the toolchain, in all four trees; its chunks are what base.bst stands for. */
const BASE = 'strata/build-essential';
const GUARD = '%{system-only}\n';

const isListed = ({ strata }: ExpectedChunk) => strata.length > 0;
const inBase = ({ strata }: ExpectedChunk) => strata[0] === BASE;
const stratumElement = (key: string) => (key === BASE ? 'base.bst' : `${key}.bst`);

describeCorpus('the facts that ybd gives', () => {
  describe.each(corpora)('%s', (corpus: Corpus) => {
    let expected: Expected;
    let project: ReadProject;
    let names: Map<string, string>;
    let converted: [key: string, chunk: ExpectedChunk][];

    beforeAll(async () => {
      expected = expectedFacts(corpus);
      names = listedNames(corpus, expected);
      const definitions = await loadCorpus(corpus);
      const { diagnostics } = await convertCorpus(corpus);
      expect(hasErrors([...definitions.diagnostics, ...diagnostics])).toBe(false);
      project = await readCorpus(corpus, 1);
      converted = Object.entries(expected.chunks).filter(([, chunk]) => isListed(chunk) && !inBase(chunk));
    });

    const keyOf = (index: number) => expected.chunkKeys[index]!;
    const elementOf = (key: string) => {
      const chunk = expected.chunks[key]!;
      return inBase(chunk) ? 'base.bst' : `${chunk.strata[0]}/${names.get(key)}.bst`;
    };
    /** The elements of chunks; stacks, and what the base is made of, are only ways to get at those. */
    const chunksAmong = (elements: Iterable<string>) => {
      const isChunk = (path: string) =>
        project.element(path).sources !== undefined && !path.startsWith('base/');
      const whole = [...elements].map((path) => (path === 'base/minimal.bst' ? 'base.bst' : path));
      return whole.filter((path) => path === 'base.bst' || isChunk(path)).sort();
    };

    test('every chunk that a stratum lists is an element, or part of the base', () => {
      const listed = Object.keys(expected.chunks).filter((key) => isListed(expected.chunks[key]!));
      const missing = listed.map(elementOf).filter((path) => !project.elements.has(path));
      console.log(`${corpus}: ${listed.length} chunks listed, ${converted.length} outside the base`);
      expect(missing).toEqual([]);
    });

    test('what is staged for each chunk is what ybd stages', () => {
      const sameNames = new Set<string>();
      for (const [key, chunk] of converted) {
        const wanted = new Set(chunk.staged.map((index) => elementOf(keyOf(index))));
        for (const [skipped, staged] of chunk.skippedByName ?? []) {
          wanted.add(elementOf(skipped));
          sameNames.add(`${key} (${skipped} as well as ${staged})`);
        }
        expect(chunksAmong(project.staged(elementOf(key))), key).toEqual([...wanted].sort());
      }
      const but = sameNames.size > 0 ? `, but for same-named chunks: ${[...sameNames].join(', ')}` : '';
      console.log(`${corpus}: ${converted.length} staged sets equal${but}`);
    });

    test('the sources of each chunk are what ybd fetches', () => {
      for (const [key, chunk] of converted) {
        const sources = project.element(elementOf(key)).sources ?? [];
        expect(sources, key).toHaveLength(chunk.repo ? 1 : 0);
        const [source] = sources;
        expect(source?.url, key).toBe(chunk.repo);
        const isCommit = /^[0-9a-f]{40}$/.test(chunk.ref ?? '');
        expect(source?.ref, key).toBe(isCommit ? chunk.ref : undefined);
        if (!isCommit) expect(source?.track, key).toBe(chunk.ref);
        else if (typeof chunk.unpetrifyRef === 'number') {
          // ybd read a number; the text behind it is what is meant.
          expect(Number(String(source?.track).replaceAll('_', '')), key).toBe(chunk.unpetrifyRef);
        } else if (chunk.unpetrifyRef !== undefined) expect(source?.track, key).toBe(chunk.unpetrifyRef);
        expect(source?.submodules ?? {}, key).toEqual(chunk.submodules ?? {});
      }
    });

    /** True if a system holds nothing of any chunk of the stratum that a chunk is in. */
    function isLeftOut({ strata }: ExpectedChunk, { image }: Expected['systems'][string]): boolean {
      return Object.entries(image).every(
        ([index, artifacts]) =>
          !expected.chunks[keyOf(Number(index))]!.strata.some((each) => strata.includes(each)) ||
          (artifacts !== true && artifacts.length === 0),
      );
    }

    test('strata hold their chunks, and systems their strata and nothing else', () => {
      for (const [key, stratum] of Object.entries(expected.strata)) {
        if (key === BASE) continue;
        const wanted = stratum.chunks.map(elementOf);
        expect(project.element(`${key}.bst`).depends ?? [], key).toEqual(wanted);
      }
      for (const [key, system] of Object.entries(expected.systems)) {
        const element = project.element(`${key}.bst`);
        // What a selection leaves out of a stratum is the business of split rules; whole strata are not depended on.
        const chunks = Object.keys(system.image)
          .map((index) => keyOf(Number(index)))
          .filter((chunk) => expected.chunks[chunk]!.buildMode !== 'bootstrap')
          .filter((chunk) => inBase(expected.chunks[chunk]!) || !isLeftOut(expected.chunks[chunk]!, system));
        const strata = system.strata
          .filter(
            ([stratum]) =>
              stratum === BASE || chunks.some((chunk) => expected.chunks[chunk]!.strata.includes(stratum)),
          )
          .map(([stratum]) => stratumElement(stratum));
        const listed = element['build-depends']!.map((path) => path.replace('base/minimal.bst', 'base.bst'));
        const isOwn = (path: string) => path === `${key}/integration.bst`;
        expect(
          listed.filter((path) => !isOwn(path)),
          key,
        ).toEqual([...strata, 'base/system-marker.bst']);
        expect(chunksAmong(project.staged(`${key}.bst`)), key).toEqual(
          [...new Set(chunks.map(elementOf))].sort(),
        );
        expect(element['(?)']).toEqual([
          {
            [`arch != "${system.arch}"`]: { '(!)': expect.stringContaining(`--option arch ${system.arch}`) },
          },
        ]);
      }
    });

    test('the prefixes of what is staged come first in PATH', () => {
      let count = 0;
      for (const [key, chunk] of converted) {
        const prefixes = (chunk.prefixes ?? []).filter((prefix) => prefix !== '/tools' && prefix !== '/usr');
        const own = chunk.prefix !== undefined && chunk.prefix !== '/usr' ? [chunk.prefix] : [];
        const wanted = [...new Set([...prefixes, ...own])].map(
          (prefix) => `${prefix.replace(/\/$/, '')}/bin`,
        );
        const path = project.element(elementOf(key)).environment?.PATH?.split(':') ?? [];
        expect(path.slice(0, wanted.length), key).toEqual(wanted);
        expect(path.length === 0, key).toBe(wanted.length === 0);
        count += wanted.length;
      }
      console.log(`${corpus}: ${count} prefixes in PATH`);
    });

    test('integration commands are verbatim, guarded, and in the order of their names', () => {
      const byChunk = new Map<string, Map<string, string[]>>();
      for (const { integration } of Object.values(expected.systems)) {
        for (const { key, chunk, commands } of integration) {
          byChunk.set(chunk, (byChunk.get(chunk) ?? new Map()).set(key, commands));
        }
      }
      for (const [key, scripts] of byChunk) {
        const sorted = [...scripts].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        if (inBase(expected.chunks[key]!)) continue;
        const emitted = project.element(elementOf(key)).public?.bst?.['integration-commands'];
        const wanted = sorted.flatMap(([, commands]) => commands.map((command) => GUARD + command));
        expect(emitted, key).toEqual(wanted);
      }
      console.log(`${corpus}: integration commands of ${byChunk.size} chunks`);
    });
  });
});
