import {
  type Answers,
  askBuildStream,
  type Deliberate,
  type Diagnostic,
  type Difference,
  detectBuildSystems,
  elementsToAsk,
  isFailure,
  loadDefinitions,
  type NotCompared,
  readTexts,
  renderDiagnostics,
  type Verification,
  type VerifyOptions,
  verifyProject,
} from '../index.js';
import { below } from './below.js';
import { configure } from './config.js';
import { type ConversionFlags, readVariables } from './conversion.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';
import { Progress } from './progress.js';

/** What the command line says to `verify`. */
export interface VerifyFlags {
  readonly json?: boolean;
  readonly all?: boolean;
  /** Ask BuildStream, by the name of the command if it is not `bst`. */
  readonly bst?: boolean | string;
}

/** How much is shown of each list unless all is asked for. */
const SHOWN = 10;

/**
 * The command `verify`: whether a project still does what its definitions mean.
 *
 * @param given the options of `convert` that were said on the command line, and not just by default.
 * @returns the exit code: 0 if it does, 1 if it does something else.
 */
export async function runVerify(
  source: string,
  target: string,
  given: VerifyFlags & Partial<ConversionFlags>,
  io: Io,
): Promise<number> {
  const progress = new Progress(io, given);
  const { flags, diagnostics: ofConfig } = await configure({ alias: {}, ...given });
  const variables = await readVariables(flags);
  const { deployments } = variables;
  const definitions = await progress.stage('reading the definitions', () =>
    loadDefinitions(source, { deployments }),
  );
  const detected = flags.sources
    ? await detectBuildSystems(definitions, flags.sources, flags.alias ?? {})
    : { buildSystems: {}, diagnostics: [] };
  const texts = await progress.stage('reading the project', () => readTexts(target));
  const options: VerifyOptions = {
    buildSystems: { ...detected.buildSystems, ...flags.buildSystem },
    chunkRefs: flags.ref ?? {},
    rebase: flags.rebase ?? {},
    deployments,
    keepGoing: flags.keepGoing === true,
    ...(flags.system ? { systems: flags.system.map((path) => below(source, path)) } : {}),
    ...(flags.integration ? { integration: flags.integration } : {}),
    ...(flags.baseStratum ? { baseStrata: flags.baseStratum } : {}),
  };
  const command = flags.bst === true ? 'bst' : flags.bst;
  const asked = command
    ? await progress.stage('asking BuildStream', () =>
        ask(target, command, elementsToAsk(definitions, texts, options)),
      )
    : { answers: new Map<string, Answers>(), diagnostics: [] };
  const result = await progress.stage('comparing', () =>
    verifyProject(definitions, texts, { ...options, answers: asked.answers }),
  );
  const diagnostics = [
    ...ofConfig.filter(isFailure),
    ...variables.diagnostics.filter(isFailure),
    ...detected.diagnostics.filter(isFailure),
    ...asked.diagnostics,
    ...result.diagnostics,
  ];
  const status = diagnostics.length > 0 ? 'failed' : result.status;
  if (flags.json)
    io.stdout(`${JSON.stringify({ schema: 1, ...result, status, project: target, diagnostics }, null, 2)}\n`);
  else {
    io.stderr(
      renderDiagnostics(diagnostics, new Map([...texts, ...definitions.files]), {
        colour: io.colour,
        limit: Number.POSITIVE_INFINITY,
      }),
    );
    const isSilent = status === 'failed' || (flags.quiet && status === 'equal');
    if (!isSilent) io.stdout(asText(result, flags.all ? Number.POSITIVE_INFINITY : SHOWN, flags.quiet));
  }
  if (status === 'failed') return exitCodes.failed;
  return status === 'equal' ? exitCodes.done : exitCodes.different;
}

/** Asks BuildStream of all elements, one architecture after the other, until it fails. */
async function ask(
  project: string,
  command: string,
  elements: ReadonlyMap<string, readonly string[]>,
): Promise<{ answers: Map<string, Answers>; diagnostics: readonly Diagnostic[] }> {
  const answers = new Map<string, Answers>();
  for (const [arch, names] of elements) {
    if (names.length === 0) continue;
    const { answers: found, diagnostics } = await askBuildStream(project, command, { arch }, names);
    if (!found) return { answers, diagnostics };
    answers.set(arch, found);
  }
  return { answers, diagnostics: [] };
}

function asText(
  { status, differences, deliberate, notCompared, counts }: Verification,
  limit: number,
  onlyDifferences = false,
): string {
  const shown = differences.slice(0, limit).flatMap(difference);
  const hidden = differences.length - Math.min(differences.length, limit);
  const words = [
    numbered(counts.chunks, 'chunk', 'chunks'),
    numbered(counts.strata, 'stratum', 'strata'),
    numbered(counts.systems, 'system', 'systems'),
    numbered(counts.deployments, 'deployment', 'deployments'),
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

function numbered(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`;
}

function count(differences: readonly Difference[]): string {
  const elements = new Set(differences.flatMap(({ element, alsoIn = [] }) => [element, ...alsoIn]));
  const found = numbered(differences.length, 'difference', 'differences');
  return `${found} in ${numbered(elements.size, 'element', 'elements')}`;
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
