import {
  type Answer,
  type Diagnostic,
  type Lines,
  renderDiagnostics,
  type Trace,
  traceDefinition,
  traceElement,
} from '../index.js';
import { below } from './below.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';

/** What the command line says to `trace`. */
export interface TraceFlags {
  readonly from?: string;
  readonly json?: boolean;
}

/**
 * The command `trace`: which lines of the definitions an element comes from, or with `--from` what a line of the
 * definitions became.
 *
 * @returns the exit code: 0 if there are such lines, 1 if it comes from no definition.
 */
export function runTrace(project: string, element: string | undefined, flags: TraceFlags, io: Io): number {
  if ((element === undefined) === (flags.from === undefined)) {
    io.stderr('error: name either an element or, with --from, a definition\n');
    return exitCodes.failed;
  }
  return element === undefined
    ? definition(project, flags.from!, flags, io)
    : elementLine(project, element, flags, io);
}

function elementLine(project: string, wanted: string, flags: TraceFlags, io: Io): number {
  const [element, line] = split(wanted);
  const traced = traceElement(project, below(project, element), line);
  if (!traced.answer) return failed(project, traced, flags, io);
  const { answer } = traced;
  if (flags.json) print({ status: answer.origins.length > 0 ? 'found' : 'none', project, ...answer }, io);
  else {
    for (const origin of answer.origins) io.stdout(`${shown(origin)}\n`);
    const note = noteOn(answer);
    if (note !== undefined) io.stderr(`${note}\n`);
  }
  return answer.origins.length > 0 ? exitCodes.done : exitCodes.none;
}

function noteOn({ file, line, kind, isExact }: Trace): string | undefined {
  const what = line === undefined ? file : `line ${line} of ${file}`;
  if (kind === 'by hand') return `${what} was written by hand`;
  if (kind === 'own') return `${what} comes from baserock2bst itself`;
  return isExact ? undefined : `${what} comes from no line of its own: these are the whole file's`;
}

function definition(project: string, wanted: string, flags: TraceFlags, io: Io): number {
  const [file, line] = split(wanted);
  const traced = traceDefinition(project, file, line);
  if (!traced.answer) return failed(project, traced, flags, io);
  const places = traced.answer;
  if (flags.json)
    print({ status: places.length > 0 ? 'found' : 'none', project, from: { file, line }, places }, io);
  else for (const place of places) io.stdout(`${shown(place)}\n`);
  return places.length > 0 ? exitCodes.done : exitCodes.none;
}

function failed(project: string, { diagnostics }: Answer<unknown>, flags: TraceFlags, io: Io): number {
  if (flags.json) print({ status: 'failed', project, diagnostics: diagnostics as readonly Diagnostic[] }, io);
  else io.stderr(renderDiagnostics(diagnostics, new Map(), { colour: io.colour, limit: 10 }));
  return exitCodes.failed;
}

function print(value: object, io: Io): void {
  io.stdout(`${JSON.stringify({ schema: 1, ...value }, null, 2)}\n`);
}

/** `strata/core.morph:120` as a file and a line. */
function split(text: string): [file: string, line: number | undefined] {
  const match = /^(.*):(\d+)$/s.exec(text);
  return match ? [match[1]!, Number(match[2])] : [text, undefined];
}

function shown({ file, line, endLine }: Lines): string {
  return line === endLine ? `${file}:${line}` : `${file}:${line}-${endLine}`;
}
