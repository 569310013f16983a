import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { collector, type Diagnostic } from '../../diagnostics/diagnostic.js';

/** What BuildStream itself says of an element. */
export interface Answer {
  readonly commands: ReadonlyMap<string, readonly string[]>;
  readonly environment: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, string>;
}

/** What it says of elements, by their names. */
export type Answers = ReadonlyMap<string, Answer>;

const run = promisify(execFile);

/** How long `bst show` may take: 1.6 waits for ever where it cannot mount. */
const PATIENCE = 600_000;

/** A line that no element prints. */
const MARK = '=====baserock2bst=====';

/** What is asked, one thing at a time: 1.6 cannot print two that have braces in them. */
const fields = ['config', 'env', 'vars'] as const;

/**
 * Asks BuildStream what elements come to: `bst show`.
 *
 * @param command how it is called here: `bst`.
 * @returns nothing, and an error among the diagnostics, if it fails.
 */
export async function askBuildStream(
  directory: string,
  command: string,
  options: Readonly<Record<string, string>>,
  elements: readonly string[],
): Promise<{ readonly answers: Answers | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const { diagnostics, report } = collector();
  const global = ['--no-interactive', '--no-colors', '-C', directory];
  const given = Object.entries(options).flatMap(([name, value]) => ['--option', name, value]);
  const told = new Map<string, Map<string, unknown>>();
  try {
    for (const field of fields) {
      const format = `${MARK}%{name}\n%{${field}}`;
      const args = [...global, ...given, 'show', '--deps', 'none', '--format', format, ...elements];
      const { stdout } = await run(command, args, { timeout: PATIENCE, maxBuffer: 1024 ** 3 });
      for (const block of stdout.split(MARK).slice(1)) {
        const end = block.indexOf('\n');
        const name = block.slice(0, end).trim();
        const value = parse(`${block.slice(end + 1)}\n`, { schema: 'failsafe' }) as unknown;
        told.set(name, (told.get(name) ?? new Map()).set(field, value));
      }
    }
  } catch (error) {
    const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
    if (code === 'ENOENT') {
      const hint = 'name the command that runs BuildStream here (`--bst COMMAND`); or go without `--bst`';
      report('buildstream-failed', undefined, `there is no command \`${command}\``, hint);
      return { answers: undefined, diagnostics };
    }
    const lines = `${stderr ?? ''}\n${message}`.split('\n').filter((line) => /error|fail|bug/i.test(line));
    report('buildstream-failed', undefined, `\`${command} show\` fails: ${(lines[0] ?? message).trim()}`);
    return { answers: undefined, diagnostics };
  }
  const textsOf = (value: unknown) =>
    new Map(
      Object.entries((value as Record<string, unknown> | null) ?? {}).map(([k, v]) => [k, String(v ?? '')]),
    );
  const answers = new Map(
    [...told].map(([name, values]): [string, Answer] => {
      const config = Object.entries((values.get('config') as Record<string, unknown> | null) ?? {});
      const lists = config.flatMap(([list, all]): [string, string[]][] =>
        Array.isArray(all) ? [[list, all.map(String)]] : [],
      );
      const [environment, variables] = [textsOf(values.get('env')), textsOf(values.get('vars'))];
      return [name, { commands: new Map(lists), environment, variables }];
    }),
  );
  return { answers, diagnostics };
}
