import { createHash } from 'node:crypto';
import { type Code, catalogue, type Severity } from '../../diagnostics/catalogue.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Place } from '../../diagnostics/place.js';
import { version } from '../../version.js';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  manual: 'warning',
  warning: 'warning',
  info: 'note',
};

/**
 * Diagnostics in the Static Analysis Results Interchange Format, version 2.1.0
 * (docs.oasis-open.org/sarif/sarif/v2.1.0), which code hosts and editors read.
 *
 * @param folder the path of the definitions below the root of the repository; empty if they are its root.
 */
export function renderSarif(diagnostics: readonly Diagnostic[], folder = ''): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'baserock2bst', version, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes, folder)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: Code) {
  const { severity, meaning, advice, example } = catalogue[code];
  return {
    id: code,
    shortDescription: { text: meaning.split('. ')[0]!.replace(/\.?$/, '.') },
    fullDescription: { text: meaning },
    help: { text: `What to do: ${advice}.\n\nFor example:\n\n${example}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { severity },
  };
}

function resultOf({ code, severity, message, hint, place }: Diagnostic, codes: Code[], folder: string) {
  const known = `${code}\n${place?.file ?? ''}\n${message}`;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: `${message}\n${hint}` },
    ...(place ? { locations: [locationOf(place, folder)] } : {}),
    // Lines move; what is said of which file makes out that it is the same finding.
    partialFingerprints: { 'finding/v1': createHash('sha256').update(known).digest('hex').slice(0, 32) },
    properties: { severity },
  };
}

function locationOf({ file, line, column, endLine, endColumn }: Place, folder: string) {
  const path = [...folder.split('/'), ...file.split('/')].filter((part) => part !== '');
  const isWholeFile = line === endLine && column === endColumn;
  const end = isWholeFile ? {} : { endLine, endColumn };
  return {
    physicalLocation: {
      artifactLocation: { uri: path.map(encodeURIComponent).join('/') },
      region: { startLine: line, startColumn: column, ...end },
    },
  };
}
