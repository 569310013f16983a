import { anyCharacter, type CharacterSet, isSame, nameCharacter, slash } from './character-set.js';

/** One character of a set, or a run of any length, none included: within a name (`*`), or of anything (`**`). */
export type GlobPart =
  | { readonly kind: 'one'; readonly set: CharacterSet }
  | { readonly kind: 'run'; readonly set: CharacterSet };

/** A BuildStream glob in its parts. The leading slash is not one of them: paths are as in Baserock, without it. */
export type Glob = readonly GlobPart[];

export function one(set: CharacterSet): GlobPart {
  return { kind: 'one', set };
}

/** `*`: what stays within one name. */
export const nameRun: GlobPart = { kind: 'run', set: nameCharacter };

/** `**`: anything. */
export const anyRun: GlobPart = { kind: 'run', set: anyCharacter };

/** The same glob in its simplest form: runs that meet are joined, and a `?` comes before a `*`. */
export function normalize(glob: Glob): Glob {
  const parts: GlobPart[] = [];
  for (const part of glob) {
    const last = parts.at(-1);
    if (last?.kind !== 'run') parts.push(part);
    else if (part.kind === 'run') parts[parts.length - 1] = isSame(part.set, anyCharacter) ? part : last;
    else if (isSame(part.set, last.set)) parts.splice(-1, 1, part, last);
    else parts.push(part);
  }
  return parts;
}

/**
 * A character that may be anything, a slash included, has no name in a glob: it is a `?`, or else a `/`.
 *
 * @returns undefined if there are so many of these that it would take more than 32 globs.
 */
export function splitAnyCharacter(glob: Glob): Glob[] | undefined {
  const isAny = ({ kind, set }: GlobPart) => kind === 'one' && isSame(set, anyCharacter);
  if (glob.filter(isAny).length > 5) return undefined;
  const found = glob.findIndex(isAny);
  if (found < 0) return [glob];
  const [start, rest] = [glob.slice(0, found), splitAnyCharacter(glob.slice(found + 1))!];
  return [nameCharacter, slash].flatMap((set) => rest.map((end) => [...start, one(set), ...end]));
}
