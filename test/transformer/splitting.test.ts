import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { buildEssential, converted, SHA } from '../support/definitions.js';
import { tries } from '../support/effort.js';
import { artifactOf, type Composition, isComposed, type Rule } from '../support/split-rules.js';

/** Rules over paths of one or two names, so that every path can be tried. */
const defaults = {
  chunk: [
    { artifact: '-bins', include: ['bin/.*'] },
    { artifact: '-libs', include: ['lib/.*'] },
    { artifact: '-misc', include: ['.*'] },
  ],
  stratum: [
    { artifact: '-devel', include: ['.*-libs'] },
    { artifact: '-runtime', include: ['.*'] },
  ],
};
const paths = ['bin', 'bin/x', 'bin/y', 'lib', 'lib/x', 'lib/y', 'etc', 'etc/x', 'etc/y'];

interface TestChunk {
  name: string;
  products: Rule[];
  artifacts: Record<string, string>;
}

interface TestStratum {
  name: string;
  products: Rule[];
  chunks: TestChunk[];
}

interface TestSystem {
  strata: { name: string; artifacts?: string[] }[];
}

interface TestTree {
  hasMisc: boolean;
  strata: TestStratum[];
  systems: TestSystem[];
}

const named = (rules: readonly Rule[], name: string): Rule[] =>
  rules.map(({ artifact, include }) => ({
    artifact: artifact.startsWith('-') ? name + artifact : artifact,
    include: [...include],
  }));

function chunkRules({ name, products }: TestChunk, { hasMisc }: TestTree): Rule[] {
  return named([...products, ...defaults.chunk.slice(0, hasMisc ? 3 : 2)], name);
}

/** The chunk artifacts that an artifact of a stratum holds, by ybd's `write_stratum_metafiles`. */
function contents(stratum: TestStratum, artifact: string, tree: TestTree): Set<string> {
  const rules = named([...stratum.products, ...defaults.stratum], stratum.name);
  const found = new Set<string>();
  for (const chunk of stratum.chunks) {
    for (const [name, target] of Object.entries(chunk.artifacts)) if (target === artifact) found.add(name);
    for (const { artifact: name } of chunkRules(chunk, tree)) {
      const first = rules.find(({ include }) =>
        include.some((each) => new RegExp(`^(?:${each})$`).test(name)),
      );
      if (first?.artifact === artifact) found.add(name);
    }
  }
  return found;
}

function definitionsOf({ hasMisc, strata, systems }: TestTree): Record<string, string> {
  const splitRules = { ...defaults, chunk: defaults.chunk.slice(0, hasMisc ? 3 : 2) };
  const files: Record<string, string> = {
    VERSION: 'version: 8\n',
    DEFAULTS: stringify({ 'build-systems': { manual: {} }, 'split-rules': splitRules }),
    'strata/build-essential.morph': buildEssential,
  };
  for (const { name, products, chunks } of strata) {
    files[`strata/${name}.morph`] = stringify({
      name,
      kind: 'stratum',
      'build-depends': [{ morph: 'strata/build-essential.morph' }],
      products,
      chunks: chunks.map((chunk) => ({ ...chunk, repo: 'upstream:x', ref: SHA, 'build-system': 'manual' })),
    });
  }
  systems.forEach(({ strata: listed }, i) => {
    files[`systems/${i}.morph`] = stringify({
      name: `${i}`,
      kind: 'system',
      arch: 'x86_64',
      strata: listed.map(({ name, artifacts }) => ({ morph: `strata/${name}.morph`, artifacts })),
    });
  });
  return files;
}

const productsOf = (name: string): fc.Arbitrary<Rule[]> =>
  fc.array(
    fc.record({
      artifact: fc.constantFrom(
        '-bins',
        '-extra',
        `${name}-libs`,
        `${name}-all`,
        'devel',
        'whole',
        'shared-extra',
      ),
      include: fc.subarray(['bin/x', 'lib/x', 'etc/x', '.*/y', '(bin|etc)/.*'], {
        minLength: 1,
        maxLength: 2,
      }),
    }),
    { maxLength: 2 },
  );

const chunkOf = (name: string, stratum: string): fc.Arbitrary<TestChunk> =>
  fc.record({
    name: fc.constant(name),
    products: fc.oneof(fc.constant<Rule[]>([]), productsOf(name)),
    artifacts: fc.dictionary(
      fc.constantFrom(`${name}-bins`, `${name}-libs`, `${name}-misc`),
      fc.constantFrom(`${stratum}-devel`, `${stratum}-minimal`),
      { maxKeys: 1 },
    ),
  });

const stratumOf = (name: string, chunks: readonly string[]): fc.Arbitrary<TestStratum> =>
  fc.record({
    name: fc.constant(name),
    products: fc.constant([{ artifact: `${name}-minimal`, include: [`${chunks[0]}-bins`] }]),
    chunks: fc.tuple(...chunks.map((chunk) => chunkOf(chunk, name))),
  });

const listed = (name: string) =>
  fc.record({
    name: fc.constant(name),
    artifacts: fc.option(
      fc.subarray([`${name}-devel`, `${name}-runtime`, `${name}-minimal`, `${name}-misspelt`], {
        minLength: 1,
      }),
      { nil: undefined },
    ),
  }) as fc.Arbitrary<TestSystem['strata'][number]>;

const trees: fc.Arbitrary<TestTree> = fc.record({
  hasMisc: fc.boolean(),
  strata: fc.tuple(stratumOf('one', ['a', 'a-b']), stratumOf('two', ['a', 'c'])),
  systems: fc.array(fc.record({ strata: fc.tuple(listed('one'), listed('two')) }), {
    minLength: 1,
    maxLength: 3,
  }),
});

describe('what systems hold', () => {
  test('is what Baserock’s rules say, whatever is selected of whatever rules', () => {
    let compared = 0;
    let ownNames = 0;
    const tryTree = (tree: TestTree) => {
      const { project, diagnostics } = converted(definitionsOf(tree));
      expect(diagnostics.filter(({ code }) => code === 'overlapping-split-rules')).toEqual([]);
      tree.systems.forEach(({ strata }, i) => {
        const system = `systems/${i}.bst`;
        const staged = project.staged(system);
        for (const { name, artifacts } of strata) {
          const stratum = tree.strata.find((each) => each.name === name)!;
          const held = artifacts?.flatMap((artifact) => [...contents(stratum, artifact, tree)]);
          for (const chunk of stratum.chunks) {
            const element = `strata/${name}/${chunk.name}.bst`;
            const domains = project.splitRules(element);
            ownNames += [...domains.keys()].filter((domain) => domain.startsWith(`${chunk.name}-`)).length;
            for (const path of paths) {
              const artifact = artifactOf(chunkRules(chunk, tree), path);
              const isWanted = !held || (artifact !== undefined && held.includes(artifact));
              const config = project.element(system).config as Composition;
              compared += 1;
              const isHeld = staged.has(element) && isComposed(config, domains, path);
              expect(isHeld, `${path} of ${element} in ${system}`).toBe(isWanted);
            }
          }
        }
      });
    };
    fc.assert(fc.property(trees, tryTree), { numRuns: tries(80, 400) });
    console.log(`random selections: ${compared} paths compared, ${ownNames} domains with own names`);
    expect(ownNames).toBeGreaterThan(tries(20, 100));
  });
});
