import {
  anyCharacter,
  type CharacterSet,
  complement,
  intersection,
  isSame,
  mayBeSlash,
  nameCharacter,
  overlap,
  slash,
} from './character-set.js';
import { anyRun, type Glob, type GlobPart, nameRun, normalize, one } from './glob.js';

/** What takes more globs than this is not worth saying. */
const mostGlobs = 200;

/**
 * What one glob matches and another doesn't, as globs: `sbin/**` without `sbin/init` is `sbin/[!i]**`, `sbin/i`,
 * `sbin/i[!n]**` and so on.
 *
 * @returns undefined if this cannot be said in globs, or not in a reasonable number of them: `*` without the names that
 *   hold an `x`.
 */
export function subtract(glob: Glob, other: Glob): Glob[] | undefined {
  const others = allExcept(other);
  if (!others) return undefined;
  const rest = new Map<string, Glob>();
  for (const each of others) {
    const common = intersect(glob, each);
    if (!common || rest.size + common.length > mostGlobs) return undefined;
    for (const part of common) rest.set(JSON.stringify(part), part);
  }
  return [...rest.values()];
}

/**
 * What both globs match, as globs: `*.so` and `n*` have `n*.so` in common.
 *
 * @returns undefined if it takes too many globs.
 */
function intersect(a: Glob, b: Glob): Glob[] | undefined {
  const known = new Map<number, Glob[]>();
  let count = 0;
  const from = (i: number, j: number): Glob[] => {
    const key = i * (b.length + 1) + j;
    const found = known.get(key) ?? (count > mostGlobs ? [] : common(i, j));
    if (!known.has(key)) count += found.length;
    known.set(key, found);
    return found;
  };
  const after = (part: GlobPart, globs: Glob[]): Glob[] =>
    part.set.length === 0 ? [] : globs.map((rest) => [part, ...rest]);
  const common = (i: number, j: number): Glob[] => {
    const [left, right] = [a[i], b[j]];
    if (!left && !right) return [[]];
    if (!left) return right!.kind === 'run' ? from(i, j + 1) : [];
    if (!right) return left.kind === 'run' ? from(i + 1, j) : [];
    const set = intersection(left.set, right.set);
    if (left.kind === 'one' && right.kind === 'one') return after(one(set), from(i + 1, j + 1));
    if (left.kind === 'run' && right.kind === 'run') {
      return after({ kind: 'run', set }, [...from(i + 1, j), ...from(i, j + 1)]);
    }
    const [skipped, taken] =
      left.kind === 'run' ? [from(i + 1, j), from(i, j + 1)] : [from(i, j + 1), from(i + 1, j)];
    return [...skipped, ...after(one(set), taken)];
  };
  const globs = new Map(
    from(0, 0)
      .map(normalize)
      .map((glob) => [JSON.stringify(glob), glob]),
  );
  return count > mostGlobs ? undefined : [...globs.values()];
}

/** True if some text matches both globs, be it a path or not. */
export function canMeet(a: Glob, b: Glob): boolean {
  const known = new Map<number, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = i * (b.length + 1) + j;
    if (!known.has(key)) known.set(key, meet(i, j));
    return known.get(key)!;
  };
  const meet = (i: number, j: number): boolean => {
    const [left, right] = [a[i], b[j]];
    if (left?.kind === 'run' && from(i + 1, j)) return true;
    if (right?.kind === 'run' && from(i, j + 1)) return true;
    if (!left || !right) return left === right;
    if (left.kind === 'run' && right.kind === 'run') return false;
    if (!overlap(left.set, right.set)) return false;
    return from(left.kind === 'run' ? i : i + 1, right.kind === 'run' ? j : j + 1);
  };
  // Most globs differ in the names that they begin with, which is quickly seen.
  let start = 0;
  while (a[start]?.kind === 'one' && b[start]?.kind === 'one') {
    if (!overlap(a[start]!.set, b[start]!.set)) return false;
    start++;
  }
  return from(start, start);
}

/** All texts that a glob does not match, as globs; undefined if they cannot be said in globs. */
function allExcept(glob: Glob): Glob[] | undefined {
  const [first, ...rest] = glob;
  if (!first) return [[one(anyCharacter), anyRun]];
  if (first.kind === 'one') {
    const others = allExcept(rest);
    return others && [[], [one(complement(first.set)), anyRun], ...others.map((other) => [first, ...other])];
  }
  return isSame(first.set, anyCharacter) ? notEndingIn(rest, anyCharacter) : notNamed(rest);
}

/** All texts, of characters of a set, that do not end in what comes after a run: `.a` → nothing, `?`, `**[!a]`, `**[!.]a`. */
function notEndingIn(end: Glob, set: CharacterSet): Glob[] | undefined {
  if (end.some(({ kind }) => kind === 'run')) return undefined;
  const shorter = end.map((_, length) => Array<GlobPart>(length).fill(one(set)));
  const different = end.map((part, i) => [
    { kind: 'run' as const, set },
    one(intersection(complement(part.set), set)),
    ...end.slice(i + 1),
  ]);
  return [...shorter, ...different];
}

/** All texts that are not a name, or the first name of a path, that ends like this: `*` and then `.d/**`. */
function notNamed(rest: Glob): Glob[] | undefined {
  const found = rest.findIndex((part) => part.kind === 'run' || mayBeSlash(part.set));
  const nameEnd = found < 0 ? rest : rest.slice(0, found);
  const otherNames = notEndingIn(nameEnd, nameCharacter)!;
  const next = rest[found];
  if (!next) return [...otherNames, [anyRun, one(slash), anyRun]];
  if (next.kind === 'run' || !isSame(next.set, slash)) return undefined;
  const others = allExcept(rest.slice(found + 1));
  return (
    others && [
      [nameRun],
      ...otherNames.map((name) => [...name, one(slash), anyRun]),
      ...others.map((other) => [nameRun, ...nameEnd, one(slash), ...other]),
    ]
  );
}
