/** A set of characters: ranges of code points, ends inclusive, in order and apart. */
export type Characters = readonly (readonly [from: number, to: number])[];

const LAST = 0x10ffff;

/** The set of some ranges. */
export function charactersOf(ranges: readonly (readonly [number, number])[]): Characters {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** All characters that are not in a set. */
export function complement(characters: Characters): Characters {
  const result: [number, number][] = [];
  let next = 0;
  for (const [from, to] of characters) {
    if (from > next) result.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) result.push([next, LAST]);
  return result;
}

/** The set of one character. */
export function only(character: string): Characters {
  const code = character.codePointAt(0)!;
  return [[code, code]];
}

/** True if a code point is in a set. */
export function holds(characters: Characters, code: number): boolean {
  return characters.some(([from, to]) => from <= code && code <= to);
}

export const anything: Characters = [[0, LAST]];
export const digits: Characters = [[0x30, 0x39]];
export const wordCharacters: Characters = charactersOf([
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]);
export const spaces: Characters = charactersOf([
  [0x09, 0x0d],
  [0x20, 0x20],
]);
