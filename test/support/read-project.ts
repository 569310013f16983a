import { parse } from 'yaml';

/** An element as BuildStream reads it: this knows the emitted YAML and nothing of the code that made it. */
export interface ReadElement {
  kind: string;
  depends?: string[];
  'build-depends'?: string[];
  sources?: Record<string, unknown>[];
  variables?: Record<string, unknown>;
  environment?: Record<string, string>;
  config?: Record<string, unknown>;
  public?: { bst?: { 'integration-commands'?: string[]; 'split-rules'?: Record<string, string[]> } };
  '(@)'?: string | string[];
  '(?)'?: Record<string, unknown>[];
}

/** A project's files by path. */
export type Files = ReadonlyMap<string, { readonly content: string; readonly executable?: boolean }>;

/** Reads a rendered project and answers what BuildStream would do with it (BuildStream docs, "Dependencies"). */
export class ReadProject {
  readonly elements = new Map<string, ReadElement>();
  readonly #parsed = new Map<string, unknown>();
  readonly #run = new Map<string, ReadonlySet<string>>();

  constructor(readonly files: Files) {
    for (const [path, { content }] of files) {
      if (!path.startsWith('elements/')) continue;
      this.elements.set(path.slice('elements/'.length), parse(content) as ReadElement);
    }
  }

  element(path: string): ReadElement {
    const element = this.elements.get(path);
    if (!element) throw new Error(`no element ${path}`);
    return element;
  }

  /** The split domains of an element: what project.conf says, then its includes, then the element itself. */
  splitRules(path: string): Map<string, string[]> {
    const element = this.element(path);
    const includes = [element['(@)'] ?? []].flat().map((file) => this.#read(file) as ReadElement);
    const own = [...includes, element].map((part) => part.public?.bst?.['split-rules'] ?? {});
    return new Map([this.#usual, ...own].flatMap((rules) => Object.entries(rules)));
  }

  get #usual(): Record<string, string[]> {
    return (this.#read('project.conf') as { 'split-rules': Record<string, string[]> })['split-rules'];
  }

  #read(path: string): unknown {
    const known = this.#parsed.get(path) ?? parse(this.files.get(path)!.content);
    this.#parsed.set(path, known);
    return known;
  }

  /** What is staged in the sandbox when an element is built: its build dependencies and what those need to run. */
  staged(path: string): Set<string> {
    const { depends = [], 'build-depends': buildDepends = [] } = this.element(path);
    return new Set([...depends, ...buildDepends].flatMap((dependency) => [...this.#closure(dependency)]));
  }

  #closure(path: string): ReadonlySet<string> {
    const known = this.#run.get(path);
    if (known) return known;
    const closure = new Set([path]);
    for (const dependency of this.element(path).depends ?? []) {
      for (const each of this.#closure(dependency)) closure.add(each);
    }
    this.#run.set(path, closure);
    return closure;
  }
}
