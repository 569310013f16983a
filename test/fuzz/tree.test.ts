import { describe, test } from 'vitest';
import { tries } from '../support/effort.js';
import { fuzz } from './run.js';
import { changedTree, generatedTree } from './trees.js';

const hours = 24 * 60 * 60 * 1000;

describe('fuzz: whole trees', { timeout: hours }, () => {
  test('with hostile names and values', () => fuzz('made-up trees', generatedTree, tries(300, 6500), 0.6));
  test('with files dropped, renamed, doubled and exchanged', () =>
    fuzz('changed trees', changedTree, tries(30, 600), 0.4));
});
