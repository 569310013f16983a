import { LineCounter } from 'yaml';

/** The text of a file, and where its lines begin: so that a position in it is found without reading it again. */
export interface SourceText {
  readonly text: string;
  readonly lines: LineCounter;
}

/** Counts the lines of a text. */
export function sourceText(text: string): SourceText {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return { text, lines };
}
