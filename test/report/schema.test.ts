import { expect, expectTypeOf, test } from 'vitest';
import type * as z from 'zod/mini';
import type { ConversionReport } from '../../src/index.js';
import { reportJsonSchema, type reportSchema } from '../../src/report/schema.js';

type DeepReadonly<T> = { readonly [K in keyof T]: DeepReadonly<T[K]> };

test('the type of a report is that of its schema', () => {
  // For the compiler: the library's types name no package, so the two are written apart.
  expectTypeOf<DeepReadonly<z.infer<typeof reportSchema>>>().toEqualTypeOf<ConversionReport>();
});

test('the JSON schema of a report tells its fields', () => {
  const { properties, title } = reportJsonSchema() as Record<string, object>;
  expect(title).toBe('report.json of baserock2bst');
  expect(properties).toHaveProperty('strata.items.properties.chunks.items.properties.file.anyOf');
});
