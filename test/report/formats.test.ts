import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Draft04 from 'ajv-draft-04';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Code,
  catalogue,
  collector,
  type Diagnostic,
  renderGithub,
  renderSarif,
} from '../../src/index.js';
import { corpora, describeCorpus } from '../support/corpus.js';
import { diagnosticsOfCorpus } from '../support/report.js';

const require = createRequire(import.meta.url);

/** The schema of SARIF 2.1.0 as OASIS published it. */
const schema = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
) as object;
const isSarif = new Draft04.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  schema,
);

interface SarifLog {
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      locations?: {
        physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> };
      }[];
      partialFingerprints: Record<string, string>;
    }[];
  }[];
}

/** One diagnostic of each code, some of them without a place. */
function oneOfEach(): Diagnostic[] {
  const { diagnostics, report } = collector();
  for (const [index, code] of Object.keys(catalogue).entries()) {
    const place = { file: 'strata/a b/ü%.morph', line: 3, column: 2, endLine: 3 + (index % 2), endColumn: 9 };
    report(code as Code, index % 3 === 0 ? undefined : place, 'a: 100%, said\r\ntwice');
  }
  return diagnostics;
}

describe('SARIF', () => {
  test('is valid by the official schema, for every code', () => {
    const log = JSON.parse(renderSarif(oneOfEach(), 'definitions')) as SarifLog;
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    const { results, tool } = log.runs[0]!;
    expect(results).toHaveLength(Object.keys(catalogue).length);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  });

  test('is valid without any diagnostic', () => {
    expect(isSarif(JSON.parse(renderSarif([])))).toBe(true);
  });

  test('gives places from the root of the repository, as URIs', () => {
    const [first] = (JSON.parse(renderSarif(oneOfEach().slice(1, 2), 'my/defs')) as SarifLog).runs[0]!
      .results;
    expect(first!.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'my/defs/strata/a%20b/%C3%BC%25.morph' },
          region: { startLine: 3, startColumn: 2, endLine: 4, endColumn: 9 },
        },
      },
    ]);
  });

  test('knows a finding again when its line has moved', () => {
    const [found] = oneOfEach().slice(1, 2);
    const moved = { ...found!, place: { ...found!.place!, line: 30, endLine: 31 } };
    const fingerprint = (diagnostic: Diagnostic) =>
      (JSON.parse(renderSarif([diagnostic])) as SarifLog).runs[0]!.results[0]!.partialFingerprints;
    expect(fingerprint(moved)).toEqual(fingerprint(found!));
    expect(fingerprint({ ...moved, message: 'another' })).not.toEqual(fingerprint(found!));
  });
});

describe('annotations for GitHub', () => {
  test('are one line each, with what would end it or a property escaped', () => {
    const { diagnostics, report } = collector();
    const place = { file: 'strata/a,b.morph', line: 3, column: 2, endLine: 3, endColumn: 9 };
    report('needs-git', place, '100% of\nit', 'do: this');
    report('unknown-selection', { ...place, endLine: 5 }, 'no', 'yes');
    report('metadata', undefined, 'no files', 'none');
    expect(renderGithub(diagnostics, 'defs')).toBe(
      [
        '::warning file=defs/strata/a%2Cb.morph,line=3,col=2,endColumn=9,title=needs-git%3A needs a hand::100%25 of%0Ait%0Ado: this',
        '::error file=defs/strata/a%2Cb.morph,line=3,title=unknown-selection::no%0Ayes',
        '::notice title=metadata::no files%0Anone',
        '',
      ].join('\n'),
    );
  });
});

describeCorpus('the diagnostics of the corpora', () => {
  let found: Diagnostic[][];
  beforeAll(async () => {
    found = await Promise.all(corpora.map(diagnosticsOfCorpus));
  });

  test('are valid SARIF, one result each', () => {
    for (const diagnostics of found) {
      const log = JSON.parse(renderSarif(diagnostics)) as SarifLog;
      expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
      expect(log.runs[0]!.results).toHaveLength(diagnostics.length);
    }
  });

  test('are one annotation each', () => {
    for (const diagnostics of found) {
      const lines = renderGithub(diagnostics).trimEnd().split('\n');
      expect(lines).toHaveLength(diagnostics.length);
      expect(lines.filter((line) => !/^::(error|warning|notice) [^:]+::./.test(line))).toEqual([]);
    }
  });
});
