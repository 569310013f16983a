import { Automaton } from './automaton.js';
import { isSame, slash } from './character-set.js';
import type { Glob, GlobPart } from './glob.js';
import { PathReader } from './path-reader.js';
import type { Pattern } from './pattern.js';
import { canMeet } from './subtract.js';

/** A set of paths: all that any of the patterns or globs matches. */
export interface PathSet {
  readonly patterns?: readonly Pattern[];
  readonly globs?: readonly Glob[];
}

/** All paths that are in the same ones of several sets. */
export interface Region {
  /** For each set, in order, whether the paths are in it. */
  readonly isIn: readonly boolean[];
  /** The shortest of these paths, without a slash at its front. */
  readonly example: string;
}

/** What it may cost to compare sets: the places of all states. More is too intricate. */
const mostPlaces = 50_000;

/**
 * Divides all paths there can be by the sets that they are in. It is no sample: two sets hold the same paths if and
 * only if no region is in one of them alone.
 *
 * Paths are relative and normal: no name is empty, `.` or `..`, or holds a line break. A pattern is matched as ybd does
 * it, against the path and against the path with a slash at its end, so that `usr/include/.*` claims `usr/include`.
 *
 * @returns the regions that hold any path, those with the shortest examples first; undefined if the sets are too
 *   intricate.
 */
export function regionsOf(sets: readonly PathSet[], limit = mostPlaces): Region[] | undefined {
  const automaton = new Automaton();
  for (const [number, { patterns = [], globs = [] }] of sets.entries()) {
    for (const pattern of patterns) automaton.addPattern(pattern, number);
    for (const glob of globs) automaton.addGlob(glob, number + sets.length);
  }
  if (automaton.places.length > limit) return undefined;
  const reader = new PathReader(automaton);
  const regions = new Map<string, Region>();
  for (let state = 0; state < reader.size; state++) {
    if (reader.cost > limit) return undefined;
    reader.explore(state);
    if (!reader.isPath(state)) continue;
    const found = reader.languagesAt(state);
    const asDirectory = reader.languagesAfterSlash(state);
    const isIn = sets.map((_, set) => found.has(set) || asDirectory.has(set) || found.has(set + sets.length));
    const key = isIn.map(Number).join('');
    if (!regions.has(key)) regions.set(key, { isIn, example: reader.exampleOf(state) });
  }
  return [...regions.values()];
}

/**
 * Leaves out globs that match no path, or only paths that others match too; of two, the longer one goes. What is too
 * intricate stays as it is.
 */
export function withoutNeedless(globs: readonly Glob[]): Glob[] {
  const kept = new Set(groupsThatMeet(globs).flatMap(neededAgain));
  return globs.filter((glob) => kept.has(glob));
}

/** Which globs of a group are needed, by the group: the rules of a tree have most groups in common. */
const known = new Map<string, readonly number[]>();
const mostKnown = 200;

function neededAgain(globs: readonly Glob[]): Glob[] {
  if (globs.length === 1) return neededOf(globs);
  const key = JSON.stringify(globs);
  let needed = known.get(key);
  if (!needed) {
    needed = neededOf(globs).map((glob) => globs.indexOf(glob));
    if (known.size >= mostKnown) known.clear();
    known.set(key, needed);
  }
  return needed.map((index) => globs[index]!);
}

/** Globs of different groups have no path in common, which is quicker to see than what they do have in common. */
function groupsThatMeet(globs: readonly Glob[]): Glob[][] {
  let groups: Glob[][] = [];
  for (const glob of globs) {
    const meeting = groups.filter((group) => group.some((other) => canMeet(glob, other)));
    groups = [...groups.filter((group) => !meeting.includes(group)), [...meeting.flat(), glob]];
  }
  return groups;
}

/** True for a glob that can only match what is no path because a name in it is empty: `usr/`, `usr//bin`. */
function isNoPath(glob: Glob): boolean {
  const isSlash = (part: GlobPart | undefined) => part?.kind === 'one' && isSame(part.set, slash);
  return (
    isSlash(glob[0]) || isSlash(glob.at(-1)) || glob.some((part, i) => isSlash(part) && isSlash(glob[i + 1]))
  );
}

function neededOf(globs: readonly Glob[]): Glob[] {
  if (globs.length === 1) return isNoPath(globs[0]!) ? [] : [...globs];
  const regions = regionsOf(globs.map((glob) => ({ globs: [glob] })));
  if (!regions) return [...globs];
  const claims = regions.map(({ isIn }) => isIn.filter(Boolean).length);
  const needless = new Set<number>();
  for (const candidate of [...globs.keys()].sort((a, b) => globs[b]!.length - globs[a]!.length)) {
    const places = [...regions.keys()].filter((region) => regions[region]!.isIn[candidate]);
    if (places.some((region) => claims[region] === 1)) continue;
    needless.add(candidate);
    for (const region of places) claims[region]!--;
  }
  return globs.filter((_, i) => !needless.has(i));
}
