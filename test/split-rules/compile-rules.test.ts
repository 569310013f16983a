import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRules, type SplitDomain } from '../../src/split-rules/compile-rules.js';
import { corpora, describeCorpus, expectedFacts } from '../support/corpus.js';
import { tries } from '../support/effort.js';
import { artifactOf, globMatches, matchesPath, pathsNear, type Rule } from '../support/split-rules.js';

/** What is known to be wrong with the domains of some rules, because it was reported. */
function isReported(domains: readonly SplitDomain[], path: string): boolean {
  const claims = (globs: readonly string[]) => globs.some((glob) => globMatches(glob, path));
  return domains.some(
    ({ approximations, overlaps }) =>
      approximations.some(({ pattern, globs }) => claims(globs) && !matchesPath(pattern, path)) ||
      overlaps.some(({ globs, earlier }) => claims(globs) && claims(earlier.globs)),
  );
}

/** The artifacts whose domains claim a path; the catch-all's only where no other does. */
function claimants(domains: readonly SplitDomain[], path: string): (string | undefined)[] {
  const claiming = domains.filter(({ globs }) => globs.some((glob) => globMatches(glob, path)));
  const narrow = claiming.filter(({ isCatchAll }) => !isCatchAll);
  const found = (narrow.length > 0 ? narrow : claiming).map(({ artifact }) => artifact);
  return found.length > 0 ? found : [undefined];
}

/** Fails if a path is in another domain than Baserock's rules say, and that is not reported. True if it is reported. */
function check(rules: readonly Rule[], domains: readonly SplitDomain[], path: string): boolean {
  const right = artifactOf(rules, path);
  const found = claimants(domains, path);
  if (found.length === 1 && found[0] === right) return false;
  if (isReported(domains, path)) return true;
  throw new Error(`${path} belongs to ${right}, but is in ${found} of ${JSON.stringify(rules)}`);
}

/** Fails if what is reported to differ on a path does not differ there. */
function checkReports(domains: readonly SplitDomain[]): void {
  for (const { approximations, overlaps } of domains) {
    for (const { pattern, globs, witness, notSupported } of approximations) {
      if (notSupported !== undefined) continue;
      expect(globs.some((glob) => globMatches(glob, witness!))).toBe(true);
      expect(matchesPath(pattern, witness!), `${pattern} on ${witness}`).toBe(false);
    }
    for (const { globs, earlier, witness } of overlaps) {
      for (const both of witness === undefined ? [] : [globs, earlier.globs]) {
        expect(both.some((glob) => globMatches(glob, witness!))).toBe(true);
      }
    }
  }
}

const single = fc.constantFrom('a', 'b', 'lib', '/', '\\.', '0', '.', '\\d', '\\w', '[ab]', '[^a]', '[^/]');
const repeated = fc.constantFrom('a?', 'b*', '\\d+', '[ab]+', '[^/]+', '/?', '.+', '\\.?', '.*', '[^/]*');

/** Items one after the other, in up to two alternatives. */
function alternativesOf(item: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  const sequence = fc.array(item, { minLength: 1, maxLength }).map((items) => items.join(''));
  return fc.array(sequence, { minLength: 1, maxLength: 2 }).map((items) => items.join('|'));
}

/** What is repeated repeats nothing itself: the regular expressions of JavaScript would take for ever over that. */
function groupOf(inner: fc.Arbitrary<string>, ...quantifiers: string[]): fc.Arbitrary<string> {
  return fc.tuple(inner, fc.constantFrom(...quantifiers)).map(([text, sign]) => `(${text})${sign}`);
}

/** Regular expressions of the supported grammar, over few enough characters to meet each other. */
const patterns: fc.Arbitrary<string> = alternativesOf(
  fc.oneof(
    { weight: 4, arbitrary: single },
    { weight: 3, arbitrary: repeated },
    { weight: 1, arbitrary: groupOf(alternativesOf(single, 3), '*', '+', '?') },
    { weight: 1, arbitrary: groupOf(alternativesOf(fc.oneof(single, repeated), 3), '', '?') },
  ),
  4,
);

const ruleLists: fc.Arbitrary<Rule[]> = fc.array(
  fc.record({
    artifact: fc.constantFrom('-bins', '-libs', '-devel', '-misc'),
    include: fc.array(fc.oneof({ weight: 9, arbitrary: patterns }, fc.constant('.*')), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** All rules that chunks of the real trees are split by, named after the tree and the chunk; each list once. */
function realRules(): Map<string, Rule[]> {
  const lists = new Map<string, { origin: string; rules: Rule[] }>();
  for (const corpus of corpora) {
    const { chunks, defaults } = expectedFacts(corpus);
    const usual = defaults.splitRules.chunk;
    const add = (origin: string, name: string, products: Rule[]) => {
      const rules = [...products, ...usual].map(({ artifact, include }) => ({
        artifact: artifact.startsWith(`${name}-`) ? artifact.slice(name.length) : artifact,
        include,
      }));
      lists.set(JSON.stringify(rules), { origin: `${corpus} ${origin}`, rules });
    };
    add('DEFAULTS', '', []);
    for (const [key, { name, products }] of Object.entries(chunks)) if (products) add(key, name, products);
  }
  return new Map([...lists.values()].map(({ origin, rules }) => [origin, rules]));
}

describeCorpus('the rules of real trees as globs', () => {
  test('every path is in the domain of its artifact, or what differs is reported', () => {
    let paths = 0;
    let reported = 0;
    const patterns = new Set<string>();
    const approximate = new Set<string>();
    const overlapping: string[] = [];
    const lists = realRules();
    for (const [origin, rules] of lists) {
      const domains = compileRules(rules);
      checkReports(domains);
      for (const { approximations, overlaps } of domains) {
        for (const { pattern } of approximations) approximate.add(pattern);
        overlapping.push(...overlaps.map(({ pattern }) => `${origin}: ${pattern}`));
      }
      for (const pattern of rules.flatMap(({ include }) => include)) {
        patterns.add(pattern);
        for (const path of fc.sample(pathsNear(pattern), tries(100, 500))) {
          if (path === undefined) continue;
          paths += 1;
          if (check(rules, domains, path)) reported += 1;
        }
      }
    }
    console.log(
      `real rules: ${lists.size} lists, ${patterns.size} patterns, ${patterns.size - approximate.size} exact and ` +
        `${approximate.size} approximate (${[...approximate].join('  ')}); ${paths} paths, ${reported} of them in ` +
        `another domain, as reported; overlapping: ${overlapping.join(', ')}`,
    );
    expect(paths).toBeGreaterThan(tries(15_000, 100_000));
    expect(approximate.size).toBeGreaterThan(0);
  });
});

describe('split rules as globs', () => {
  test('random rules: every path is in the domain of its artifact, or what differs is reported', () => {
    let paths = 0;
    let lists = 0;
    let exactLists = 0;
    let reported = 0;
    const near = fc.gen();
    fc.assert(
      fc.property(ruleLists, near, (rules, gen) => {
        const domains = compileRules(rules);
        checkReports(domains);
        lists += 1;
        if (domains.every(({ approximations, overlaps }) => approximations.length + overlaps.length === 0)) {
          exactLists += 1;
        }
        for (const pattern of rules.flatMap(({ include }) => include)) {
          for (const path of gen(() => fc.array(pathsNear(pattern), { minLength: 250, maxLength: 250 }))) {
            if (path === undefined) continue;
            paths += 1;
            if (check(rules, domains, path)) reported += 1;
          }
        }
      }),
      { numRuns: tries(40, 200) },
    );
    console.log(
      `random rules: ${lists} lists, ${exactLists} of them exact; ${paths} paths, ${reported} of them in another ` +
        'domain, as reported',
    );
    expect(paths).toBeGreaterThan(tries(20_000, 100_000));
  });
});
