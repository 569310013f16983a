import { type Glob, splitAnyCharacter } from './glob.js';
import { regionsOf, withoutNeedless } from './regions.js';
import { canMeet, subtract } from './subtract.js';

/** What globs keep of what they claim. */
export interface Remainder {
  readonly globs: readonly Glob[];
  /** What was claimed already and is still claimed by the globs. */
  readonly overlapping: readonly Glob[];
}

/** What takes more globs than this is not worth saying. */
const mostParts = 48;
/** What it may cost to compare two globs. */
const mostPlaces = 5_000;

/** Takes out of globs what is claimed already, as far as that can be said in globs. */
export function giveUp(globs: readonly Glob[], claimed: readonly Glob[]): Remainder {
  const rivals = claimed.filter((rival) => globs.some((glob) => mayMeet(glob, rival)));
  if (rivals.length === 0) return { globs, overlapping: [] };
  const all = regionsOf([{ globs }, { globs: rivals }]);
  if (all && !all.some(({ isIn: [isMine, isClaimed] }) => isMine && !isClaimed)) {
    return { globs: [], overlapping: [] };
  }
  let parts = globs;
  const overlapping: Glob[] = [];
  for (const rival of rivals) {
    const fewer = takeOut(parts, rival);
    if (fewer) parts = fewer;
    else overlapping.push(rival);
  }
  return { globs: parts, overlapping };
}

/** @returns undefined if it would take too many globs, or cannot be said in globs. */
function takeOut(parts: readonly Glob[], rival: Glob): readonly Glob[] | undefined {
  const rest: Glob[] = [];
  for (const part of parts) {
    const remaining = mayMeet(part, rival) ? subtract(part, rival) : [part];
    const written = remaining?.map(splitAnyCharacter);
    if (!written || written.includes(undefined)) return undefined;
    rest.push(...written.flatMap((globs) => globs ?? []));
    if (rest.length > 4 * mostParts) return undefined;
  }
  const needed = rest.length > parts.length ? withoutNeedless(rest) : rest;
  return needed.length <= Math.max(mostParts, parts.length) ? needed : undefined;
}

function mayMeet(a: Glob, b: Glob): boolean {
  return meeting(a, b) !== false;
}

/** A path that both globs match; false if there is none, undefined if they are too intricate to tell. */
export function meeting(a: Glob, b: Glob): string | false | undefined {
  if (!canMeet(a, b)) return false;
  const regions = regionsOf([{ globs: [a] }, { globs: [b] }], mostPlaces);
  return regions && (regions.find(({ isIn }) => !isIn.includes(false))?.example ?? false);
}
