/** A stretch of one input file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Place {
  /** Path relative to the root of the definitions, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The place that stands for a whole file, for messages that concern no particular line of it. */
export function wholeFile(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** Orders places by file (bytes), then line, then column. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
