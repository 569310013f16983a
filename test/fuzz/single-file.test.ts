import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convert, loadDefinitions, renderDiagnostics, renderProject } from '../../src/index.js';
import { tries } from '../support/effort.js';
import { mutate, mutations } from './mutations.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text =
  Buffer.from(`clusters/c: {kind: cluster, systems: [{path: systems/s, subsystems: [{path: systems/s}]}]}
strata/a: {kind: stratum, contents: [{strata/a/c: {c-misc: a-runtime}}, strata/a/d], build-depends: [strata/b]}
strata/a/c: {repo: 'upstream:c', ref: master, build-depends: [strata/b, strata/a/d], max-jobs: 1}
strata/a/d: {repo: 'upstream:d', ref: 0.30, build-commands: [make, "a\\nb"]}
strata/b: {kind: stratum, contents: []}
systems/s: {kind: system, arch: x86_64, contents: [{strata/a: [a-runtime]}, strata/b]}
`);

test('fuzz: a changed file of ybd’s never throws', { timeout: 600_000 }, async () => {
  const file = join(folder, 'target.yml');
  let cases = 0;
  const property = fc.asyncProperty(mutations, async (changes) => {
    cases += 1;
    writeFileSync(file, mutate(text, changes));
    const definitions = await loadDefinitions(file);
    const { project, diagnostics } = convert(definitions, { keepGoing: true });
    expect(renderProject(project).size).toBeGreaterThan(0);
    const all = [...definitions.diagnostics, ...diagnostics];
    expect(renderDiagnostics(all, definitions.files, { colour: false, limit: 10 })).toBeTypeOf('string');
  });
  const seed = Number(process.env.FUZZ_SEED ?? 20_160_801);
  await fc.assert(property, { numRuns: process.env.FUZZ_SECONDS ? 20_000 : tries(200, 1000), seed });
  console.log(`changed files of ybd: ${cases} cases (seed ${seed})`);
});
