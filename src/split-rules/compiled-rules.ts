import { knownPatterns } from './compile-pattern.js';
import { compileRules, type SplitDomain, type SplitRule } from './compile-rules.js';
import { type Ready, ready } from './ready-rules.js';

/** What compiling gave, by the rules, for artifacts that are named by number. */
const known = new Map(ready.rules);
const mostKnown = 200;

/**
 * The same as {@link compileRules}, which takes its time, but rules that differ in the names of artifacts only are
 * compiled once; and those that nearly all trees have are ready in a bundle.
 */
export function compiledRules(rules: readonly SplitRule[]): readonly SplitDomain[] {
  const names = [...new Set(rules.map(({ artifact }) => artifact))];
  const numbers = new Map(names.map((name, number) => [name, String(number)]));
  const numbered = rules.map(({ artifact, include }) => ({ artifact: numbers.get(artifact)!, include }));
  const nameOf = (number: string) => names[Number(number)]!;
  return compiledAs(numbered).map((domain) => ({
    ...domain,
    artifact: nameOf(domain.artifact),
    overlaps: domain.overlaps.map(({ earlier, ...overlap }) => ({
      ...overlap,
      earlier: { ...earlier, artifact: nameOf(earlier.artifact) },
    })),
  }));
}

function compiledAs(rules: readonly SplitRule[]): readonly SplitDomain[] {
  const key = JSON.stringify(rules);
  const found = known.get(key) ?? compileRules(rules);
  if (known.size >= mostKnown) known.clear();
  known.set(key, found);
  return found;
}

/** All that was compiled so far: what a bundle is to have ready. */
export function allCompiled(): Ready {
  return { rules: [...known], patterns: knownPatterns() };
}
