import type { Automaton } from './automaton.js';
import { type CharacterSet, charactersOf, slash } from './character-set.js';
import { type Letter, lettersOf } from './letters.js';

/** How far the last name of a path has come: nothing yet, `.`, `..`, or what can stand there. */
type LastName = 'none' | 'dot' | 'dots' | 'name';

interface State {
  /** Where the automaton can be. */
  readonly places: readonly number[];
  readonly lastName: LastName;
  /** What was read to come here first: a letter after another state. */
  readonly letter: string;
  readonly before: number;
}

/**
 * Reads all paths at the same time, from the shortest on: paths after which an automaton stands in the same places are
 * one state. States are numbers, in the order in which they are found; 0 is before the first character.
 */
export class PathReader {
  readonly #automaton: Automaton;
  readonly #states: State[] = [];
  readonly #known = new Set<string>();
  #cost = 0;
  readonly #letters: readonly Letter[];
  /** By number of the place: for each of its steps, which letters it reads and where it leads. */
  readonly #steps: readonly (readonly { readonly letters: readonly number[]; readonly to: number }[])[];

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    const sets = new Map([slash, charactersOf('.')].map((set) => [set.join(), set]));
    for (const { set } of automaton.places.flatMap(({ steps }) => steps)) sets.set(set.join(), set);
    this.#letters = lettersOf([...sets.values()]);
    const numbers = new Map([...sets.keys()].map((key, i) => [key, i]));
    const read = (set: CharacterSet) => {
      const number = numbers.get(set.join())!;
      return this.#letters.flatMap(({ isIn }, letter) => (isIn[number] ? [letter] : []));
    };
    const known = new Map([...sets].map(([key, set]) => [key, read(set)]));
    this.#steps = automaton.places.map(({ steps }) =>
      steps.map(({ set, to }) => ({ letters: known.get(set.join())!, to })),
    );
    this.#arrive([automaton.start], 'none', '', -1, 'start');
  }

  get size(): number {
    return this.#states.length;
  }

  /** How many places all states come to, which is what reading costs. */
  get cost(): number {
    return this.#cost;
  }

  /** Goes on by every letter, which may find new states. */
  explore(state: number): void {
    const { places, lastName } = this.#states[state]!;
    const reached: (number[] | undefined)[] = [];
    for (const { letters, to } of places.flatMap((place) => this.#steps[place]!)) {
      for (const letter of letters) {
        const targets = reached[letter];
        if (targets) targets.push(to);
        else reached[letter] = [to];
      }
    }
    for (const [number, { example, isIn }] of this.#letters.entries()) {
      const next = nextName(lastName, isIn[0]!, isIn[1]!);
      if (next) this.#arrive(reached[number] ?? [], next, example, state);
    }
  }

  /** True if what leads to the state is the path of a file or directory, and not only the beginning of one. */
  isPath(state: number): boolean {
    return this.#states[state]!.lastName === 'name';
  }

  /** The numbers of the languages that what leads to the state is in. */
  languagesAt(state: number): Set<number> {
    return this.#languages(this.#states[state]!.places);
  }

  /** The numbers of the languages that it would be in with a slash at its end. */
  languagesAfterSlash(state: number): Set<number> {
    const slashes = this.#letters.findIndex(({ isIn }) => isIn[0]);
    const steps = this.#states[state]!.places.flatMap((place) => this.#steps[place]!);
    return this.#languages(
      this.#spread(steps.filter(({ letters }) => letters.includes(slashes)).map(({ to }) => to)),
    );
  }

  /** The shortest text that leads to the state. */
  exampleOf(state: number): string {
    let text = '';
    for (let at = this.#states[state]!; at.before >= 0; at = this.#states[at.before]!)
      text = at.letter + text;
    return text;
  }

  #arrive(to: readonly number[], lastName: LastName, letter: string, before: number, only?: 'start'): void {
    const arrival = `${lastName} by ${to}`;
    if (this.#known.has(arrival)) return;
    const places = this.#spread(to, only);
    const state = `${lastName} at ${places}`;
    if (!this.#known.has(state)) {
      this.#states.push({ places, lastName, letter, before });
      this.#cost += places.length;
    }
    this.#known.add(arrival).add(state);
  }

  #languages(places: readonly number[]): Set<number> {
    return new Set(this.#spread(places, 'end').flatMap((place) => this.#automaton.places[place]!.ends));
  }

  /** All places that can be reached without reading, in order. */
  #spread(places: readonly number[], at?: 'start' | 'end'): number[] {
    const found = new Set(places);
    for (const place of found) {
      for (const { to, only } of this.#automaton.places[place]!.ways) {
        if (only === undefined || only === at) found.add(to);
      }
    }
    return [...found].sort((a, b) => a - b);
  }
}

/** @returns undefined if no normal path goes on like this. */
function nextName(lastName: LastName, isSlash: boolean, isDot: boolean): LastName | undefined {
  if (isSlash) return lastName === 'name' ? 'none' : undefined;
  if (!isDot) return 'name';
  return lastName === 'none' ? 'dot' : lastName === 'dot' ? 'dots' : 'name';
}
