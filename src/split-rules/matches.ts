import { Automaton } from './automaton.js';
import { includes } from './character-set.js';
import { parsePattern } from './parse-pattern.js';

/** Expressions that mean the same to JavaScript and Python, at least for texts of printable ASCII: `.*-devel`. */
const SHARED = /^(?:[\w/-]|\.\*)*$/;
const PRINTABLE = /^[ -~]*$/;

/** Whether the whole of a text matches a regular expression, as Python's `re` would say. */
export function matcher(expression: string): (text: string) => boolean {
  if (!SHARED.test(expression)) return automatonMatcher(expression);
  const quick = new RegExp(`^${expression}$`);
  let thorough: ((text: string) => boolean) | undefined;
  return (text) => {
    if (PRINTABLE.test(text)) return quick.test(text);
    thorough ??= automatonMatcher(expression);
    return thorough(text);
  };
}

function automatonMatcher(expression: string): (text: string) => boolean {
  const automaton = new Automaton();
  automaton.addPattern(parsePattern(expression).pattern, 0);
  const { places, start } = automaton;
  const spread = (from: Iterable<number>, at?: 'start' | 'end') => {
    const found = new Set(from);
    for (const place of found) {
      for (const { to, only } of places[place]!.ways) if (only === undefined || only === at) found.add(to);
    }
    return found;
  };
  return (text) => {
    let reached = spread([start], 'start');
    for (const character of text) {
      const point = character.codePointAt(0)!;
      const steps = [...reached].flatMap((place) => places[place]!.steps);
      reached = spread(steps.flatMap(({ set, to }) => (includes(set, point) ? [to] : [])));
    }
    return [...spread(reached, 'end')].some((place) => places[place]!.ends.length > 0);
  };
}
