import { test } from 'vitest';
import type { ConversionReport } from '../../src/index.js';
import { describeCorpus } from '../support/corpus.js';
import { expectGenerated, table } from '../support/generated.js';
import { reportOnCorpus } from '../support/report.js';

const newest = 'v8-2016-08';

/** The figures of README are those of conversions; `npm run figures` rewrites them. */
describeCorpus('the figures of README', () => {
  test('of the newest tree', async () => {
    const report = await reportOnCorpus(newest);
    const verdicts = table(
      ['', 'total', 'exact', 'approximate', 'needs a hand', 'left out'],
      [elementsOf(report), systemsOf(report)],
    );
    const { systems, strata, chunks, clusters } = report.totals;
    const tree = `It has ${number(systems)} systems of ${number(strata)} strata with ${number(chunks)} chunks, and ${number(clusters)} clusters that deploy them.\n`;
    expectGenerated('README.md', 'figures', `${tree}\n${verdicts}\n${codesOf(report)}`);
  });

  test('of a single system', async () => {
    const report = await reportOnCorpus(newest, { systems: ['systems/gnome-system-x86_64.morph'] });
    expectGenerated('README.md', 'gnome', codesOf(report));
  });
});

const number = (value: number) => value.toLocaleString('en');

function elementsOf({ totals }: ConversionReport): string[] {
  const { total, exact, approximate, manual, leftOut } = totals.elements;
  return ['elements', ...[total, exact, approximate, manual, leftOut].map(number)];
}

function systemsOf({ systems }: ConversionReport): string[] {
  const verdicts = ['exact', 'approximate', 'manual', 'left-out'];
  const counts = verdicts.map((wanted) => systems.filter(({ verdict }) => verdict === wanted).length);
  return ['systems', ...[systems.length, ...counts].map(number)];
}

/** How often each code was found: the gravest first, and of those the most frequent. */
function codesOf({ codes }: ConversionReport): string {
  const severities = ['error', 'manual', 'warning', 'info'];
  const rows = Object.entries(codes).map(([code, { severity, count }]) => ({ code, severity, count }));
  rows.sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      b.count - a.count ||
      (a.code < b.code ? -1 : 1),
  );
  return table(
    ['code', 'severity', 'count'],
    rows.map(({ code, severity, count }) => [`\`${code}\``, severity, number(count)]),
  );
}
