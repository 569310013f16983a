import { expect, test } from 'vitest';
import { knownFields } from '../../src/definitions/schema.js';
import { fieldRules } from '../../src/transformer/fields.js';

test('the table of fields has every field of every mapping, and no other', () => {
  expect(Object.keys(fieldRules).sort()).toEqual(Object.keys(knownFields).sort());
  for (const [mapping, fields] of Object.entries(knownFields)) {
    expect(Object.keys(fieldRules[mapping]!).sort(), mapping).toEqual([...fields].sort());
  }
});
