import { parse } from 'yaml';
import { type ReadProject as Evaluated, readProject } from '../../src/project/evaluate/read-project.js';
import { textsOf } from '../../src/project/evaluate/read-texts.js';

import type { ProjectFile } from '../../src/project/model.js';

/** An element as its file has it, before anything is composed. */
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
export type Files = ReadonlyMap<string, ProjectFile>;

/** A rendered project: the text of its elements, and what the library's evaluator makes of it. */
export class ReadProject {
  readonly elements = new Map<string, ReadElement>();
  readonly #evaluated: Evaluated;

  constructor(readonly files: Files) {
    const { value, diagnostics } = readProject(textsOf(files));
    if (!value) throw new Error(diagnostics[0]!.message);
    this.#evaluated = value;
    for (const [path, { content }] of files) {
      if (!path.startsWith('elements/')) continue;
      this.elements.set(path.slice('elements/'.length), parse(String(content)) as ReadElement);
    }
  }

  element(path: string): ReadElement {
    const element = this.elements.get(path);
    if (!element) throw new Error(`no element ${path}`);
    return element;
  }

  /** The split domains of an element, from wherever they come. */
  splitRules(path: string): Map<string, string[]> {
    const { splitRules } = this.#for(path).element(path);
    return new Map([...splitRules].map(([domain, globs]) => [domain, globs.map(({ text }) => text.trim())]));
  }

  /** What is staged in the sandbox when an element is built: its build dependencies and what those need to run. */
  staged(path: string): ReadonlySet<string> {
    return this.#for(path).graph.stagedFor(path);
  }

  /** The project for the architecture that an element asserts, if it does. */
  #for(path: string) {
    const [condition = ''] = (this.element(path)['(?)'] ?? []).flatMap((each) => Object.keys(each));
    const [, arch] = /^arch != "(.*)"$/.exec(condition) ?? [];
    return this.#evaluated.with(arch === undefined ? {} : { arch });
  }
}
