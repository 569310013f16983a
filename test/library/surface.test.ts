import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { surfaceOf } from './api-surface.js';

const page = new URL('../../docs/api-surface.md', import.meta.url);
const entries = { index: 'baserock2bst', memory: 'baserock2bst/memory' } as const;
const surfaces = Object.entries(entries).map(([entry, name]) => ({ name, ...surfaceOf(entry) }));

describe('the public interface', () => {
  test('is what docs/api-surface.md says: a change of it is a change there', () => {
    const rendered = `# What the package exports

Made from the types of the package by the tests: \`UPDATE=1 npx vitest run --config test/vitest.config.ts
test/library\` writes it anew. \`npm run docs\` makes pages that tell of it, in docs/api.

${surfaces.map(render).join('\n')}`;
    if (process.env.UPDATE) writeFileSync(page, rendered);
    else expect(readFileSync(page, 'utf8')).toBe(rendered);
  });

  test.each(surfaces)('of $name is told of: every export has a comment', ({ undocumented }) => {
    expect(undocumented).toEqual([]);
  });

  test.each(surfaces)('of $name is whole: types that it names can be imported', ({ hidden }) => {
    expect(hidden).toEqual([]);
  });

  test.each(surfaces)('of $name names no other package', ({ packages }) => {
    expect(packages).toEqual([]);
  });
});

/** The entry point that has everything is told first; of the others only what it does not have, and the names. */
function render({ name, declarations }: (typeof surfaces)[number]): string {
  const [first] = surfaces;
  if (name === first!.name) {
    const values = [...declarations.values()].map((text) => `${text}\n`);
    return `## \`${name}\`\n\n\`\`\`ts\n${values.join('\n')}\`\`\`\n`;
  }
  const own = [...declarations].filter(([key, text]) => first!.declarations.get(key) !== text);
  expect(own).toEqual([]);
  return `## \`${name}\`\n\nOf these: ${[...declarations.keys()].map((key) => `\`${key}\``).join(', ')}.\n`;
}
