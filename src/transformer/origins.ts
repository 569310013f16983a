import type { Command, Definitions, SplitRule } from '../definitions/model.js';
import { builtIn } from '../definitions/read-defaults.js';
import type { Place } from '../diagnostics/place.js';
import type { Origin } from '../project/origin.js';

/** The lines of a place; undefined for what no file says. */
export function originOf(at: Place | undefined): Origin | undefined {
  if (at === undefined || at === builtIn) return undefined;
  return { file: at.file, line: at.line, endLine: lastLine(at) };
}

/**
 * The lines of a command. One that is a literal block stands below its `|` line by line.
 *
 * @param lead how many lines its text has in the project before those that the definitions have.
 */
export function originOfCommand({ text, at }: Command, lead = 0): Origin | undefined {
  const origin = originOf(at);
  const count = text.replace(/\n$/, '').split('\n').length;
  if (!origin || count === 1 || origin.endLine - origin.line !== count) return origin;
  return { ...origin, textLine: origin.line + 1 - lead };
}

/** The lines of a rule for splitting. */
export function originOfRule({ artifact, include }: SplitRule): Origin | undefined {
  return spanOf([artifact.at, ...include.map(({ at }) => at)]);
}

/** From the first of some places of one file to the last. */
export function spanOf(places: readonly Place[]): Origin | undefined {
  const [first] = places;
  const origin = originOf(first);
  if (!origin) return undefined;
  const lines = places.filter(({ file }) => file === origin.file);
  return {
    file: origin.file,
    line: Math.min(...lines.map(({ line }) => line)),
    endLine: Math.max(...lines.map(lastLine)),
  };
}

/** All lines of a file, from a place on. */
export function restOfFile({ file, line }: Place, { files }: Definitions): Origin {
  const text = files.get(file) ?? '';
  return { file, line, endLine: Math.max(line, text.replace(/\n+$/, '').split('\n').length) };
}

/** Origins by key, without those that there are not. */
export function originsOf<K extends string>(
  entries: Iterable<readonly [K, Origin | undefined]>,
): ReadonlyMap<K, Origin> {
  return new Map([...entries].filter((entry): entry is [K, Origin] => entry[1] !== undefined));
}

/** The end of a place is exclusive, and may be the beginning of a line of which nothing belongs to it. */
function lastLine({ line, endLine, endColumn }: Place): number {
  return endColumn === 1 && endLine > line ? endLine - 1 : endLine;
}
