import { anyCharacter, type CharacterSet, includes } from './character-set.js';

/** The characters that examples are made of, as far as there is a choice. */
const pleasant = [
  ...'abcdefghijklmnopqrstuvwxyz0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZ+~,=@:#%&()<>[]{}!?*;^|$',
].map((character) => character.codePointAt(0)!);

/** Characters that no set of a given list tells apart: where only these sets matter, one example stands for all. */
export interface Letter {
  readonly example: string;
  /** For each set of the list, in order, whether these characters are in it. */
  readonly isIn: readonly boolean[];
}

/** Divides the characters that paths are made of into letters; those with pleasant examples come first. */
export function lettersOf(sets: readonly CharacterSet[]): Letter[] {
  const edges = [...new Set(sets.flat().flatMap(([from, to]) => [from, to + 1]))].sort((a, b) => a - b);
  const letters = new Map<string, Letter>();
  const seen = new Set<number>();
  for (const codePoint of [...pleasant, 1, ...edges]) {
    if (!includes(anyCharacter, codePoint)) continue;
    // No set tells characters apart that no edge is between.
    const place = edges.findLastIndex((edge) => edge <= codePoint);
    if (seen.has(place)) continue;
    seen.add(place);
    const isIn = sets.map((set) => includes(set, codePoint));
    const key = isIn.map(Number).join('');
    if (!letters.has(key)) letters.set(key, { example: String.fromCodePoint(codePoint), isIn });
  }
  return [...letters.values()];
}
