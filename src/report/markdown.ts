import { counted } from '../counted.js';
import type { Severity } from '../diagnostics/catalogue.js';
import { severityWords } from '../diagnostics/severity-words.js';
import type { ConversionReport, ReportedDiagnostic } from './report.js';
import { statusWords, tallyWords, verdictWords } from './words.js';
import { steps, stepTitles } from './work-steps.js';

/** Which of the systems' numbers of work are listed one by one; the rest is counted. */
const LISTED = 60;

/** A report as Markdown: totals, a table of the systems, and all that was found in the order of the work. */
export function renderMarkdown(report: ConversionReport): string {
  const { definitions, totals, status, tool, systems } = report;
  const format = definitions.format === null ? 'before there were versions' : `${definitions.format}`;
  const { diagnostics } = totals;
  return [
    `# Conversion of ${inline(definitions.name)}`,
    `By ${tool.name} ${tool.version}; format of the definitions: ${format}. ${statusWords[status]}`,
    table(
      ['', ''],
      [
        [
          'definitions',
          [
            counted(totals.systems, 'system'),
            counted(totals.strata, 'stratum', 'strata'),
            counted(totals.chunks, 'chunk'),
            counted(totals.clusters, 'cluster'),
          ].join(', '),
        ],
        ['elements', `${totals.elements.total}: ${tallyWords(totals.elements)}`],
        [
          'found',
          Object.entries(severityWords)
            .map(([severity, [one, several]]) => counted(diagnostics[severity as Severity], one, several))
            .join(', '),
        ],
      ],
    ),
    '## Systems',
    'The numbers are those of what is left to do, below.',
    table(
      ['system', 'architecture', 'converted', 'elements', 'to do'],
      systems.map(({ path, architecture, verdict, elements, work }) => [
        inline(path),
        inline(architecture),
        verdictWords[verdict],
        tallyWords(elements),
        numbers(work),
      ]),
    ),
    '## What is left to do',
    ...steps.flatMap((step) => {
      const those = report.diagnostics.filter((each) => each.step === step);
      return those.length === 0 ? [] : [`### ${stepTitles[step]}`, those.map(item).join('\n').trimEnd()];
    }),
    '## What the codes mean',
    table(
      ['code', 'severity', 'count', 'meaning'],
      Object.entries(report.codes).map(([code, { severity, count, meaning }]) => [
        `\`${code}\``,
        severity,
        `${count}`,
        meaning,
      ]),
    ),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function item({ id, code, severity, message, hint, place, excerpt, chunks }: ReportedDiagnostic): string {
  const where = place ? `\`${place.file}:${place.line}\` ` : '';
  const of = chunks.length > 0 ? ` (${chunks.map(inline).join(', ')})` : '';
  const head = `${where}**${severityWords[severity][0]}** ${escaped(message)} \`${code}\`${of}`;
  const quote = excerpt.length > 0 ? ['', ...fenced(excerpt)] : [];
  const number = `${id}. `;
  const rest = [...quote, '', `To do: ${escaped(hint)}`].map((line) => ' '.repeat(number.length) + line);
  return [number + head, ...rest.map((line) => line.trimEnd()), ''].join('\n');
}

/** Lines as a block of code, whatever they hold. */
function fenced(lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}yaml`, ...lines, fence];
}

/** `1–4, 7, 9`. */
function numbers(ids: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const id of ids.slice(0, LISTED)) {
    const last = runs.at(-1);
    if (last && last[1] === id - 1) last[1] = id;
    else runs.push([id, id]);
  }
  const more = ids.length > LISTED ? [`and ${ids.length - LISTED} more`] : [];
  return [...runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)), ...more].join(', ');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [heads, heads.map(() => '---'), ...rows].map(line).join('\n');
}

/** A name as code. */
function inline(text: string): string {
  return text.includes('`') ? escaped(text) : `\`${text}\``;
}

/** Text in which only back quotes mean something. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*_<>[\]#]/g, '\\$&')))
    .join('')
    .replace(/\s+/g, ' ');
}
