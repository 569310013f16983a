import fc from 'fast-check';
import { describe, test } from 'vitest';
import { tries } from '../support/effort.js';
import { mutate, mutations } from './mutations.js';
import { fuzz } from './run.js';
import { frame, generatedTree, sampleTree, type Tree } from './trees.js';

const hours = 24 * 60 * 60 * 1000;

/** One file of the sample, changed, among those that it takes for a project. */
const changedSample: fc.Arbitrary<Tree> = fc
  .tuple(fc.constantFrom(...sampleTree.keys()), mutations)
  .map(([path, changes]) => new Map([...frame, [path, mutate(sampleTree.get(path)!, changes)]]));

/** A tree that was made up, with changes in one of its files. */
const changedGenerated: fc.Arbitrary<Tree> = fc
  .tuple(generatedTree, fc.nat(), mutations)
  .map(([tree, index, changes]) => {
    const path = [...tree.keys()][index % tree.size]!;
    return new Map([...tree, [path, mutate(tree.get(path)!, changes)]]);
  });

describe('fuzz: changed YAML', { timeout: hours }, () => {
  test('of the sample definitions', () =>
    fuzz('changed sample files', changedSample, tries(500, 10_500), 0.5));
  test('of definitions that were made up', () =>
    fuzz('changed made-up files', changedGenerated, tries(150, 2500), 0.5));
});
