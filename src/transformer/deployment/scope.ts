import type { Code } from '../../diagnostics/catalogue.js';
import type { Report } from '../../diagnostics/diagnostic.js';
import type { Place } from '../../diagnostics/place.js';

/** Reports what concerns deployments, and remembers what is left to do by hand for one of them. */
export class Scope {
  readonly #left = new Set<string>();

  constructor(
    readonly report: Report,
    /** What has been said of a place that several deployments share. */
    readonly said: Set<string>,
  ) {}

  /** Something that is left to do by hand; it is reported once for each place and message. */
  manual(code: Code, place: Place | undefined, what: string, message: string, hint?: string): void {
    this.#left.add(what);
    this.once(code, place, message, hint);
  }

  /** Something worth knowing, reported once for each place and message. */
  once(code: Code, place: Place | undefined, message: string, hint?: string): void {
    const key = [code, place?.file, place?.line, place?.column, message].join('\n');
    if (this.said.has(key)) return;
    this.said.add(key);
    this.report(code, place, message, hint);
  }

  /** What is left to do by hand, in the order in which it was found. */
  get left(): readonly string[] {
    return [...this.#left];
  }
}
