import { compareBytes } from '../../byte-order.js';
import type { DependencyAt, EvaluatedElement } from './element.js';
import { Malformed } from './malformed.js';

/** What depends on what in a project, for building and for running. */
export class DependencyGraph {
  readonly #element: (path: string, from?: DependencyAt) => EvaluatedElement;
  readonly #staged = new Map<string, ReadonlySet<string>>();
  readonly #withoutCircle = new Set<string>();
  readonly #order = new Map<string, readonly DependencyAt[]>();
  readonly #reached = new Map<string, ReadonlySet<string>>();

  constructor(element: (path: string, from?: DependencyAt) => EvaluatedElement) {
    this.#element = element;
  }

  /**
   * The elements that are staged when an element is built: what it needs for building, and what that needs for running
   * (BuildStream: `Element.dependencies`, `Scope.BUILD`).
   */
  stagedFor(path: string): ReadonlySet<string> {
    const staged = new Set<string>();
    for (const dependency of this.#element(path).dependencies.filter(({ isBuild }) => isBuild)) {
      for (const each of this.running(dependency.element, dependency)) staged.add(each);
    }
    return staged;
  }

  /** An element and all that it needs for running. */
  running(path: string, from?: DependencyAt): ReadonlySet<string> {
    const known = this.#staged.get(path);
    if (known) return known;
    this.#checkCircles(path, from);
    const found = this.#collect(path, this.#staged, ({ isRun }) => isRun).add(path);
    this.#staged.set(path, found);
    return found;
  }

  /** What can be reached from an element by some of its dependencies. Depth costs no stack. */
  #collect(
    path: string,
    known: ReadonlyMap<string, ReadonlySet<string>>,
    follow: (dependency: DependencyAt) => boolean,
  ): Set<string> {
    const found = new Set<string>();
    const waiting = [path];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const dependency of this.#element(next).dependencies) {
        if (!follow(dependency) || found.has(dependency.element)) continue;
        found.add(dependency.element);
        const deeper = known.get(dependency.element);
        if (deeper) for (const each of deeper) found.add(each);
        else waiting.push(dependency.element);
      }
    }
    return found;
  }

  /** Sees to it that nothing that is reached from an element depends on itself. */
  #checkCircles(path: string, from: DependencyAt | undefined): void {
    const open = new Set<string>();
    const trail: { path: string; rest: DependencyAt[] }[] = [];
    const enter = (element: string, by: DependencyAt | undefined) => {
      if (open.has(element)) throw new Malformed(by?.at, `${element} depends on itself`);
      if (this.#withoutCircle.has(element)) return;
      open.add(element);
      trail.push({ path: element, rest: [...this.#element(element, by).dependencies] });
    };
    enter(path, from);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const next = top.rest.pop();
      if (next) enter(next.element, next);
      else {
        trail.pop();
        open.delete(top.path);
        this.#withoutCircle.add(top.path);
      }
    }
  }

  /**
   * The same elements in the order in which BuildStream stages them, and runs their integration commands: each after
   * what it depends on, by name among equals (BuildStream: `Loader._sort_dependencies`).
   */
  stagingOrder(path: string): readonly string[] {
    const order: string[] = [];
    const done = new Set<string>();
    const trail: { path: string; rest: DependencyAt[] }[] = [];
    const enter = (element: string, follow: (dependency: DependencyAt) => boolean) => {
      if (done.has(element)) return;
      done.add(element);
      trail.push({ path: element, rest: this.#sorted(element).filter(follow).reverse() });
    };
    this.#checkCircles(path, undefined);
    enter(path, ({ isBuild }) => isBuild);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const next = top.rest.pop();
      if (next) enter(next.element, ({ isRun }) => isRun);
      else order.push(trail.pop()!.path);
    }
    return order.slice(0, -1);
  }

  /** The direct dependencies of an element, sorted as BuildStream does, whose order is not transitive. */
  #sorted(path: string): readonly DependencyAt[] {
    const known = this.#order.get(path);
    if (known) return known;
    const sorted = this.#element(path)
      .dependencies.slice()
      .sort((a, b) => {
        if (this.#reach(a.element).has(b.element)) return 1;
        if (this.#reach(b.element).has(a.element)) return -1;
        const isLater = Number(!a.isBuild) - Number(!b.isBuild);
        return isLater || compareBytes(a.element, b.element);
      });
    this.#order.set(path, sorted);
    return sorted;
  }

  /** All that an element depends on in any way. */
  #reach(path: string): ReadonlySet<string> {
    const known = this.#reached.get(path);
    if (known) return known;
    const found = this.#collect(path, this.#reached, () => true);
    this.#reached.set(path, found);
    return found;
  }
}
