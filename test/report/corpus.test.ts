import { beforeAll, expect, test } from 'vitest';
import { type ConversionReport, convert } from '../../src/index.js';
import { reportSchema } from '../../src/report/schema.js';
import { corpora, describeCorpus, type Expected, expectedFacts } from '../support/corpus.js';
import { loadCorpus } from '../support/corpus-projects.js';
import { reportOf } from '../support/report.js';

for (const corpus of corpora) {
  describeCorpus(`the report on ${corpus}`, () => {
    let report: ConversionReport;
    let expected: Expected;
    let elements: readonly { path: string }[];
    beforeAll(async () => {
      const definitions = await loadCorpus(corpus);
      elements = convert(definitions, { keepGoing: true }).project.elements;
      report = reportOf(definitions, { keepGoing: true }, corpus);
      expected = expectedFacts(corpus);
    });

    test('is of the form that is documented', () => {
      expect(reportSchema.parse(report)).toEqual(report);
    });

    test('has every system and stratum that ybd knows, and all that it builds for a system', () => {
      const isOrphan = (path: string) => !report.strata.some((stratum) => stratum.path === path);
      expect(Object.keys(expected.strata).filter(isOrphan)).toEqual([]);
      expect(report.systems.map(({ path }) => path).sort()).toEqual(Object.keys(expected.systems).sort());
      const chunks = report.strata.map(({ path, chunks: own }) => [path, own.length]);
      expect(Object.fromEntries(chunks)).toEqual(
        Object.fromEntries(
          Object.entries(expected.strata).map(([path, { chunks: own }]) => [path, own.length]),
        ),
      );
      for (const { path, builds } of report.systems) {
        const { reachStrata } = expected.systems[path] as unknown as { reachStrata: string[] };
        expect([...builds].sort()).toEqual([...reachStrata].sort());
      }
    });

    test('has a verdict on each element, and counts add up', () => {
      const paths = new Set(report.elements.map(({ path }) => path));
      expect(elements.filter(({ path }) => !paths.has(path))).toEqual([]);
      const made = report.elements.filter(({ verdict }) => verdict !== 'left-out');
      expect(made).toHaveLength(elements.length);
      for (const { total, exact, approximate, manual, leftOut } of [
        report.totals.elements,
        ...report.systems.map((system) => system.elements),
      ]) {
        expect(exact + approximate + manual + leftOut).toBe(total);
      }
      // What needs a hand in a chunk's own file shows in the verdict of its element.
      const inFiles = new Set(
        report.diagnostics.flatMap(({ severity, place }) =>
          severity === 'manual' && place ? [place.file] : [],
        ),
      );
      const chunks = report.strata.flatMap((stratum) => stratum.chunks);
      const needing = chunks.filter(({ file, element }) => file && element && inFiles.has(file));
      expect(needing.filter(({ verdict }) => verdict !== 'manual' && verdict !== 'left-out')).toEqual([]);
    });

    test('lists strata in build order, and finds every diagnostic a system that it has to do with', () => {
      const position = new Map(report.strata.map(({ path }, index) => [path, index]));
      for (const { path, buildDepends } of report.strata) {
        for (const below of buildDepends) expect(position.get(below)!).toBeLessThan(position.get(path)!);
      }
      const used = new Set(report.systems.flatMap(({ builds }) => builds));
      const listed = new Set(report.systems.flatMap(({ work, notes }) => [...work, ...notes]));
      const lost = report.diagnostics.filter(
        ({ id, strata, systems, clusters }) =>
          !listed.has(id) &&
          (strata.some((path) => used.has(path)) || systems.length > 0) &&
          clusters.length === 0,
      );
      expect(lost).toEqual([]);
    });
  });
}
