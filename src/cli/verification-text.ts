import { counted } from '../counted.js';
import type { Deliberate, Difference, NotCompared, Verification } from '../index.js';

/**
 * What `verify` prints.
 *
 * @param limit at most so many of each list.
 * @param onlyDifferences leaves out what is meant to be different and what was not compared.
 */
export function verificationText(
  { status, differences, deliberate, notCompared, counts }: Verification,
  limit: number,
  onlyDifferences = false,
): string {
  const shown = differences.slice(0, limit).flatMap(difference);
  const hidden = differences.length - Math.min(differences.length, limit);
  const words = [
    counted(counts.chunks, 'chunk'),
    counted(counts.strata, 'stratum', 'strata'),
    counted(counts.systems, 'system'),
    counted(counts.deployments, 'deployment'),
  ];
  const compared = words.join(', ');
  const besides = [
    ...section('meant to be different (see MIGRATION.md):', meant(deliberate, limit)),
    ...section(
      'not compared:',
      notCompared.map((each) => unseen(each, limit === Number.POSITIVE_INFINITY)),
    ),
  ];
  return [
    ...shown,
    ...(hidden > 0 ? [`and ${hidden} more differences: see --all`, ''] : []),
    ...(onlyDifferences ? [] : besides),
    status === 'equal' ? `equal: ${compared}` : `different: ${count(differences)} (compared: ${compared})`,
    '',
  ].join('\n');
}

function count(differences: readonly Difference[]): string {
  const elements = new Set(differences.flatMap(({ element, alsoIn = [] }) => [element, ...alsoIn]));
  const found = counted(differences.length, 'difference');
  return `${found} in ${counted(elements.size, 'element')}`;
}

function difference(each: Difference): string[] {
  const { aspect, element, message, wanted, found, definition, project, architectures, alsoIn } = each;
  const place = (at: Difference['project']) => (at ? `${at.file}:${at.line}:${at.column}` : 'nowhere');
  const quoted = (text: string | undefined) => (text === undefined ? '' : `  ${oneLine(text)}`);
  const others = alsoIn && `${alsoIn.slice(0, 3).join(', ')}${alsoIn.length > 3 ? ', …' : ''}`;
  return [
    `${element}: ${message} [${aspect}]${architectures ? ` (for ${architectures.join(', ')})` : ''}`,
    `  definitions  ${place(definition)}${quoted(wanted)}`,
    `  project      ${place(project)}${quoted(found)}`,
    ...(alsoIn ? [`  the same in ${alsoIn.length} more: ${others}`] : []),
    '',
  ];
}

/** The first line of a text, and control characters as pictures of themselves. */
function oneLine(text: string): string {
  const [first = '', ...more] = text.trim().split('\n');
  const shown = first.length > 100 ? `${first.slice(0, 100)}…` : `${first}${more.length > 0 ? ' …' : ''}`;
  return shown.replace(/[\x00-\x1f\x7f-\x9f]/g, '\ufffd');
}

/** One line for each kind of deliberate difference, or each of them if all are asked for. */
function meant(deliberate: readonly Deliberate[], limit: number): string[] {
  const line = ({ what, message, of }: Deliberate) =>
    `${what}: ${of.length === 1 ? `${of[0]}: ` : ''}${message}${of.length > 1 ? ` (${of.length} elements)` : ''}`;
  if (limit === Number.POSITIVE_INFINITY) return deliberate.map(line);
  const kinds = new Map<string, Deliberate[]>();
  for (const each of deliberate) kinds.set(each.what, [...(kinds.get(each.what) ?? []), each]);
  return [...kinds.values()].map(([first, ...more]) =>
    more.length > 0 ? `${line(first!)}; and ${more.length} more` : line(first!),
  );
}

/** How many names are listed of what was not compared. */
const NAMED = 3;

function unseen({ why, of }: NotCompared, isAll: boolean): string {
  const limit = isAll ? of.length : NAMED;
  const more = of.length > limit ? ` and ${of.length - limit} more` : '';
  return `${why}: ${of.slice(0, limit).join(', ')}${more}`;
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`), ''];
}
