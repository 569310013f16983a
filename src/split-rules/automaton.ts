import type { CharacterSet } from './character-set.js';
import type { Glob } from './glob.js';
import type { Pattern } from './pattern.js';

/** A place in an automaton, and where it leads. */
export interface Place {
  /** By reading a character. */
  readonly steps: { readonly set: CharacterSet; readonly to: number }[];
  /** Without reading anything; some ways are open only at the start of the text, some only at its end. */
  readonly ways: { readonly to: number; readonly only?: 'start' | 'end' }[];
  /** The numbers of the languages whose texts end here. */
  readonly ends: number[];
}

/** A nondeterministic automaton, which reads a text and tells which of several languages it is in. */
export class Automaton {
  readonly places: Place[] = [{ steps: [], ways: [], ends: [] }];
  /** The place where reading starts. */
  readonly start = 0;

  addPattern(pattern: Pattern, language: number): void {
    const from = this.#newPlace();
    this.#lead(this.start, from);
    this.places[this.#build(pattern, from)]!.ends.push(language);
  }

  addGlob(glob: Glob, language: number): void {
    let place = this.#newPlace();
    this.#lead(this.start, place);
    for (const { kind, set } of glob) {
      const next = this.#newPlace();
      if (kind === 'one') this.#step(place, set, next);
      else {
        this.#lead(place, next);
        this.#step(next, set, next);
      }
      place = next;
    }
    this.places[place]!.ends.push(language);
  }

  /** @returns the place where what the pattern matches ends, if it is read from a place on. */
  #build(pattern: Pattern, from: number): number {
    switch (pattern.kind) {
      case 'sequence':
        return pattern.items.reduce((place, item) => this.#build(item, place), from);
      case 'alternatives': {
        const to = this.#newPlace();
        for (const item of pattern.items) this.#lead(this.#build(item, from), to);
        return to;
      }
      case 'optional': {
        const to = this.#build(pattern.item, from);
        this.#lead(from, to);
        return to;
      }
      case 'repeated': {
        const again = this.#newPlace();
        this.#lead(from, again);
        const done = this.#build(pattern.item, again);
        this.#lead(done, again);
        const to = this.#newPlace();
        this.#lead(done, to);
        return to;
      }
      default: {
        const to = this.#newPlace();
        if (pattern.kind === 'character') this.#step(from, pattern.set, to);
        else this.places[from]!.ways.push({ to, only: pattern.kind });
        return to;
      }
    }
  }

  #newPlace(): number {
    return this.places.push({ steps: [], ways: [], ends: [] }) - 1;
  }

  #lead(from: number, to: number): void {
    this.places[from]!.ways.push({ to });
  }

  #step(from: number, set: CharacterSet, to: number): void {
    this.places[from]!.steps.push({ set, to });
  }
}
