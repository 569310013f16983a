import { diffArrays } from 'diff/lib/diff/array.js';

/** What becomes of lines that a person and the definitions changed differently. */
export type ConflictChoice = 'abort' | 'markers' | 'ours' | 'theirs';

/** Two changes of one text as one. */
export interface Merged {
  readonly text: string;
  /** How many places both changed differently; what the text has there is what was chosen. */
  readonly conflicts: number;
}

const markers = {
  ours: '<<<<<<< changed by hand',
  between: '=======',
  theirs: '>>>>>>> changed in the definitions',
};

/**
 * Merges two changes of a text, line by line. They are in conflict where both changed or removed the same line
 * differently, or put different lines in the same place; changes of neighbouring lines are not.
 *
 * @param base the text that both started from.
 * @param ours what a person made of it.
 * @param theirs what the definitions make of it.
 * @param choice what stands where they are in conflict; `abort` is taken for `markers`.
 */
export function merge(base: string, ours: string, theirs: string, choice: ConflictChoice): Merged {
  const [was, by, now] = [split(base), split(ours), split(theirs)];
  const lines: string[] = [];
  let conflicts = 0;
  let done = 0;
  for (const { start, end, hunks } of clusters(was.lines, by.lines, now.lines)) {
    lines.push(...was.lines.slice(done, start));
    done = end;
    const [a, b] = (['ours', 'theirs'] as const).map((side) =>
      applied(
        was.lines,
        start,
        end,
        hunks.filter((hunk) => hunk.side === side),
      ),
    ) as [string[], string[]];
    const isAgreed = hunks.every(({ side }) => side === hunks[0]!.side) || a.join('\n') === b.join('\n');
    if (!isAgreed) conflicts += 1;
    if (isAgreed) lines.push(...(hunks[0]!.side === 'ours' ? a : b));
    else if (choice === 'ours') lines.push(...a);
    else if (choice === 'theirs') lines.push(...b);
    else lines.push(markers.ours, ...a, markers.between, ...b, markers.theirs);
  }
  lines.push(...was.lines.slice(done));
  const isEnded = by.isEnded === was.isEnded ? now.isEnded : by.isEnded;
  return { text: lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : ''), conflicts };
}

/** True if a text has the first or the last line of a conflict in it that was left to a person to decide. */
export function hasMarkers(text: string): boolean {
  return split(text).lines.some((line) => line === markers.ours || line === markers.theirs);
}

/**
 * The lines of a text without their ends, and whether the last one has an end: that is a change of its own, so that
 * a line which loses its end does not run into one that comes after it.
 */
function split(text: string): { readonly lines: string[]; readonly isEnded: boolean } {
  if (text === '') return { lines: [], isEnded: true };
  const isEnded = text.endsWith('\n');
  return { lines: (isEnded ? text.slice(0, -1) : text).split('\n'), isEnded };
}

/** Lines of the base, from `start` to before `end`, in whose place one side has others. */
interface Hunk {
  readonly side: 'ours' | 'theirs';
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Hunks that concern the same lines of the base, and which lines these are. */
interface Cluster {
  readonly start: number;
  end: number;
  readonly hunks: Hunk[];
}

function clusters(base: string[], ours: string[], theirs: string[]): Cluster[] {
  const hunks = [...hunksOf(base, ours, 'ours'), ...hunksOf(base, theirs, 'theirs')];
  hunks.sort((a, b) => a.start - b.start || a.end - b.end);
  const found: Cluster[] = [];
  for (const hunk of hunks) {
    const last = found.at(-1);
    if (last && isInside(hunk, last)) {
      last.hunks.push(hunk);
      last.end = Math.max(last.end, hunk.end);
    } else found.push({ start: hunk.start, end: hunk.end, hunks: [hunk] });
  }
  return found;
}

/** True if a hunk, which begins no earlier, concerns lines or the very place that others do. */
function isInside(hunk: Hunk, { start, end }: Cluster): boolean {
  if (start === end) return hunk.start === start && hunk.end === end;
  return hunk.start < end && (hunk.end > hunk.start || hunk.start > start);
}

function hunksOf(base: string[], changed: string[], side: Hunk['side']): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: { start: number; end: number; lines: string[] } | undefined;
  for (const { value, added, removed } of diffArrays(base, changed)) {
    if (!added && !removed) {
      if (open) hunks.push({ side, ...open });
      open = undefined;
    } else {
      open ??= { start: at, end: at, lines: [] };
      if (added) open.lines.push(...value);
      else open.end = at + value.length;
    }
    if (!added) at += value.length;
  }
  return open ? [...hunks, { side, ...open }] : hunks;
}

/** What one side makes of the lines of the base from `start` to before `end`. */
function applied(base: readonly string[], start: number, end: number, hunks: readonly Hunk[]): string[] {
  const lines: string[] = [];
  let done = start;
  for (const hunk of hunks) {
    lines.push(...base.slice(done, hunk.start), ...hunk.lines);
    done = hunk.end;
  }
  return [...lines, ...base.slice(done, end)];
}
