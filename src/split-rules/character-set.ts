/** Characters as ranges of code points, both ends included: in order, not touching each other. */
export type CharacterSet = readonly (readonly [from: number, to: number])[];

/** What no set holds: NUL cannot be in a path, and names with line breaks are left out of account. */
const NUL = 0;
const LINE_BREAK = 10;
export const lastCharacter = 0x10ffff;

/** Every character that a path may hold: what `.` stands for. */
export const anyCharacter: CharacterSet = [
  [NUL + 1, LINE_BREAK - 1],
  [LINE_BREAK + 1, lastCharacter],
];

/** Puts ranges in order and joins them; what cannot be in a path is dropped. */
export function characterSet(ranges: CharacterSet): CharacterSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return intersection(joined, anyCharacter);
}

/** The characters of a text. */
export function charactersOf(text: string): CharacterSet {
  return characterSet([...text].map((character) => [character.codePointAt(0)!, character.codePointAt(0)!]));
}

export function union(a: CharacterSet, b: CharacterSet): CharacterSet {
  return characterSet([...a, ...b]);
}

export function intersection(a: CharacterSet, b: CharacterSet): CharacterSet {
  return a.flatMap(([from, to]) =>
    b.flatMap((other): CharacterSet => {
      const low = Math.max(from, other[0]);
      const high = Math.min(to, other[1]);
      return low <= high ? [[low, high]] : [];
    }),
  );
}

export function overlap(a: CharacterSet, b: CharacterSet): boolean {
  for (const [from, to] of a) for (const other of b) if (from <= other[1] && other[0] <= to) return true;
  return false;
}

/** Every character that a path may hold, except those of the set. */
export function complement(set: CharacterSet): CharacterSet {
  const rest: [number, number][] = [];
  let next = NUL;
  for (const [from, to] of set) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= lastCharacter) rest.push([next, lastCharacter]);
  return intersection(rest, anyCharacter);
}

export function includes(set: CharacterSet, codePoint: number): boolean {
  for (const [from, to] of set) if (from <= codePoint && codePoint <= to) return true;
  return false;
}

export function isSame(a: CharacterSet, b: CharacterSet): boolean {
  return a.length === b.length && a.every(([from, to], i) => from === b[i]![0] && to === b[i]![1]);
}

export const slash: CharacterSet = charactersOf('/');

/** Every character that a file name may hold: what `?` stands for. */
export const nameCharacter: CharacterSet = complement(slash);

export function mayBeSlash(set: CharacterSet): boolean {
  return includes(set, slash[0]![0]);
}
