import {
  anyCharacter,
  type CharacterSet,
  charactersOf,
  complement,
  includes,
  intersection,
  isSame,
  lastCharacter,
  nameCharacter,
} from './character-set.js';
import type { Glob, GlobPart } from './glob.js';

/*
 * What BuildStream makes of a split rule, in 1.6.8 and 2.8.1 alike (`_glob2re` of utils.py, `__init_splits` of
 * element.py):
 *
 * - `*` is `[^/]*`, `**` is `.*`, `?` is `[^/]`; both runs match nothing too, next to whatever they stand. A third star
 *   begins anew: `***` is `**` and `*`.
 * - `[…]` ends at the next `]` that is not first in it; without one, the `[` is itself. What is inside goes into a Python
 *   class, its backslashes doubled, a leading `!` become `^` and a leading `^` escaped. So `[!a]` matches a slash.
 * - Nothing can be escaped: `[*]` is how a star is written.
 * - The whole path has to match, with a slash at its front; `**` and classes match line breaks.
 * - `%{name}` is expanded first, and 1.6 strips white space from both ends.
 *
 * What is matched is the list of an artifact's paths. Symbolic links are in it under their own names and are never
 * followed, be it to a file or a directory. Directories are in it as paths without a slash at the end: every one of them
 * in 2.8, and in 1.6 those which hold no file themselves, the root among them as `/.`. A directory that is not in a
 * composition is still made where something in it is. A glob cannot tell a directory from a file.
 */

/** Writes a glob as BuildStream reads it. */
export function writeGlob(glob: Glob): string {
  const parts = glob.map(writePart);
  const text = `/${parts.join('')}`;
  const guarded = text.replaceAll('%{', '[%]{');
  return /\s$/u.test(guarded) ? guarded.replace(/.$/u, '[$&]') : guarded;
}

function writePart({ kind, set }: GlobPart): string {
  if (kind === 'run') return isSame(set, anyCharacter) ? '**' : '*';
  if (isSame(set, nameCharacter)) return '?';
  const [[from, to] = [0, 0]] = set;
  if (set.length === 1 && from === to) {
    const character = String.fromCodePoint(from);
    return '*?['.includes(character) ? `[${character}]` : character;
  }
  if (!includes(set, lastCharacter)) return `[${writeClass(set)}]`;
  return `[!${writeClass(complement(set))}]`;
}

/**
 * Writes what goes between brackets. A `]` is itself only at the front, a `-` at either end, a `!` not at the front, and
 * Python warns of a `[` at the front.
 */
function writeClass(set: CharacterSet): string {
  const given = (special: string) => [...special].filter((c) => includes(set, c.codePointAt(0)!)).join('');
  const ranges = intersection(set, complement(charactersOf(']-![')));
  const text = given(']') + ranges.map(writeRange).join('');
  return text === '' ? given('-[!') : text + given('[!-');
}

function writeRange([from, to]: readonly [number, number]): string {
  const [first, last] = [String.fromCodePoint(from), String.fromCodePoint(to)];
  if (to - from < 2) return from === to ? first : first + last;
  return `${first}-${last}`;
}
