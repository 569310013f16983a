import type { CompiledPattern } from './compile-pattern.js';
import type { SplitDomain } from './compile-rules.js';

/** What was compiled when the bundle was made: ybd's rules, which nearly all trees have. */
export interface Ready {
  /** Domains, by the rules in the form that `compiledRules` keeps them by. */
  readonly rules: readonly (readonly [string, readonly SplitDomain[]])[];
  readonly patterns: readonly (readonly [string, CompiledPattern])[];
}

/** Nothing here; a bundle has another value in its place. */
export const ready: Ready = { rules: [], patterns: [] };
