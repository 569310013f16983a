import {
  type ConflictChoice,
  type Diagnostic,
  diffProject,
  type FileDiff,
  hasErrors,
  isFailure,
  renderDiagnostics,
  sortDiagnostics,
} from '../index.js';
import { projectAsAsked } from './conversion.js';
import type { ConversionFlags } from './conversion-flags.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';
import { Progress } from './progress.js';

/** What the command line says to `diff`. */
export interface DiffFlags {
  readonly onConflict: ConflictChoice;
  readonly force?: boolean;
  readonly stat?: boolean;
  readonly nameOnly?: boolean;
  readonly json?: boolean;
}

/**
 * The command `diff`: what converting the definitions again would change in a project, as a patch that `git apply` and
 * `patch -p1` take.
 *
 * @returns the exit code: 0 if nothing would change, 1 if something would.
 */
export async function runDiff(
  source: string,
  target: string,
  flags: DiffFlags & ConversionFlags,
  io: Io,
): Promise<number> {
  const progress = new Progress(io, flags);
  const { definitions, files, diagnostics } = await projectAsAsked(source, flags, io, progress);
  const compare = () =>
    diffProject(files!, target, { onConflict: flags.onConflict, force: flags.force === true });
  const diff = files ? await progress.stage('comparing', compare) : { files: [], diagnostics: [] };
  const all = sortDiagnostics([...diagnostics, ...diff.diagnostics]);
  const failed = files === undefined || hasErrors(diff.diagnostics);
  if (failed || !flags.json) {
    const isTold = (diagnostic: Diagnostic) =>
      isFailure(diagnostic) || flags.verbose || (!flags.quiet && diff.diagnostics.includes(diagnostic));
    const told = all.filter(isTold);
    io.stderr(renderDiagnostics(told, definitions.files, { colour: io.colour, limit: 10 }));
  }
  if (flags.json) {
    const status = failed ? 'failed' : diff.files.length > 0 ? 'different' : 'same';
    io.stdout(
      `${JSON.stringify({ schema: 1, status, project: target, files: diff.files, diagnostics: all }, null, 2)}\n`,
    );
  } else if (flags.nameOnly) io.stdout(diff.files.map(({ path }) => `${path}\n`).join(''));
  else if (flags.stat) io.stdout(statistics(diff.files));
  else showPatches(diff.files, io);
  if (failed) return exitCodes.failed;
  return diff.files.length > 0 ? exitCodes.different : exitCodes.done;
}

/** What a project remembers is no reading matter: a terminal gets numbers of it, all else the whole. */
function showPatches(files: readonly FileDiff[], io: Io): void {
  const isRecord = ({ path }: FileDiff) => path.startsWith('.baserock2bst/');
  const shown = io.isTerminalOut ? files.filter((file) => !isRecord(file)) : files;
  for (const { patch } of shown) io.stdout(io.colourOut ? coloured(patch) : patch);
  if (shown.length === files.length) return;
  io.stderr('and in the record of what was generated (in full where stdout is no terminal):\n');
  io.stderr(bars(files.filter(isRecord)));
}

/** The width of the bars of `--stat`. */
const BAR = 40;

/** A line for each file: how much changes in it. */
function bars(files: readonly FileDiff[]): string {
  const width = Math.max(0, ...files.map(({ path }) => path.length));
  const most = Math.max(BAR, ...files.map(({ added, removed }) => added + removed));
  const bar = (sign: string, lines: number) => sign.repeat(Math.ceil((lines * BAR) / most));
  const lines = files.map(({ path, added, removed }) =>
    ` ${path.padEnd(width)} | ${added + removed} ${bar('+', added)}${bar('-', removed)}`.trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}

function statistics(files: readonly FileDiff[]): string {
  const sum = (pick: (file: FileDiff) => number) => files.reduce((total, file) => total + pick(file), 0);
  const of = (change: FileDiff['change']) => files.filter((file) => file.change === change).length;
  const total =
    `files: ${of('added')} added, ${of('changed')} changed, ${of('removed')} removed; ` +
    `lines: ${sum(({ added }) => added)} added, ${sum(({ removed }) => removed)} removed\n`;
  return files.length === 0 ? '' : `${bars(files)}${total}`;
}

const colours: readonly (readonly [start: RegExp, code: number])[] = [
  [/^(diff|index|new|old|deleted|---|\+\+\+)/, 1],
  [/^@@/, 36],
  [/^\+/, 32],
  [/^-/, 31],
];

function coloured(patch: string): string {
  return patch.replace(/^.+$/gm, (line) => {
    const code = colours.find(([start]) => start.test(line))?.[1];
    return code === undefined ? line : `\x1b[${code}m${line}\x1b[0m`;
  });
}
