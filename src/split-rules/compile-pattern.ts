import { cover } from './cover.js';
import type { Glob } from './glob.js';
import { writeGlob } from './glob-text.js';
import { parsePattern } from './parse-pattern.js';
import type { Pattern } from './pattern.js';
import { ready } from './ready-rules.js';
import { regionsOf, withoutNeedless } from './regions.js';

/** Where globs claim other paths than the regular expression which they were made from. */
export interface Approximation {
  readonly pattern: string;
  readonly globs: readonly string[];
  /** A path, without a slash at its front, that the globs claim and the expression doesn't. Absent if none is known. */
  readonly witness?: string;
  /** What of the expression is not supported, or why the two could not be compared: a phrase for a message. */
  readonly notSupported?: string;
}

export interface CompiledPattern {
  readonly text: string;
  readonly pattern: Pattern;
  readonly globs: readonly Glob[];
  /** True if it claims every path. */
  readonly isCatchAll: boolean;
  /** Absent if the globs claim exactly the paths that the regular expression does. */
  readonly approximation?: Approximation;
}

/** What was compiled, by its text: the same few expressions stand in the rules of many chunks. */
const known = new Map(ready.patterns);
const mostKnown = 1000;

/** Makes the narrowest globs of a regular expression that claim all of its paths. Any text will do. */
export function compilePattern(text: string): CompiledPattern {
  const compiled = known.get(text) ?? compile(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, compiled);
  return compiled;
}

/** What was compiled so far, by its text. */
export function knownPatterns(): [string, CompiledPattern][] {
  return [...known];
}

function compile(text: string): CompiledPattern {
  const { pattern, notSupported } = parsePattern(text);
  const globs = withoutNeedless(cover(pattern));
  const regions = regionsOf([{ patterns: [pattern] }, { globs }]);
  const different = regions?.find(({ isIn: [isMatched, isClaimed] }) => isMatched !== isClaimed);
  const compiled = { text, pattern, globs, isCatchAll: false };
  const written = { pattern: text, globs: globs.map(writeGlob) };
  if (notSupported !== undefined) return { ...compiled, approximation: { ...written, notSupported } };
  if (!regions)
    return { ...compiled, approximation: { ...written, notSupported: 'too intricate to compare' } };
  if (different) return { ...compiled, approximation: { ...written, witness: different.example } };
  return { ...compiled, isCatchAll: regions.every(({ isIn }) => isIn[0]) };
}
