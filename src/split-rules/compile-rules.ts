import { type Approximation, compilePattern } from './compile-pattern.js';
import { giveUp, meeting, type Remainder } from './give-up.js';
import { anyRun, type Glob } from './glob.js';
import { writeGlob } from './glob-text.js';
import { withoutNeedless } from './regions.js';

/** A rule of Baserock: the paths that match one of the regular expressions are part of the artifact. */
export interface SplitRule {
  readonly artifact: string;
  readonly include: readonly string[];
}

/** Where the globs of a pattern claim paths which an earlier domain claims too, and could not be made narrower. */
export interface Overlap {
  readonly pattern: string;
  readonly globs: readonly string[];
  readonly earlier: { readonly artifact: string; readonly globs: readonly string[] };
  /**
   * A path that both claim, without a slash at its front; by Baserock's rules it does not belong to the later one.
   * Absent only if the globs are too intricate to find one.
   */
  readonly witness?: string;
}

/** What becomes a split domain of BuildStream: the paths of an artifact, or a part of them. */
export interface SplitDomain {
  readonly artifact: string;
  /** True for the domain of everything: it holds the paths of all other domains too. */
  readonly isCatchAll: boolean;
  readonly globs: readonly string[];
  readonly approximations: readonly Approximation[];
  readonly overlaps: readonly Overlap[];
}

interface Draft extends SplitDomain {
  readonly claims: readonly Glob[];
}

/**
 * Turns ordered rules, of which the first that matches a path decides, into domains that claim what they match.
 *
 * Each domain gives up what belongs to an earlier one of another artifact, so that a path is in one domain only; where
 * globs cannot say that, it stays in both and is reported as an overlap. Only a catch-all (`.*`) is left whole, as a
 * domain of its own, the last: `/**`. Otherwise the rules of one artifact make one domain.
 *
 * A rule that nothing is left for, after a catch-all for instance, adds no glob; its artifact has a domain
 * nevertheless.
 */
export function compileRules(rules: readonly SplitRule[]): SplitDomain[] {
  const drafts: Draft[] = [];
  for (const { artifact, include } of rules) {
    const isOver = drafts.some(({ isCatchAll }) => isCatchAll);
    const rivals = drafts.filter((other) => other.artifact !== artifact);
    const draft = compileRule(artifact, isOver ? [] : include, rivals);
    const home = drafts.findIndex((other) => other.artifact === artifact && !other.isCatchAll);
    const isKnown = drafts.some((other) => other.artifact === artifact);
    if (!isKnown || draft.isCatchAll) drafts.push(draft);
    else if (home >= 0) drafts[home] = join(drafts[home]!, draft);
  }
  return drafts.map(({ claims, ...domain }) => domain);
}

function compileRule(artifact: string, include: readonly string[], rivals: readonly Draft[]): Draft {
  const patterns = include.map(compilePattern);
  if (patterns.some(({ isCatchAll }) => isCatchAll)) {
    const claims = [[anyRun]];
    return {
      artifact,
      isCatchAll: true,
      globs: claims.map(writeGlob),
      claims,
      approximations: [],
      overlaps: [],
    };
  }
  const approximations: Approximation[] = [];
  const overlaps: Overlap[] = [];
  const claims: Glob[] = [];
  const claimed = rivals.flatMap((rival) => rival.claims);
  for (const { text, globs, approximation } of patterns) {
    const kept = giveUp(globs, claimed);
    claims.push(...kept.globs);
    if (kept.overlapping.length > 0) overlaps.push(...overlapsOf(text, kept, rivals));
    if (approximation && (kept.globs.length > 0 || globs.length === 0)) approximations.push(approximation);
  }
  const needed = withoutNeedless(claims);
  return {
    artifact,
    isCatchAll: false,
    globs: needed.map(writeGlob),
    claims: needed,
    approximations,
    overlaps,
  };
}

function overlapsOf(pattern: string, { globs, overlapping }: Remainder, rivals: readonly Draft[]): Overlap[] {
  return rivals.flatMap(({ artifact, claims }) => {
    const theirs = claims.filter((claim) => overlapping.includes(claim));
    const pairs = globs.flatMap((glob) => theirs.map((claim) => meeting(glob, claim)));
    const witness = pairs.find((pair) => typeof pair === 'string');
    if (witness === undefined && !pairs.includes(undefined)) return [];
    const earlier = { artifact, globs: theirs.map(writeGlob) };
    return [{ pattern, globs: globs.map(writeGlob), earlier, ...(witness ? { witness } : {}) }];
  });
}

function join(domain: Draft, more: Draft): Draft {
  const claims = withoutNeedless([...domain.claims, ...more.claims]);
  return {
    ...domain,
    claims,
    globs: claims.map(writeGlob),
    approximations: [...domain.approximations, ...more.approximations],
    overlaps: [...domain.overlaps, ...more.overlaps],
  };
}
