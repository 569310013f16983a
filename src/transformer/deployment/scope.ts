import type { Code } from '../../diagnostics/catalogue.js';
import type { Report } from '../../diagnostics/diagnostic.js';
import type { Place } from '../../diagnostics/place.js';

/** What has been said, with the elements that it was said of: several deployments may share a place. */
export type Said = Map<string, string[]>;

/** Reports what concerns a deployment, and remembers what is left to do by hand for it and what is put into it. */
export class Scope {
  constructor(
    readonly report: Report,
    readonly said: Said,
    /** Path of the deployment's element. */
    readonly element: string,
    readonly found = new Set<string>(),
  ) {}

  /** The scope of a subsystem: what is left to do for it is left to do for the whole. */
  inside(element: string): Scope {
    return new Scope(this.report, this.said, element, this.found);
  }

  /** Something that is left to do by hand; it is reported once for each place and message. */
  manual(code: Code, place: Place | undefined, what: string, message: string, hint?: string): void {
    this.found.add(what);
    this.once(code, place, message, hint);
  }

  /** Something worth knowing, reported once for each place and message. */
  once(code: Code, place: Place | undefined, message: string, hint?: string): void {
    const key = [code, place?.file, place?.line, place?.column, message].join('\n');
    const elements = this.said.get(key);
    if (elements?.includes(this.element)) return;
    if (elements) {
      elements.push(this.element);
      return;
    }
    const first = [this.element];
    this.said.set(key, first);
    this.report(code, place, message, hint, undefined, first);
  }

  /** What is left to do by hand, in the order in which it was found. */
  get left(): readonly string[] {
    return [...this.found];
  }
}
