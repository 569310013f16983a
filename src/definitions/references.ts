import type { Report } from '../diagnostics/diagnostic.js';
import type { TextAt } from './model.js';
import { ambiguousPaths, resolvePath } from './resolve.js';
import type { Kind } from './schema.js';
import type { YamlDocument } from './yaml-document.js';

/** The documents of each kind that were accepted, by path. */
export type Documents = Readonly<Record<Kind, Map<string, YamlDocument>>>;

/** Finds the files that definitions refer to, and reports what leads nowhere. */
export class Resolver {
  readonly #documents: Documents;
  readonly #broken: ReadonlySet<string>;
  readonly #report: Report;
  readonly #paths: ReadonlySet<string>;

  /** @param broken paths of files that exist but could not be understood: no more is said of them. */
  constructor(documents: Documents, broken: ReadonlySet<string>, report: Report) {
    this.#documents = documents;
    this.#broken = broken;
    this.#report = report;
    this.#paths = new Set([...Object.values(documents).flatMap((map) => [...map.keys()]), ...broken]);
  }

  /** The path of the file that a reference means; undefined, after a report, if it leads to none of that kind. */
  resolve(
    reference: TextAt,
    kind: Kind,
    missing: 'missing-definition' | 'missing-chunk-file' | 'missing-system',
  ): string | undefined {
    const { text, at } = reference;
    if (text.startsWith('/') || text.split('/').includes('..')) {
      this.#report('outside-tree', at, `${text} leads out of the definitions`);
      return undefined;
    }
    const path = resolvePath(text, this.#paths);
    if (path === undefined) {
      const several = ambiguousPaths(text, this.#paths);
      if (several.length > 0) {
        const message = `${text} could be ${several.join(' or ')}`;
        this.#report(missing, at, message, 'write the path of the one that is meant');
      } else this.#report(missing, at, `there is no ${kind} file ${text}`, this.#hintFor(text));
      return undefined;
    }
    if (this.#documents[kind].has(path)) return path;
    if (!this.#broken.has(path)) this.#report('wrong-kind', at, `${path} is not a ${kind}`);
    return undefined;
  }

  /** True if a reference leads to a file that could not be understood. */
  isBroken({ text }: TextAt): boolean {
    const path = resolvePath(text, this.#paths);
    return path !== undefined && this.#broken.has(path);
  }

  /** Names the folder from which a reference would lead somewhere: another than the root was given. */
  #hintFor(text: string): string | undefined {
    if (!text.includes('/')) return undefined;
    const steps = text.replace(/^(\.\/)+/, '').split('/');
    const below = steps
      .map((_, index) => steps.slice(index + 1).join('/'))
      .find((path) => this.#paths.has(path));
    if (below !== undefined) {
      return `there is ${below}: name the folder above if that is the root of the definitions`;
    }
    const end = `/${steps.join('/')}`;
    const found = [...this.#paths].filter((path) => path.endsWith(end));
    if (found.length !== 1) return undefined;
    const folder = found[0]!.slice(0, -end.length);
    return `there is one in ${folder}: name that folder if it is the root of the definitions`;
  }
}
