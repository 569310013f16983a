import type { Place } from '../diagnostics/place.js';
import { type Position, placeOf } from '../project/evaluate/node.js';
import { type Aspect, aspects, type Deliberate, type Difference, type NotCompared } from './result.js';

/** What goes with a difference. */
export interface Evidence {
  readonly wanted?: string | undefined;
  readonly found?: string | undefined;
  readonly definition?: Place | undefined;
  readonly project?: Position | undefined;
}

/** Collects what is found, and puts together what is the same. */
export class Findings {
  readonly #differences = new Map<string, { difference: Difference; architectures: Set<string> }>();
  readonly #seen = new Map<string, Set<string>>();
  readonly #deliberate = new Map<string, { what: string; message: string; of: Set<string> }>();
  readonly #notCompared = new Map<string, Set<string>>();
  /** The architecture that is being looked at. */
  architecture = '';

  /** Tells that an element is looked at for the architecture. */
  look(element: string): void {
    const known = this.#seen.get(element) ?? new Set();
    this.#seen.set(element, known.add(this.architecture));
  }

  different(aspect: Aspect, element: string, message: string, evidence: Evidence = {}): void {
    const { wanted, found, definition, project } = evidence;
    const key = JSON.stringify([aspect, element, message, wanted, found]);
    const known = this.#differences.get(key);
    if (known) {
      known.architectures.add(this.architecture);
      return;
    }
    const difference = {
      aspect,
      element,
      message,
      ...(wanted === undefined ? {} : { wanted }),
      ...(found === undefined ? {} : { found }),
      ...(definition ? { definition } : {}),
      ...(project ? { project: placeOf(project) } : {}),
    };
    this.#differences.set(key, { difference, architectures: new Set([this.architecture]) });
  }

  /** Tells that for the architecture an aspect of an element is just what it was for another one. */
  same(aspect: Aspect, element: string): void {
    for (const { difference, architectures } of this.#differences.values()) {
      if (difference.aspect === aspect && difference.element === element)
        architectures.add(this.architecture);
    }
  }

  deliberate(what: string, message: string, of: string): void {
    const key = `${what} ${message}`;
    const known = this.#deliberate.get(key) ?? { what, message, of: new Set() };
    known.of.add(of);
    this.#deliberate.set(key, known);
  }

  notCompared(why: string, of: string): void {
    this.#notCompared.set(why, (this.#notCompared.get(why) ?? new Set()).add(of));
  }

  /** The differences in the order of aspects; those that say the very same of several elements as one. */
  differences(): Difference[] {
    const all = [...this.#differences.values()].map(({ difference, architectures }) => {
      const isPart = architectures.size < (this.#seen.get(difference.element)?.size ?? 0);
      return isPart ? { ...difference, architectures: [...architectures].sort() } : difference;
    });
    const grouped = new Map<string, Difference>();
    for (const difference of all) {
      const { aspect, message, wanted, found, architectures } = difference;
      const key = JSON.stringify([aspect, message, wanted, found, architectures]);
      const first = grouped.get(key);
      const alsoIn = first && [...(first.alsoIn ?? []), difference.element];
      grouped.set(key, first ? { ...first, alsoIn: alsoIn! } : difference);
    }
    return [...grouped.values()].sort((a, b) => aspects.indexOf(a.aspect) - aspects.indexOf(b.aspect));
  }

  allDeliberate(): Deliberate[] {
    return [...this.#deliberate.values()].map((each) => ({ ...each, of: [...each.of] }));
  }

  allNotCompared(): NotCompared[] {
    return [...this.#notCompared].map(([why, of]) => ({ why, of: [...of] }));
  }
}
