import { asTold, MAX_JOBS } from './answers.js';
import type { Answers } from './ask-buildstream.js';
import { compose, settled } from './compose.js';
import type { Options } from './condition.js';
import { compositionOf, placesOf } from './configuration.js';
import { dependenciesOf } from './dependencies.js';
import { DependencyGraph } from './dependency-graph.js';
import { resolveDirectives } from './directives.js';
import {
  type CommandList,
  commandLists,
  type DependencyAt,
  type EvaluatedElement,
  nothingAt,
  type PlacedText,
} from './element.js';
import { booleanIn, checkKeys, emptyAt, listIn, mappingIn, scalarIn, scalarOf } from './fields.js';
import { Malformed } from './malformed.js';
import type { List, Mapping, Node } from './node.js';
import { readOptions } from './options.js';
import type { ProjectFiles } from './project-files.js';
import { Variables } from './variables.js';

const elementKeys = new Set([
  'kind',
  'description',
  'depends',
  'build-depends',
  'runtime-depends',
  'sources',
  'variables',
  'environment',
  'environment-nocache',
  'config',
  'public',
  'sandbox',
]);

const buildConfig = new Set<string>([...commandLists, 'create-dev-shm', 'command-subdir']);
const composeConfig = new Set(['integrate', 'include', 'exclude', 'include-orphans']);
const scriptConfig = new Set(['commands', 'layout', 'root-read-only', 'create-dev-shm']);

/** Kinds of element that do not build with lists of commands. */
const otherKinds: ReadonlySet<string> = new Set(['compose', 'script']);

/**
 * A project with certain values of its options: what each of its elements comes to, from project.conf, what BuildStream
 * and its plugins bring along, includes and conditionals (BuildStream: `Project._load`, `Element.__extract_*`).
 */
export class Evaluation {
  readonly #project: Mapping;
  readonly #options: Options;
  readonly #optionVariables: Mapping;
  readonly #elements = new Map<string, EvaluatedElement>();
  readonly #kinds = new Map<string, Mapping>();
  /** What is staged for what. */
  readonly graph = new DependencyGraph((path, from) => this.element(path, from));

  /**
   * @param absent elements that need not be there; they are taken for some without anything.
   * @param answers what BuildStream itself says of elements, which counts instead.
   * @throws {Malformed}
   */
  constructor(
    readonly files: ProjectFiles,
    given: ReadonlyMap<string, string>,
    readonly absent: ReadonlySet<string>,
    readonly answers: Answers = new Map(),
  ) {
    const include = (path: string, from: Node) => files.parse(path, from);
    const declared = resolveDirectives(
      { ...files.configuration, entries: pick(files.configuration, ['options', '(@)']) },
      undefined,
      include,
    );
    const { options, variables } = readOptions(mappingIn(declared, 'options'), given);
    this.#options = options;
    this.#optionVariables = variables;
    this.#project = resolveDirectives(files.configuration, options, include);
  }

  /** The values that an option of the project can have; nothing if there is no such option, or it takes any. */
  valuesOf(option: string): readonly string[] {
    const declared = mappingIn(this.#project, 'options').entries.get(option);
    if (declared?.kind !== 'mapping') return [];
    return listIn(declared, 'values').items.map((value) => scalarOf(value).text);
  }

  /** What an alias of repositories leads to, by name. */
  get aliases(): ReadonlyMap<string, PlacedText> {
    const entries = [...mappingIn(this.#project, 'aliases').entries];
    return new Map(entries.map(([name, node]) => [name, scalarOf(node)]));
  }

  /** True for a kind of element that builds with lists of commands. */
  isBuildKind(kind: string): boolean {
    return this.files.builtIn.kinds.has(kind) && !otherKinds.has(kind);
  }

  /**
   * What an element comes to.
   *
   * @throws {Malformed} for what BuildStream would refuse; an element that is not there among it.
   */
  element(path: string, from?: DependencyAt): EvaluatedElement {
    const known = this.#elements.get(path);
    if (known) return known;
    const isAbsent = !this.files.hasElement(path);
    if (isAbsent && !this.absent.has(path)) throw new Malformed(from?.at, `there is no element ${path}`);
    const made = isAbsent ? nothingAt(path, this.#project.at) : this.#told(this.#evaluate(path));
    this.#elements.set(path, made);
    return made;
  }

  /** True for an element that brings files of its own, and not just those of others. */
  hasFiles(path: string): boolean {
    return this.element(path).kind !== 'stack';
  }

  #told(element: EvaluatedElement): EvaluatedElement {
    const answer = this.answers.get(element.path);
    return answer ? asTold(element, answer, this.files.dialect) : element;
  }

  #evaluate(path: string): EvaluatedElement {
    const parsed = this.files.parse(this.files.elementPath + path);
    const node = resolveDirectives(parsed, this.#options, (file, from) => this.files.parse(file, from));
    checkKeys(node, elementKeys, 'an element');
    const kind = scalarIn(node, 'kind')?.text;
    if (kind === undefined) throw new Malformed(parsed.at, 'the element has no `kind`');
    const defaults = this.#defaultsOf(kind);
    const variables = this.#variables(path, node, defaults);
    const environment = [
      mappingIn(this.files.builtIn.project, 'environment'),
      mappingIn(this.#project, 'environment'),
      mappingIn(defaults, 'environment'),
      mappingIn(node, 'environment'),
    ].reduce(compose);
    const texts = (list: List): readonly PlacedText[] =>
      list.items.map((item) => ({ text: this.#text(variables.expand(scalarOf(item))), at: item.at }));
    const config = settled(compose(mappingIn(defaults, 'config'), mappingIn(node, 'config')));
    const ownPublic = settled(mappingIn(mappingIn(node, 'public'), 'bst'));
    const usual = compose(
      mappingIn(this.files.builtIn.project, 'split-rules'),
      mappingIn(this.#project, 'split-rules'),
    );
    const kindRules = mappingIn(mappingIn(mappingIn(defaults, 'public'), 'bst'), 'split-rules');
    const rules = settled([usual, kindRules, mappingIn(ownPublic, 'split-rules')].reduce(compose));
    const isBuild = this.isBuildKind(kind);
    if (isBuild) checkKeys(config, buildConfig, `the config of ${kind}`);
    if (kind === 'compose') checkKeys(config, composeConfig, 'the config of compose');
    if (kind === 'script') checkKeys(config, scriptConfig, 'the config of script');
    const dependencies = dependenciesOf(node);
    return {
      path,
      kind,
      at: parsed.at,
      dependencies,
      sources: listIn(node, 'sources').items.map((source) => this.#source(source, variables)),
      variables,
      commands: isBuild
        ? this.#shared(config, () =>
            commandLists.map((list): [CommandList, readonly PlacedText[]] => [
              list,
              texts(listIn(config, list)),
            ]),
          )
        : undefined,
      environment: new Map(
        [...settled(environment).entries].map(([name, value]) => [
          name,
          { text: this.#text(variables.expand(scalarOf(value))), at: value.at },
        ]),
      ),
      integrationCommands: texts(listIn(ownPublic, 'integration-commands')),
      splitRules: this.#shared(rules, () =>
        [...rules.entries.keys()].map((domain) => [domain, texts(listIn(rules, domain))]),
      ),
      composition: kind === 'compose' ? compositionOf(config) : undefined,
      script:
        kind === 'script'
          ? { commands: texts(listIn(config, 'commands')), places: placesOf(config, dependencies, texts) }
          : undefined,
    };
  }

  /** Lists of texts by name: the very same object wherever they come from the same mapping and name no variable. */
  #shared<K extends string>(
    node: Mapping,
    make: () => [K, readonly PlacedText[]][],
  ): ReadonlyMap<K, readonly PlacedText[]> {
    const { expanded } = this.files;
    const known = expanded.get(node);
    if (known) return known as ReadonlyMap<K, readonly PlacedText[]>;
    const made = new Map(make());
    if (!namesVariable(node)) expanded.set(node, made);
    return made;
  }

  #text(text: string): string {
    return this.files.dialect.trimsTexts ? text.trim() : text;
  }

  /** What all elements of a kind have in common: what its plugin says, and what project.conf says instead. */
  #defaultsOf(kind: string): Mapping {
    const known = this.#kinds.get(kind);
    if (known) return known;
    const own = this.files.builtIn.kinds.get(kind) ?? emptyAt(this.#project.at);
    const made = compose(own, mappingIn(mappingIn(this.#project, 'elements'), kind));
    this.#kinds.set(kind, made);
    return made;
  }

  #variables(path: string, node: Mapping, defaults: Mapping): Variables {
    const own = mappingIn(node, 'variables');
    const name = scalarIn(this.#project, 'name')?.text ?? '';
    const projectVariables = mappingIn(this.#project, 'variables');
    for (const { entries } of [own, projectVariables, mappingIn(defaults, 'variables')]) {
      for (const protectedName of ['max-jobs', 'project-name', 'element-name']) {
        const found = entries.get(protectedName);
        if (found) throw new Malformed(found.at, `the variable \`${protectedName}\` cannot be changed`);
      }
    }
    const composed = [
      mappingIn(this.files.builtIn.project, 'variables'),
      projectVariables,
      this.#optionVariables,
      mappingIn(defaults, 'variables'),
      own,
    ].reduce(compose);
    const isSerial = booleanIn(composed, 'notparallel', false);
    const at = this.#project.at;
    const given = {
      'project-name': name,
      'element-name': path,
      'max-jobs': isSerial ? '1' : MAX_JOBS,
    };
    const entries = new Map(composed.entries);
    for (const [key, text] of Object.entries(given)) entries.set(key, { kind: 'scalar', text, at });
    return new Variables({ ...composed, entries });
  }

  #source(node: Node, variables: Variables): Mapping {
    if (node.kind !== 'mapping') throw new Malformed(node.at, 'a source has to be a mapping');
    if (!node.entries.has('kind')) throw new Malformed(node.at, 'the source has no `kind`');
    const expand = (value: Node): Node => {
      if (value.kind === 'scalar') {
        return this.files.dialect.expandsSources
          ? { ...value, text: this.#text(variables.expand(value)) }
          : value;
      }
      if (value.kind === 'list') return { ...value, items: value.items.map(expand) };
      return { ...value, entries: new Map([...value.entries].map(([key, inner]) => [key, expand(inner)])) };
    };
    return expand(node) as Mapping;
  }
}

function namesVariable(node: Node): boolean {
  if (node.kind === 'scalar') return node.text.includes('%{');
  const inner = node.kind === 'list' ? node.items : [...node.entries.values()];
  return inner.some(namesVariable);
}

function pick({ entries }: Mapping, keys: readonly string[]): Map<string, Node> {
  return new Map([...entries].filter(([key]) => keys.includes(key)));
}
