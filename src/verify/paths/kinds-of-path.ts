import { Automaton } from './automaton.js';
import { parseGlob } from './parse-glob.js';
import { parseRegex } from './parse-regex.js';
import { widen } from './widen.js';

/** All paths that the same artifact and the same domains claim. */
export interface KindOfPath {
  /** The first rule that matches, as an index: the path is part of its artifact. -1 if none does. */
  readonly rule: number;
  /** The domains that claim it. */
  readonly domains: ReadonlySet<string>;
  /** Some rule would match it if its repetitions were as wide as globs are. */
  readonly isNear: boolean;
  /** A path of this kind, one of the shortest. */
  readonly example: string;
}

/** The kinds of path that rules and domains tell apart, and what could not be understood of them. */
export interface Kinds {
  readonly kinds: readonly KindOfPath[];
  /** Regular expressions that are not regular, which nothing can be said about. */
  readonly notUnderstood: readonly string[];
}

const SLASH = 0x2f;
const DOT = 0x2e;
/** A bound on the work for rules beyond measure. */
const MOST_STATES = 60_000;

const automata = new Map<string, Automaton>();
const known = new Map<string, Kinds>();

/**
 * Tells all paths apart that the rules of Baserock and the domains of BuildStream treat differently. Every path that a
 * file can have is of one of these kinds: nothing is sampled.
 *
 * ybd tries a pattern on a path as it is and, for folders, with a slash at its end (ybd: `splitting`).
 *
 * @param rules the patterns of each rule, in order; the first that matches counts.
 * @param domains globs by domain.
 */
export function kindsOfPath(
  rules: readonly (readonly string[])[],
  domains: ReadonlyMap<string, readonly string[]>,
): Kinds {
  const key = JSON.stringify([rules, [...domains]]);
  const found = known.get(key) ?? explore(rules, domains);
  known.set(key, found);
  return found;
}

function regexAutomaton(patterns: readonly string[], isWide: boolean): Automaton {
  return automatonFor(`${isWide}${JSON.stringify(patterns)}`, () =>
    patterns.flatMap((pattern) => {
      const parsed = parseRegex(pattern);
      return parsed ? [isWide ? widen(parsed) : parsed] : [];
    }),
  );
}

function automatonFor(key: string, expressions: () => ConstructorParameters<typeof Automaton>[0]): Automaton {
  const made = automata.get(key) ?? new Automaton(expressions());
  automata.set(key, made);
  return made;
}

/** True if one of some globs matches a path, given without a slash before it. */
export function isClaimed(path: string, globs: readonly string[]): boolean {
  const machine = globAutomaton(globs);
  let state = machine.start;
  for (const character of `/${path}`) state = machine.after(state, character.codePointAt(0)!);
  return machine.accepts(state);
}

function globAutomaton(globs: readonly string[]): Automaton {
  return automatonFor(`glob${JSON.stringify(globs)}`, () => globs.map(parseGlob));
}

function explore(
  rules: readonly (readonly string[])[],
  domains: ReadonlyMap<string, readonly string[]>,
): Kinds {
  const exact = rules.map((patterns) => regexAutomaton(patterns, false));
  const wide = rules.map((patterns) => regexAutomaton(patterns, true));
  const claims = [...domains.values()].map(globAutomaton);
  const machines = [...exact, ...wide, ...claims];
  const names = [...domains.keys()];
  const firstWide = exact.length;
  const firstClaim = exact.length + wide.length;
  const alphabet = alphabetOf(machines);
  const kinds = new Map<string, KindOfPath>();

  const judge = (states: readonly number[], path: string): void => {
    const matches = (index: number) => {
      const machine = machines[index]!;
      return machine.accepts(states[index]!) || machine.accepts(machine.after(states[index]!, SLASH));
    };
    const rule = exact.findIndex((_, index) => matches(index));
    const isNear = wide.some((_, index) => matches(firstWide + index) && !matches(index));
    const claiming = names.filter((_, index) => claims[index]!.accepts(states[firstClaim + index]!));
    const id = JSON.stringify([rule, isNear, claiming]);
    if (!kinds.has(id)) kinds.set(id, { rule, domains: new Set(claiming), isNear, example: path });
  };

  const start = machines.map((machine, index) =>
    index < firstClaim ? machine.start : machine.after(machine.start, SLASH),
  );
  // How far the current name has come: nothing yet, one dot, two dots, or a real name.
  let level: { states: number[]; name: number; path: string }[] = [{ states: start, name: 0, path: '' }];
  const seen = new Set<string>([`0 ${start.join()}`]);
  while (level.length > 0 && seen.size < MOST_STATES) {
    const next: typeof level = [];
    for (const { states, name, path } of level) {
      for (const code of alphabet) {
        if (code === SLASH && name !== 3) continue;
        const after = code === SLASH ? 0 : code === DOT && name < 2 ? name + 1 : 3;
        const reached = states.map((state, index) => machines[index]!.after(state, code));
        const id = `${after} ${reached.join()}`;
        if (seen.has(id)) continue;
        seen.add(id);
        const longer = path + String.fromCodePoint(code);
        if (after === 3) judge(reached, longer);
        next.push({ states: reached, name: after, path: longer });
      }
    }
    level = next;
  }
  const notUnderstood = rules.flatMap((patterns) => patterns.filter((each) => !parseRegex(each)));
  return { kinds: [...kinds.values()], notUnderstood };
}

/** One character of each kind that some machine tells apart; no path has a new line or a zero in it. */
function alphabetOf(machines: readonly Automaton[]): number[] {
  const cuts = new Set<number>([0, 1, 0x0a, 0x0b, DOT, DOT + 1, SLASH, SLASH + 1]);
  for (const { sets } of machines) {
    for (const characters of sets) {
      for (const [from, to] of characters) cuts.add(from).add(to + 1);
    }
  }
  const sorted = [...cuts].filter((cut) => cut <= 0x10ffff).sort((a, b) => a - b);
  const sets = [...new Set(machines.flatMap((machine) => machine.sets))];
  const unique = [...new Map(sets.map((each) => [JSON.stringify(each), each])).values()];
  const byKind = new Map<string, number>();
  sorted.forEach((from, index) => {
    const to = (sorted[index + 1] ?? 0x110000) - 1;
    if (from === 0 || (from <= 0x0a && to >= 0x0a)) return;
    const code = pleasant(from, to);
    const kind =
      code === SLASH || code === DOT
        ? `${code}`
        : unique.map((set) => (holdsCode(set, code) ? 1 : 0)).join('');
    const before = byKind.get(kind);
    if (before === undefined || (!isPlain(before) && isPlain(code))) byKind.set(kind, code);
  });
  return [...byKind.values()];
}

function holdsCode(characters: Automaton['sets'][number], code: number): boolean {
  return characters.some(([from, to]) => from <= code && code <= to);
}

/** A letter, if there is one in a range: examples are read by people. */
function pleasant(from: number, to: number): number {
  for (const code of [0x78, 0x58, 0x30]) if (from <= code && code <= to) return code;
  return Math.max(from, Math.min(to, 0x21));
}

function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}
