import { compareBytes } from '../../byte-order.js';
import type { ProjectFile } from '../model.js';
import type { FileOrigins, Origin } from '../origin.js';

const VERSION = 1;

/** What a project keeps of one file's origins. */
interface Entry {
  /** The files that it comes from, and from which line to which as a whole; further ones that single lines come from. */
  readonly from: readonly (
    | readonly [file: string, line: number, endLine: number]
    | readonly [file: string]
  )[];
  /**
   * What its lines come from: `3:0.24` is line 3 from line 24 of the first file, `7-9:1.5-6` lines 7 to 9 from lines 5
   * and 6 of the second one, `7-9=1.5` the same lines from lines 5 to 7, one by one. Lines that are not named have no
   * origin of their own.
   */
  readonly lines?: string;
}

/**
 * What a project keeps of one file's origins: JSON on one line. The same origins give the same bytes.
 *
 * @see parseProvenance
 */
export function provenanceOf(origins: FileOrigins): string {
  return JSON.stringify(entryOf(origins));
}

/** Renders what a project keeps of where its files come from: one line for each of them. */
export function renderProvenance(files: ReadonlyMap<string, ProjectFile>): string {
  const lines = [...files]
    .filter(([, { provenance }]) => provenance !== undefined)
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([path, { provenance }]) => `    ${JSON.stringify(path)}: ${provenance}`);
  const entries = lines.length > 0 ? `{\n${lines.join(',\n')}\n  }` : '{}';
  return `{\n  "version": ${VERSION},\n  "files": ${entries}\n}\n`;
}

function entryOf({ whole, lines }: FileOrigins): Entry {
  const from: Entry['from'][number][] = whole.map(({ file, line, endLine }) => [file, line, endLine]);
  const indices = new Map(whole.map(({ file }, index) => [file, index]));
  const indexOf = (file: string) => {
    const known = indices.get(file);
    if (known !== undefined) return known;
    indices.set(file, from.length);
    return from.push([file]) - 1;
  };
  const runs: string[] = [];
  for (let start = 0; start < lines.length; ) {
    const origin = lines[start];
    if (!origin) {
      start += 1;
      continue;
    }
    const isSingle = origin.line === origin.endLine;
    const same = runLength(lines, start, origin, 0);
    const each = isSingle && same === 1 ? runLength(lines, start, origin, 1) : 0;
    const length = Math.max(same, each);
    const own = length > 1 ? `${start + 1}-${start + length}` : `${start + 1}`;
    const first = `${indexOf(origin.file)}.${origin.line}`;
    runs.push(each > same ? `${own}=${first}` : `${own}:${first}${isSingle ? '' : `-${origin.endLine}`}`);
    start += length;
  }
  return runs.length > 0 ? { from, lines: runs.join(' ') } : { from };
}

/** How many lines from `start` on come from an origin, which moves on by `step` lines with each of them. */
function runLength(
  lines: readonly (Origin | undefined)[],
  start: number,
  { file, line, endLine }: Origin,
  step: 0 | 1,
): number {
  for (let length = 1; ; length++) {
    const next = lines[start + length];
    const moved = step * length;
    if (next?.file !== file || next.line !== line + moved || next.endLine !== endLine + moved) return length;
  }
}

/**
 * Reads what a project keeps of where its files come from.
 *
 * @returns origins by path; undefined if the text cannot be understood.
 */
export function parseProvenance(text: string): Map<string, FileOrigins> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, files } = Object(value) as Record<string, unknown>;
  if (version !== VERSION || typeof files !== 'object' || files === null) return undefined;
  const found = new Map<string, FileOrigins>();
  for (const [path, entry] of Object.entries(files)) {
    const origins = parseEntry(entry);
    if (!origins) return undefined;
    found.set(path, origins);
  }
  return found;
}

function parseEntry(entry: unknown): FileOrigins | undefined {
  const { from, lines = '' } = Object(entry) as Record<string, unknown>;
  if (!Array.isArray(from) || typeof lines !== 'string') return undefined;
  const files: string[] = [];
  const whole: Origin[] = [];
  for (const item of from as unknown[]) {
    if (!Array.isArray(item) || typeof item[0] !== 'string') return undefined;
    files.push(item[0]);
    if (isLine(item[1]) && isLine(item[2])) whole.push({ file: item[0], line: item[1], endLine: item[2] });
  }
  const origins: (Origin | undefined)[] = [];
  for (const run of lines.split(' ').filter((each) => each !== '')) {
    const match = LINE_RUN.exec(run);
    const file = files[Number(match?.[4])];
    if (!match || file === undefined) return undefined;
    const [start, line] = [Number(match[1]), Number(match[5])];
    for (let own = start; own <= Number(match[2] ?? start); own++) {
      const first = match[3] === '=' ? line + own - start : line;
      origins[own - 1] = { file, line: first, endLine: match[3] === '=' ? first : Number(match[6] ?? line) };
    }
  }
  return { whole, lines: Array.from(origins) };
}

/** At most seven digits, so that a damaged file cannot ask for ever so many lines. */
const LINE_RUN = /^(\d{1,7})(?:-(\d{1,7}))?([:=])(\d{1,7})\.(\d{1,7})(?:-(\d{1,7}))?$/;

function isLine(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}
