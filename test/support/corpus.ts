import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, test } from 'vitest';
import { parse } from 'yaml';

const shared = new URL('../../../shared/', import.meta.url);

/** The definitions repositories that facts are known about. */
export const corpora = ['v8-2016-08', 'v3-2015-06', 'v0-2015-03', 'unversioned-2014-10'] as const;
export type Corpus = (typeof corpora)[number];

const hasCorpus = existsSync(new URL('corpus/', shared));

/** The folder of a corpus. */
export function corpusFolder(corpus: Corpus): string {
  return new URL(`corpus/${corpus}`, shared).pathname;
}

/** Tests that need the corpus: skipped with a word where it is missing, but a failure in CI. */
export function describeCorpus(name: string, tests: () => void): void {
  if (hasCorpus) describe(name, tests);
  else if (process.env.CI) test(name, () => Promise.reject(new Error('the corpus is missing')));
  else describe.skip(`${name} (skipped: no corpus)`, tests);
}

/** What ybd makes of a chunk. Whole numbers are indices into `chunkKeys`. */
export interface ExpectedChunk {
  name: string;
  repo?: string;
  ref?: string;
  unpetrifyRef?: string | number;
  submodules?: Record<string, { url: string }>;
  strata: string[];
  buildSystem?: string;
  buildMode?: string;
  prefix?: string;
  prefixes?: string[];
  commands: [step: string, commands: string[]][];
  own: string[];
  staged: number[];
  skippedByName?: [skipped: string, staged: string][];
  maxJobs?: number;
  products?: { artifact: string; include: string[] }[];
}

/** Facts about a corpus, taken from ybd itself. */
export interface Expected {
  chunkKeys: string[];
  chunks: Record<string, ExpectedChunk>;
  strata: Record<string, { name: string; buildDepends: string[]; chunks: string[] }>;
  systems: Record<
    string,
    {
      name: string;
      arch: string;
      strata: [stratum: string, artifacts: string[] | null][];
      image: Record<string, true | string[]>;
      integration: { key: string; chunk: string; commands: string[] }[];
      skippedByName?: [skipped: string, staged: string][];
    }
  >;
  clusters: Record<string, unknown>;
  defaults: { splitRules: { chunk: { artifact: string; include: string[] }[] } };
}

const facts = new Map<Corpus, Expected>();

/** The facts about a corpus; the test files that one process runs share them. */
export function expectedFacts(corpus: Corpus): Expected {
  const read = () =>
    JSON.parse(
      gunzipSync(readFileSync(new URL(`expected/${corpus}.json.gz`, shared))).toString('utf8'),
    ) as Expected;
  const known = facts.get(corpus) ?? read();
  facts.set(corpus, known);
  return known;
}

/**
 * The name by which a stratum lists each chunk, by the chunk's key: ybd calls a chunk as its file does, the elements
 * are named after the entries of strata.
 */
export function listedNames(corpus: Corpus, { strata, chunkKeys }: Expected): Map<string, string> {
  const names = new Map<string, string>();
  for (const stratum of Object.keys(strata)) {
    const text = readFileSync(`${corpusFolder(corpus)}/${stratum}.morph`, 'utf8');
    const read = () =>
      parse(text, { version: '1.1', merge: true, uniqueKeys: false, strict: false, logLevel: 'silent' });
    for (const { name, morph } of (read().chunks ?? []) as { name: string; morph?: string }[]) {
      const key = morph?.replace(/\.morph$/, '') ?? `${stratum}/${name}`;
      names.set(chunkKeys.includes(`${key}.default`) && morph === undefined ? `${key}.default` : key, name);
    }
  }
  return names;
}
