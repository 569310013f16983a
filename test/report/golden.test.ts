import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { convert, loadDefinitions, renderGithub, renderReport, renderSarif } from '../../src/index.js';
import { reportSchema } from '../../src/report/schema.js';
import { reportOf } from '../support/report.js';

const golden = new URL('./golden/', import.meta.url);
const sample = new URL('../../samples/definitions', import.meta.url).pathname;

/** The sample's report, and its diagnostics for other programs; rewrite them with UPDATE=1. */
test('the report on the sample definitions, in all forms', async () => {
  const definitions = await loadDefinitions(sample);
  const { diagnostics } = convert(definitions);
  const report = await renderReport(reportOf(definitions, {}, 'pocket'));
  const found = [...definitions.diagnostics, ...diagnostics];
  const files = {
    'report.json': withoutVersion(report.get('report.json')!),
    'report.md': withoutVersion(report.get('report.md')!),
    'diagnostics.sarif': withoutVersion(renderSarif(found, 'samples/definitions')),
    'diagnostics.github': renderGithub(found, 'samples/definitions'),
  };
  for (const [name, text] of Object.entries(files)) {
    const url = new URL(name, golden);
    if (process.env.UPDATE) writeFileSync(url, text);
    expect(text).toBe(readFileSync(url, 'utf8'));
  }
  expect(reportSchema.safeParse(JSON.parse(report.get('report.json')!)).success).toBe(true);
  const again = await renderReport(reportOf(await loadDefinitions(sample), {}, 'pocket'));
  expect(again).toEqual(report);
});

function withoutVersion(text: string): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return text
    .replace(`"version": "${version}"`, '"version": "…"')
    .replace(`baserock2bst ${version}`, 'baserock2bst …');
}
