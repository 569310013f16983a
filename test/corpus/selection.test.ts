import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/index.js';
import {
  type Corpus,
  corpora,
  describeCorpus,
  type Expected,
  type ExpectedChunk,
  expectedFacts,
  listedNames,
} from '../support/corpus.js';
import { convertCorpus, readCorpus } from '../support/corpus-projects.js';
import type { ReadProject } from '../support/read-project.js';
import { artifactOf, type Composition, isComposed, pathsNear, type Rule } from '../support/split-rules.js';

const BASE = 'strata/build-essential';

/** The patterns that are reported to have no exact glob. */
function approximatePatterns(diagnostics: readonly Diagnostic[]): Set<string> {
  const approximate = diagnostics.filter(({ code }) => code === 'approximate-split-rule');
  return new Set(approximate.map(({ message }) => /match more than `(.*)`, /.exec(message)![1]!));
}

describeCorpus('the files of systems that select artifacts', () => {
  describe.each(corpora)('%s', (corpus: Corpus) => {
    let expected: Expected;
    let project: ReadProject;
    let names: Map<string, string>;
    let diagnostics: readonly Diagnostic[];
    const paths = new Map<string, readonly string[]>();

    beforeAll(async () => {
      expected = expectedFacts(corpus);
      names = listedNames(corpus, expected);
      diagnostics = (await convertCorpus(corpus)).diagnostics;
      project = await readCorpus(corpus, 2);
    });

    const selecting = () =>
      Object.entries(expected.systems).filter(([, { strata }]) => strata.some(([, artifacts]) => artifacts));

    function rulesOf({ name, products = [] }: ExpectedChunk): Rule[] {
      return [...products, ...expected.defaults.splitRules.chunk].map(({ artifact, include }) => ({
        artifact: artifact.startsWith('-') ? name + artifact : artifact,
        include,
      }));
    }

    /** Paths that lie near to what some rules match; the same ones in every run. */
    function pathsFor(rules: readonly Rule[]): string[] {
      return rules.flatMap(({ include }) =>
        include.flatMap((pattern) => {
          const known = paths.get(pattern) ?? fc.sample(pathsNear(pattern), { numRuns: 40, seed: 1 });
          const found = known.filter((path) => path !== undefined);
          paths.set(pattern, found);
          return found;
        }),
      );
    }

    test('are those of the artifacts that ybd takes', () => {
      const approximate = approximatePatterns(diagnostics);
      let compared = 0;
      let differing = 0;
      for (const [system, { image }] of selecting()) {
        const element = project.element(`${system}.bst`);
        const staged = project.staged(`${system}.bst`);
        for (const [index, artifacts] of Object.entries(image)) {
          const key = expected.chunkKeys[Number(index)]!;
          const chunk = expected.chunks[key]!;
          if (chunk.strata[0] === BASE) continue;
          const path = `${chunk.strata[0]}/${names.get(key)}.bst`;
          const domains = project.splitRules(path);
          const rules = rulesOf(chunk);
          for (const file of pathsFor(rules)) {
            const artifact = artifactOf(rules, file);
            const isWanted = artifacts === true || artifacts.includes(artifact!);
            const isHeld = staged.has(path) && isComposed(element.config as Composition, domains, file);
            compared += 1;
            if (isHeld === isWanted) continue;
            differing += 1;
            const claimed = rules.filter(
              ({ artifact: other, include }) =>
                other !== artifact && include.some((pattern) => approximate.has(pattern)),
            );
            expect(claimed.length, `${system}: ${file} of ${key}`).toBeGreaterThan(0);
          }
        }
      }
      console.log(
        `${corpus}: ${selecting().length} systems select artifacts; of ${compared} paths ${differing} differ, as reported`,
      );
      expect(compared).toBeGreaterThan(1000);
      expect(differing / compared).toBeLessThan(0.01);
    });

    test('include what is not made of chunks', () => {
      for (const [system] of selecting()) {
        const { config } = project.element(`${system}.bst`);
        for (const path of ['base/sysroot.bst']) {
          const rules = project.splitRules(path);
          for (const file of ['usr/bin/gcc', 'usr/include/stdio.h', 'usr/lib/libc.so.6', 'etc/passwd', 'x']) {
            expect(isComposed(config as Composition, rules, file), `${system}: ${file} of ${path}`).toBe(
              true,
            );
          }
        }
      }
    });

    test('do not include the system marker', () => {
      const marker = project.splitRules('base/system-marker.bst');
      for (const system of Object.keys(expected.systems)) {
        const { config } = project.element(`${system}.bst`);
        expect(isComposed(config as Composition, marker, 'baserock/system'), system).toBe(false);
      }
    });

    test('select something unknown only where that is reported', () => {
      const unknown = diagnostics.filter(({ code }) => code === 'unknown-selection');
      const chefs = selecting().filter(([key]) => key.includes('chef')).length;
      expect(unknown).toHaveLength(chefs);
      for (const { message, hint, severity, place } of unknown) {
        expect(severity).toBe('error');
        expect(message).toContain('`core-openssl`');
        expect(hint).toMatch(/`core-(devel|runtime)`/);
        expect(place?.file).toMatch(/chef/);
      }
    });
  });
});
