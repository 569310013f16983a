import { type CharacterSet, isSame, mayBeSlash, nameCharacter } from './character-set.js';
import { anyRun, type Glob, type GlobPart, nameRun, normalize, one, splitAnyCharacter } from './glob.js';
import { type Pattern, staysWithin } from './pattern.js';

type Part = GlobPart | { readonly kind: 'start' } | { readonly kind: 'end' };
/** Ways to go through a pattern: what is matched from its start to its end, one after the other. */
type Ways = readonly (readonly Part[])[];

/** So many ways are followed; a part of a pattern that has more is taken for any text. */
const mostWays = 64;

/**
 * Globs that match every path which a pattern matches, with or without a slash at its end (ybd tries both), and as few
 * others as can be said in globs.
 *
 * - Alternatives and optional parts are written out: `(usr/)?s?bin` becomes four globs.
 * - `.*` and `[^/]*` are the runs `**` and `*`. There are no other runs, so what is repeated apart from these becomes:
 *   itself, and a run between how it begins and how it ends. `\d+` → `[0-9]`, `[0-9]*[0-9]`; `(\.\d+)*` → nothing,
 *   `.[0-9]`, `.[0-9]*[0-9]`.
 */
export function cover(pattern: Pattern): Glob[] {
  const globs = new Map<string, Glob>();
  for (const way of waysThrough(pattern)) {
    const glob = withoutAnchors(way);
    for (const each of glob ? [...directoryOf(glob), glob] : []) {
      const normal = normalize(each);
      globs.set(JSON.stringify(normal), normal);
    }
  }
  return [...globs.values()];
}

function waysThrough(pattern: Pattern): Ways {
  switch (pattern.kind) {
    case 'character':
      return oneOf(pattern.set);
    case 'sequence':
      return pattern.items.reduce<Ways>(
        (starts, item) => {
          const ends = limited(waysThrough(item), item, mostWays / starts.length);
          return starts.flatMap((start) => ends.map((end) => [...start, ...end]));
        },
        [[]],
      );
    case 'alternatives':
      return limited(pattern.items.flatMap(waysThrough), pattern);
    case 'optional': {
      const { item } = pattern;
      return item.kind === 'repeated' && isRunOf(item.item) ? [[runFor(item)]] : [[], ...waysThrough(item)];
    }
    case 'repeated':
      return limited(repeat(pattern.item), pattern);
    default:
      return [[{ kind: pattern.kind }]];
  }
}

function oneOf(set: CharacterSet): Glob[] {
  return set.length === 0 ? [] : splitAnyCharacter([one(set)])!;
}

function limited(ways: Ways, pattern: Pattern, most = mostWays): Ways {
  return ways.length > most ? [[runFor(pattern)]] : ways;
}

/** The narrowest run that holds all that a pattern matches. */
function runFor(pattern: Pattern): GlobPart {
  return staysWithin(pattern, nameCharacter) ? nameRun : anyRun;
}

/** True if a pattern repeated is a run: `.` or `[^/]`. */
function isRunOf(pattern: Pattern): boolean {
  return pattern.kind === 'character' && isSame(pattern.set, runFor(pattern).set);
}

function repeat(item: Pattern): Ways {
  const run = runFor(item);
  if (isRunOf(item)) return oneOf(run.set).map((way) => [...way, run]);
  const once = waysThrough(item);
  if (once.some((way) => way.some(isAnchor))) return [[anyRun]];
  const filled = once.filter((way) => way.length > 0);
  const beginnings = distinct(
    filled.map((way) => (way.some(isRun) ? way.slice(0, way.findIndex(isRun)) : way)),
  );
  const ends = distinct(filled.map((way) => way.slice(way.findLastIndex(isRun) + 1)));
  return [...once, ...beginnings.flatMap((start) => ends.map((end) => [...start, run, ...end]))];
}

function isAnchor(part: Part): boolean {
  return part.kind === 'start' || part.kind === 'end';
}

function isRun(part: Part): boolean {
  return part.kind === 'run';
}

function distinct(ways: Ways): Ways {
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}

/** @returns undefined if an anchor stands where it can't be: a start after a character, an end before one. */
function withoutAnchors(way: readonly Part[]): Glob | undefined {
  let glob: GlobPart[] = [];
  let hasEnded = false;
  for (const part of way) {
    if (part.kind === 'end') {
      hasEnded = true;
    } else if (part.kind === 'start') {
      if (!glob.every(({ kind }) => kind === 'run')) return undefined;
      glob = [];
    } else if (!hasEnded) {
      glob.push(part);
    } else if (part.kind === 'one') {
      return undefined;
    }
  }
  return glob;
}

/** What a glob matches before the slash at its end, if it can end in one: `usr/include/**` → `usr/include`. */
function directoryOf(glob: Glob): Glob[] {
  const last = glob.findLastIndex(({ kind }) => kind === 'one');
  const part = glob[last];
  return part && mayBeSlash(part.set) ? [glob.slice(0, last)] : [];
}
