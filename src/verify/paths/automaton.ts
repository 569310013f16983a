import { type Characters, holds } from './characters.js';
import type { Expression } from './expression.js';

interface Step {
  readonly characters: Characters;
  readonly to: number;
}

/**
 * A machine that reads a text character by character and knows at each whether some expression matches what it has read.
 * Its states are made when they are reached.
 */
export class Automaton {
  /** The characters that any of its expressions tells apart. */
  readonly sets: Characters[] = [];
  readonly #steps: Step[][] = [];
  readonly #free: number[][] = [];
  readonly #end: number;
  readonly #states = new Map<string, number>();
  readonly #members: (readonly number[])[] = [];
  readonly #accepts: boolean[] = [];
  readonly #next: Map<number, number>[] = [];
  readonly start: number;

  constructor(expressions: readonly Expression[]) {
    const begin = this.#node();
    this.#end = this.#node();
    for (const expression of expressions) this.#build(expression, begin, this.#end);
    this.start = this.#state([begin]);
  }

  /** The state after one more character. */
  after(state: number, code: number): number {
    const known = this.#next[state]!.get(code);
    if (known !== undefined) return known;
    const reached = new Set<number>();
    for (const node of this.#members[state]!) {
      for (const { characters, to } of this.#steps[node]!) if (holds(characters, code)) reached.add(to);
    }
    const made = this.#state([...reached]);
    this.#next[state]!.set(code, made);
    return made;
  }

  /** True if an expression matches all that was read. */
  accepts(state: number): boolean {
    return this.#accepts[state]!;
  }

  #node(): number {
    this.#steps.push([]);
    this.#free.push([]);
    return this.#steps.length - 1;
  }

  #build(expression: Expression, from: number, to: number): void {
    switch (expression.kind) {
      case 'characters':
        this.sets.push(expression.characters);
        this.#steps[from]!.push({ characters: expression.characters, to });
        return;
      case 'choice':
        for (const option of expression.options) this.#build(option, from, to);
        return;
      case 'sequence': {
        let at = from;
        for (const part of expression.parts) {
          const next = this.#node();
          this.#build(part, at, next);
          at = next;
        }
        this.#free[at]!.push(to);
        return;
      }
      case 'repeat': {
        let at = from;
        for (let count = 0; count < expression.least; count += 1) {
          const next = this.#node();
          this.#build(expression.inner, at, next);
          at = next;
        }
        if (expression.most === Number.POSITIVE_INFINITY) {
          const loop = this.#node();
          const back = this.#node();
          this.#free[at]!.push(loop);
          this.#build(expression.inner, loop, back);
          this.#free[back]!.push(loop);
          this.#free[loop]!.push(to);
          return;
        }
        for (let count = expression.least; count < expression.most; count += 1) {
          this.#free[at]!.push(to);
          const next = this.#node();
          this.#build(expression.inner, at, next);
          at = next;
        }
        this.#free[at]!.push(to);
      }
    }
  }

  #state(nodes: readonly number[]): number {
    const closed = new Set(nodes);
    const waiting = [...nodes];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (const next of this.#free[node]!) {
        if (closed.has(next)) continue;
        closed.add(next);
        waiting.push(next);
      }
    }
    const members = [...closed].sort((a, b) => a - b);
    const key = members.join();
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state = this.#members.length;
    this.#states.set(key, state);
    this.#members.push(members);
    this.#accepts.push(closed.has(this.#end));
    this.#next.push(new Map());
    return state;
  }
}
