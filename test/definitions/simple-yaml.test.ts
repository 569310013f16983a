import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodesOf, readFullYaml } from '../../src/definitions/full-yaml.js';
import { readSimpleYaml } from '../../src/definitions/simple-yaml.js';
import type { ScalarNode } from '../../src/definitions/yaml-nodes.js';
import { mutate, mutations } from '../fuzz/mutations.js';
import { sampleTree } from '../fuzz/trees.js';
import { corpora, corpusFolder, describeCorpus } from '../support/corpus.js';
import { tries } from '../support/effort.js';

/** Holds what the simple reader makes of a text against what the whole of YAML says. True if it read the text. */
function agree(text: string): boolean {
  const simple = readSimpleYaml(text);
  if (!simple) return false;
  const { documents, comments } = readFullYaml(text);
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  expect(documents.length).toBe(1);
  expect(comparable(simple.root)).toEqual(comparable(nodesOf(documents[0]!.contents!)));
  expect(simple.comments).toEqual(comments);
  return true;
}

/** A node with what was written only where that means something: keys are text, and so are dates. */
function comparable(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (name, value) => {
      if (value?.kind !== 'scalar') return value;
      const { source, ...rest } = value as ScalarNode;
      const isText = name === 'key' || rest.value instanceof Date;
      if (isText) return { ...rest, value: typeof rest.value === 'string' ? rest.value : source };
      return ['number', 'boolean'].includes(typeof rest.value) ? value : rest;
    }),
  );
}

describe('the simple reader', () => {
  test.each([
    'a: b\n',
    'a: b',
    '# x\na: 1 # y\n# z\n',
    'a:\n- b\n- c: d\n  e:\n    - f\n# g\n- h\n',
    "a: 'it''s'\nb: \"c\"\nc: [ ]\nd: {}\n",
    'a: |\n  b\n\n    c\n\n\nd: |-\n   e\n',
    'a: b\n  c\n\n  d\ne:\n  f\n  g\n',
    'a: 1\nb: 0.30\nc: yes\nd: ~\ne: 2014-01-01\nf: 007a\n',
    '- a\n- b # c\n',
    'a: -b\nb: :c\nc: ?d\n',
    'a: \'b  \n\n  c d\n   e \'\nb: "c\n  d"\n',
    'a: &x\n  b: c\nd:\n  <<: *x\ne: *x\n',
    'a: &y\n- b\n',
    'a: |\n  b\n \n    \n  c\n  \td\n',
    'a: 0b5e\nb: 1_23_x\n',
    'a: # b\n  c: d\n',
    'a: >\n  b\n  c \n\n\n  d\n\n\ne: >-\n   f\n   g\n',
    'a: &x b\nc: *x\nd: &y |\n  e\nf: &z [g]\nh:\n- &v >-\n  i\n- *v\n- &w "j"\n',
    '- - a\n  - b\n',
    'a: [.*]\nb: [ c d , 1,e ] # f\ng: {h: i, j : <k l> }\n',
  ])('reads %j', (text) => {
    expect(agree(text)).toBe(true);
  });

  test.each([
    '',
    'a',
    'a: b: c\n',
    'a: b\n c: d\n',
    'a:\n  b: c\n d: e\n',
    'a: [b,]\n',
    'a: [b: c]\n',
    'a: {b}\n',
    'a: [[b]]\n',
    'a: "b\\n"\n',
    'a: >\n  b\n   c\n',
    'a: >\n\n  b\n',
    'a: >\n  b\n  \tc\n',
    'a: >+\n  b\n\n',
    'a: &b *c\n',
    '- &a b: c\n',
    '- &a\n  b\n',
    'a: &b # c\n  d: e\n',
    'a: |+\n  b\n\n',
    'a: 1_000\n',
    'a: 1e3\n',
    'a: b # c\n  d\n',
    'a: b\n  # c\n  d\n',
    '- \n- a\n',
    'a: b\n...\n',
    'a:\tb\n',
    '? a\n: b\n',
  ])('leaves %j to the other one', (text) => {
    expect(agree(text)).toBe(false);
  });

  test('means what all of YAML says, whatever is changed in the sample', () => {
    const texts = [...sampleTree.values()];
    let read = 0;
    fc.assert(
      fc.property(fc.nat(texts.length - 1), mutations, (index, changes) => {
        if (agree(mutate(texts[index]!, changes).toString('utf8'))) read++;
      }),
      { numRuns: tries(500, 2000), seed: 20_160_801, endOnFailure: true },
    );
    expect(read).toBeGreaterThan(tries(100, 400));
  });
});

describeCorpus('the simple reader and real trees', () => {
  test.each(corpora)('%s', (corpus) => {
    const root = corpusFolder(corpus);
    let all = 0;
    let read = 0;
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.morph')) continue;
      const text = readFileSync(`${root}/${path}`, 'utf8');
      all += 1;
      if (agree(text)) read += 1;
      else if (process.env.SHOW) console.log(path);
    }
    expect(read / all).toBeGreaterThan(0.9);
  });
});
