import { collector, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { wholeFile } from '../../diagnostics/place.js';
import type { Answers } from './ask-buildstream.js';
import { Evaluation } from './evaluation.js';
import { Malformed, Refused } from './malformed.js';
import { placeOf } from './node.js';
import { ProjectFiles } from './project-files.js';

/** A project on the disk or in memory: texts by path below it. */
export type Texts = ReadonlyMap<string, string>;

/** A project whose elements can be asked what they come to. */
export class ReadProject {
  readonly #evaluations = new Map<string, Evaluation>();

  constructor(
    readonly files: ProjectFiles,
    readonly absent: ReadonlySet<string> = new Set(),
    readonly answers: ReadonlyMap<string, Answers> = new Map(),
  ) {}

  /** The project where some elements need not be there: they are taken for some without anything. */
  without(elements: ReadonlySet<string>): ReadProject {
    return elements.size === 0 ? this : new ReadProject(this.files, elements, this.answers);
  }

  /** The project of which BuildStream itself has been asked, by the architecture that it was asked for. */
  asked(answers: ReadonlyMap<string, Answers>): ReadProject {
    return new ReadProject(this.files, this.absent, answers);
  }

  /** The project with options of certain values; those that are not named have their defaults. */
  with(options: Readonly<Record<string, string>> = {}): Evaluation {
    const key = JSON.stringify(Object.entries(options).sort());
    const known = this.#evaluations.get(key);
    if (known) return known;
    const made = new Evaluation(
      this.files,
      new Map(Object.entries(options)),
      this.absent,
      this.answers.get(options.arch ?? ''),
    );
    this.#evaluations.set(key, made);
    return made;
  }
}

/** What `attempt` returns. */
export type Attempt<T> =
  | { readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly value: undefined; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads a BuildStream project of either version, hand-edited or not. Elements are evaluated when they are asked for:
 * do that within `attempt`.
 *
 * @returns the project; nothing, and an error among the diagnostics, if its project.conf cannot be understood.
 */
export function readProject(texts: Texts): Attempt<ReadProject> {
  return attempt(() => new ReadProject(new ProjectFiles(texts)));
}

/** Asks a project; what BuildStream would refuse in it becomes one error that says where. */
export function attempt<T>(ask: () => T): Attempt<T> {
  const { diagnostics, report } = collector();
  try {
    return { value: ask(), diagnostics };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const place = error.at ? placeOf(error.at) : wholeFile('project.conf');
    report('malformed-project', place, error.message, error.hint);
    return { value: undefined, diagnostics };
  }
}

/** True if an assertion of the project keeps something from being evaluated. */
export function isRefused(ask: () => unknown): boolean {
  try {
    ask();
    return false;
  } catch (error) {
    if (error instanceof Refused) return true;
    throw error;
  }
}
