import { type Dialect, dialectOf } from '../dialects.js';
import { builtInOf, mappingOf } from './builtin/index.js';
import type { PlacedText } from './element.js';
import { scalarIn } from './fields.js';
import { Malformed } from './malformed.js';
import { type Mapping, type Node, readYaml } from './node.js';

const CONFIGURATION = 'project.conf';

/** The files of a project, each parsed once, when it is first asked for. */
export class ProjectFiles {
  readonly configuration: Mapping;
  readonly dialect: Dialect;
  /** The folder of elements, with a slash at its end; empty for the project's own folder. */
  readonly elementPath: string;
  /** What lists of texts came to that name no variable, by where they stand: see `Evaluation`. */
  readonly expanded = new WeakMap<Mapping, ReadonlyMap<string, readonly PlacedText[]>>();
  readonly #parsed = new Map<string, Mapping>();

  constructor(readonly texts: ReadonlyMap<string, string>) {
    if (!texts.has(CONFIGURATION)) {
      const hint = 'name the folder of a project; `convert` makes one';
      throw new Malformed(undefined, 'there is no project.conf', hint);
    }
    this.configuration = this.parse(CONFIGURATION);
    const key = (['min-version', 'format-version'] as const).find((each) =>
      this.configuration.entries.has(each),
    );
    if (!key) {
      throw new Malformed(
        this.configuration.at,
        'it says neither `format-version` (BuildStream 1) nor `min-version` (BuildStream 2)',
      );
    }
    this.dialect = dialectOf(key, scalarIn(this.configuration, key)?.text ?? '');
    const path = scalarIn(this.configuration, 'element-path')?.text ?? '.';
    const folder = path.replace(/^\.\/?/, '').replace(/\/*$/, '');
    this.elementPath = folder === '' ? '' : `${folder}/`;
  }

  get builtIn() {
    return builtInOf(this.dialect.version);
  }

  /** The paths of all elements, below the folder of elements. */
  elements(): string[] {
    return [...this.texts.keys()]
      .filter((path) => path.startsWith(this.elementPath) && path.endsWith('.bst'))
      .map((path) => path.slice(this.elementPath.length));
  }

  hasElement(path: string): boolean {
    return this.texts.has(this.elementPath + path);
  }

  /** True for an element that can be another one for other values of the options. */
  dependsOnOptions(path: string): boolean {
    const depends = (node: Node): boolean => {
      if (node.kind === 'scalar') return false;
      if (node.kind === 'list') return node.items.some(depends);
      if (node.entries.has('(?)')) return true;
      const includes = node.entries.get('(@)');
      const files = includes?.kind === 'list' ? includes.items : includes ? [includes] : [];
      return (
        files.some((file) => file.kind === 'scalar' && depends(this.parse(file.text, file))) ||
        [...node.entries.values()].some(depends)
      );
    };
    return depends(this.parse(this.elementPath + path));
  }

  parse(path: string, from?: Node): Mapping {
    const known = this.#parsed.get(path);
    if (known) return known;
    const text = this.texts.get(path.replace(/^\.\//, ''));
    if (text === undefined) throw new Malformed(from?.at, `there is no file ${path}`);
    const parsed = mappingOf(readYaml(path, text));
    this.#parsed.set(path, parsed);
    return parsed;
  }
}
