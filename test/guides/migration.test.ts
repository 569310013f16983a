import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/index.js';
import { type FieldRule, fieldRules } from '../../src/transformer/fields.js';
import { expectGenerated, table } from '../support/generated.js';

const guide = new URL('../../MIGRATION.md', import.meta.url);

/** The parts of MIGRATION.md that are made from the rules; rewrite them with UPDATE=1. */
const generated: Record<string, () => string> = { fields: renderFields, diagnostics: renderCatalogue };

describe('MIGRATION.md', () => {
  test.each(Object.keys(generated))('has the %s as the rules have them', (part) => {
    expectGenerated('MIGRATION.md', part, generated[part]!());
  });

  test('names no diagnostic that does not exist', () => {
    const withoutTables = readFileSync(guide, 'utf8').replace(/<!-- generated.*?<!-- end/gs, '');
    const inParentheses = [...withoutTables.matchAll(/\(`([a-z]+(?:-[a-z]+)+)`\)/g)].map(([, code]) => code!);
    expect(inParentheses.length).toBeGreaterThan(0);
    expect(inParentheses.filter((code) => !(code in catalogue))).toEqual([]);
  });
});

/** One line for each rule, with all fields and mappings that share it. */
function renderFields(): string {
  const rows: { mappings: string[]; fields: string[]; rule: FieldRule }[] = [];
  for (const [mapping, rules] of Object.entries(fieldRules)) {
    for (const [field, rule] of Object.entries(rules)) {
      const known = rows.find((row) => row.rule === rule && row.fields.includes(field));
      if (known) known.mappings.push(mapping);
      else rows.push({ mappings: [mapping], fields: [field], rule });
    }
  }
  const merged: typeof rows = [];
  for (const row of rows) {
    const like = merged.find(
      ({ mappings, rule }) => rule === row.rule && `${mappings}` === `${row.mappings}`,
    );
    if (like) like.fields.push(...row.fields);
    else merged.push(row);
  }
  return table(
    ['of', 'field', 'becomes', 'what is not exact is reported as'],
    merged.map(({ mappings, fields, rule }) => [
      mappings.join(', '),
      fields.map((field) => `\`${field}\``).join(', '),
      'ignored' in rule ? `nothing: ${rule.ignored}` : (rule.becomes ?? 'nothing yet'),
      'reported' in rule ? rule.reported.map((code) => `\`${code}\``).join(', ') : '',
    ]),
  );
}

function renderCatalogue(): string {
  return table(
    ['code', 'severity', 'what it means', 'what to do'],
    Object.entries(catalogue).map(([code, { severity, meaning, advice }]) => [
      `\`${code}\``,
      severity,
      meaning,
      advice,
    ]),
  );
}
