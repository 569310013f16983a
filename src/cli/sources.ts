import {
  checkSources,
  hasErrors,
  isComplete,
  listSources,
  loadDefinitions,
  renderDiagnostics,
  type SourceList,
  type SourceRepository,
} from '../index.js';
import type { Io } from './io.js';
import { exitCodes } from './main.js';

/** What the command line says to `sources`. */
export interface SourcesFlags {
  readonly alias: Record<string, string>;
  readonly check?: boolean;
  readonly timeout: string;
  readonly json?: boolean;
}

/** The command `sources`: where sources come from and, if asked for, whether they are still there. */
export async function runSources(definitions: string, flags: SourcesFlags, io: Io): Promise<number> {
  const seconds = Number(flags.timeout);
  if (!(seconds > 0)) {
    io.stderr(`error: ${flags.timeout} is no number of seconds\n`);
    return exitCodes.failed;
  }
  const loaded = await loadDefinitions(definitions);
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  io.stderr(renderDiagnostics(errors, loaded.files, { colour: io.colour, limit: 10 }));
  if (loaded.strata.length === 0 && hasErrors(errors)) return exitCodes.failed;
  const listed = listSources(loaded, flags.alias);
  const list = flags.check ? await checkSources(listed, seconds * 1000) : listed;
  io.stdout(flags.json ? `${JSON.stringify({ schema: 1, ...list }, null, 2)}\n` : renderTables(list));
  if (hasErrors(errors)) return exitCodes.failed;
  return flags.check && !isComplete(list) ? exitCodes.needsHand : exitCodes.done;
}

function renderTables({ aliases, repositories }: SourceList): string {
  const checked = repositories.some(({ answers }) => answers !== undefined);
  const ofAliases = aliases.map(({ alias, url, uses, repositories: count, answering }) => [
    alias,
    `${uses}`,
    `${count}`,
    ...(checked ? [`${answering ?? 0}`] : []),
    url ?? '(not defined)',
  ]);
  const ofRepositories = repositories.map((each) => [
    each.repository,
    `${each.uses}`,
    ...(checked ? [stateOf(each)] : [each.url ?? '(not defined)']),
  ]);
  return [
    table(['alias', 'uses', 'repositories', ...(checked ? ['answering'] : []), 'url'], ofAliases),
    table(['repository', 'uses', checked ? 'state' : 'url'], ofRepositories),
  ].join('\n');
}

function stateOf({ answers, refs }: SourceRepository): string {
  if (answers !== true) return `gone: ${answers}`;
  const those = (state: string) => refs.filter((each) => each.state === state).map(({ ref }) => ref);
  const missing = those('missing');
  const unseen = those('unseen');
  return [
    'there',
    ...(missing.length > 0 ? [`no branch or tag ${missing.join(', ')}`] : []),
    ...(unseen.length > 0 ? [`at the end of no branch or tag: ${unseen.join(', ')}`] : []),
  ].join('; ');
}

/** Columns of text; numbers to the right. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        /^\d+$/.test(cell) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return `${[heads, ...rows].map(line).join('\n')}\n`;
}
