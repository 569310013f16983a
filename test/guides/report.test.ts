import { test } from 'vitest';
import * as z from 'zod/mini';
import { reportSchema } from '../../src/report/schema.js';
import { expectGenerated, table } from '../support/generated.js';

interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  description?: string;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
}

/** docs/report.md has the fields as the schema has them; rewrite that part with UPDATE=1. */
test('docs/report.md tells every field of report.json', () => {
  const rows = fieldsOf('', z.toJSONSchema(reportSchema) as Schema);
  expectGenerated('docs/report.md', 'schema', table(['field', 'type', ''], rows));
});

/** A line for each field; what has the form of a place or a tally is told once. */
function fieldsOf(prefix: string, schema: Schema, known = new Set<string>()): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix + name;
    const [inner, suffix] = innerOf(field);
    const form = JSON.stringify(inner.properties ?? {});
    const isKnown = known.has(form);
    if (inner.properties) known.add(form);
    const told = isKnown ? [] : fieldsOf(`${path}${suffix}.`, inner, known);
    return [[`\`${path}\``, typeOf(field), field.description ?? ''], ...told];
  });
}

/** What lists, maps and choices hold. */
function innerOf(schema: Schema): [Schema, string] {
  if (schema.items) return [schema.items, '[]'];
  if (typeof schema.additionalProperties === 'object') return [schema.additionalProperties, '.*'];
  const object = schema.anyOf?.find(({ properties }) => properties);
  return [object ?? schema, ''];
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return 'map';
  return [schema.type ?? []].flat().join(' or ');
}
