import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { root } from './guides.js';

/**
 * Expects of a part of a guide, between `<!-- generated: PART -->` and `<!-- end: PART -->`, that it is what a program
 * makes of it; rewrites it with UPDATE=1.
 */
export function expectGenerated(guide: string, part: string, rendered: string): void {
  const file = join(root, guide);
  const text = readFileSync(file, 'utf8');
  const begin = `<!-- generated: ${part} -->\n`;
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(`<!-- end: ${part} -->`);
  expect(from, `${guide} has no part ${part}`).toBeGreaterThanOrEqual(begin.length);
  expect(to).toBeGreaterThanOrEqual(from);
  if (process.env.UPDATE) writeFileSync(file, `${text.slice(0, from)}\n${rendered}\n${text.slice(to)}`);
  else expect(text.slice(from, to)).toBe(`\n${rendered}\n`);
}

/** A table of Markdown. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(heads) + line(heads.map(() => '---')) + rows.map(line).join('');
}
