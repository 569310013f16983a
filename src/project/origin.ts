/** Lines of a file from which something of a project was made; from 1, the last one included. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  /** The line on which the first line of its text stands, if the text stands there line by line. */
  readonly textLine?: number;
}

/** Where a file of a project comes from. */
export interface FileOrigins {
  /** What it comes from as a whole; nothing if only some of its lines come from somewhere. */
  readonly whole: readonly Origin[];
  /** What each of its lines comes from, the first line first; undefined for one that has no origin of its own. */
  readonly lines: readonly (Origin | undefined)[];
}

/** The n-th line of a text (from 0) that comes from here: the very line where that is known, else all of them. */
export function originOfLine(origin: Origin, index: number): Origin {
  const { file, textLine } = origin;
  if (textLine === undefined) return origin;
  return { file, line: textLine + index, endLine: textLine + index };
}

/** One origin for each file: from the first line that is from it to the last. */
export function spansOf(origins: Iterable<Origin>): Origin[] {
  const spans = new Map<string, Origin>();
  for (const { file, line, endLine } of origins) {
    const known = spans.get(file);
    spans.set(file, {
      file,
      line: Math.min(line, known?.line ?? line),
      endLine: Math.max(endLine, known?.endLine ?? endLine),
    });
  }
  return [...spans.values()];
}
