/** The text of a file, and where its lines begin: so that a position in it is found without reading it again. */
export interface SourceText {
  readonly text: string;
  /** The offset of the beginning of each line. */
  readonly lineStarts: readonly number[];
}

/** Finds the lines of a text. */
export function sourceText(text: string): SourceText {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { text, lineStarts };
}

/** The number of the line that an offset is in, counted from 1. */
export function lineAt(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lineStarts[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
