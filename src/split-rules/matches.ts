import { Automaton } from './automaton.js';
import { includes } from './character-set.js';
import { parsePattern } from './parse-pattern.js';

/** Whether the whole of a text matches a regular expression, as Python's `re` would say. */
export function matcher(expression: string): (text: string) => boolean {
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
