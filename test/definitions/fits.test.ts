import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fits } from '../../src/definitions/fits.js';
import { knownFields, schemas } from '../../src/definitions/schema.js';
import { YamlDocument } from '../../src/definitions/yaml-document.js';
import { corpora, describeCorpus } from '../support/corpus.js';
import { loadCorpus } from '../support/corpus-projects.js';
import { tries } from '../support/effort.js';

const kinds = Object.keys(schemas) as (keyof typeof schemas)[];
const fields = [...new Set(Object.values(knownFields).flat())];

/** Values that are put together from the fields of the format. */
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, undefined, '', 'text', 1, 0.5, Number.NaN, true, new Uint8Array(2)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 6, noNullPrototype: true }),
  ),
}));

describe('the test of a form', () => {
  test('says of a value what zod says', () => {
    const kind = fc.constantFrom(...kinds);
    fc.assert(
      fc.property(
        kind,
        fc.dictionary(fc.constantFrom(...fields), values, { noNullPrototype: true }),
        (name, value) => {
          const isZods = schemas[name].safeParse(value).success;
          // Bytes are an object without fields to zod: of them only it can tell.
          if (!JSON.stringify(value).includes('{"0":0,"1":0}'))
            expect(fits(schemas[name], value)).toBe(isZods);
          else if (!isZods) expect(fits(schemas[name], value)).toBe(false);
        },
      ),
      { numRuns: tries(1000, 20_000) },
    );
  });

  test('leaves what it cannot tell of to zod', () => {
    expect(fits(schemas.version, { version: Number.POSITIVE_INFINITY })).toBe(false);
    expect(fits(schemas.chunk, Object.create({ name: 'a' }))).toBe(false);
    expect(fits(schemas.chunk, [])).toBe(false);
  });
});

describeCorpus('the test of a form', () => {
  test.each(corpora)('is enough for %s', async (corpus) => {
    const { files } = await loadCorpus(corpus);
    for (const [path, text] of files) {
      if (!path.endsWith('.morph')) continue;
      const { value, isBroken } = new YamlDocument(path, text);
      if (isBroken) continue;
      const kind = ((value as { kind?: string }).kind ?? 'chunk') as keyof typeof schemas;
      expect([path, fits(schemas[kind], value)]).toEqual([path, true]);
    }
  });
});
