import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMapping } from '../../src/definitions/is-mapping.js';
import { isAccepted, type Kind, schemas } from '../../src/definitions/schema.js';
import { YamlDocument } from '../../src/definitions/yaml-document.js';
import { corpora, corpusFolder, describeCorpus } from '../support/corpus.js';
import { tries } from '../support/effort.js';

const kinds = Object.keys(schemas) as Kind[];

/** Values of the fields that definitions have, right ones and wrong ones. */
const scalar = fc.constantFrom<unknown>('', 'a', 'b', 1, true, null, undefined, new Uint8Array([1]));
const names = [
  ...new Set(kinds.flatMap((kind) => Object.keys(schemas[kind].shape))),
  ...['morph', 'artifacts', 'artifact', 'include', 'other', 'constructor'],
];
const { mapping } = fc.letrec<{ mapping: Record<string, unknown>; value: unknown }>((tie) => ({
  mapping: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { arbitrary: scalar, weight: 4 },
    { arbitrary: fc.array(scalar, { maxLength: 3 }), weight: 2 },
    { arbitrary: fc.array(tie('mapping'), { maxLength: 2 }), weight: 2 },
    { arbitrary: tie('mapping'), weight: 1 },
  ),
}));

test('a value that a schema is seen to accept without parsing is accepted by it', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.constantFrom(...kinds), mapping, fc.boolean(), (kind, some, isNamed) => {
      const value = isNamed ? { kind: 'x', arch: 'y', ...some } : some;
      if (!isAccepted(schemas[kind], value)) return;
      accepted += 1;
      expect(schemas[kind].safeParse(value).success).toBe(true);
    }),
    { numRuns: tries(3000, 30_000) },
  );
  expect(accepted).toBeGreaterThan(100);
});

describeCorpus('real definitions', () => {
  test.each(corpora)('of %s are accepted without parsing wherever the schema accepts them', (corpus) => {
    const root = corpusFolder(corpus);
    const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
    for (const path of paths.filter((each) => each.endsWith('.morph'))) {
      const { value } = new YamlDocument(path, readFileSync(join(root, path), 'utf8'));
      if (!isMapping(value)) continue;
      const schema = schemas[value.kind as Kind];
      expect(isAccepted(schema, value), path).toBe(schema.safeParse(value).success);
    }
  });
});
