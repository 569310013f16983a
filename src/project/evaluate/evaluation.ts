import { compareBytes } from '../../byte-order.js';
import type { Answers } from './ask-buildstream.js';
import { compose, settled } from './compose.js';
import type { Options } from './condition.js';
import { resolveDirectives } from './directives.js';
import {
  type CommandList,
  type Composition,
  commandLists,
  type DependencyAt,
  type EvaluatedElement,
  type PlacedText,
} from './element.js';
import { booleanIn, checkKeys, emptyAt, listIn, mappingIn, scalarIn, scalarOf } from './fields.js';
import { Malformed } from './malformed.js';
import type { List, Mapping, Node } from './node.js';
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
  readonly #staged = new Map<string, ReadonlySet<string>>();
  readonly #withoutCircle = new Set<string>();
  readonly #order = new Map<string, readonly DependencyAt[]>();
  readonly #reached = new Map<string, ReadonlySet<string>>();

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
    const made = isAbsent ? this.#nothing(path) : this.#told(this.#evaluate(path));
    this.#elements.set(path, made);
    return made;
  }

  /** True for an element that brings files of its own, and not just those of others. */
  hasFiles(path: string): boolean {
    return this.element(path).kind !== 'stack';
  }

  /**
   * The elements that are staged when an element is built: what it needs for building, and what that needs for running
   * (BuildStream: `Element.dependencies`, `Scope.BUILD`).
   */
  stagedFor(path: string): ReadonlySet<string> {
    const staged = new Set<string>();
    for (const dependency of this.element(path).dependencies.filter(({ isBuild }) => isBuild)) {
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
      for (const dependency of this.element(next).dependencies) {
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
      trail.push({ path: element, rest: [...this.element(element, by).dependencies] });
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
    const sorted = this.element(path)
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
    return {
      path,
      kind,
      at: parsed.at,
      dependencies: dependenciesOf(node),
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

  /** The element with what BuildStream itself says of it, in the places where it was read. */
  #told(element: EvaluatedElement): EvaluatedElement {
    const answer = this.answers.get(element.path);
    if (!answer) return element;
    const jobs = answer.variables.get('max-jobs') ?? '';
    const environment = [...answer.environment].map(([name, said]): [string, PlacedText] => {
      const own = element.environment.get(name);
      const isSame = own?.text.replaceAll(MAX_JOBS, jobs) === said;
      return [name, { text: isSame ? own!.text : said, at: own?.at ?? element.at }];
    });
    // BuildStream 1 prints commands as they are written, and what their variables come to apart from them.
    const variables = new Variables(element.variables.node, answer.variables);
    const expand = ({ text, at }: PlacedText): PlacedText =>
      this.files.version === 1 ? { text: variables.expand({ text, at }), at } : { text, at };
    const commands = [...(element.commands ?? [])].map(([list, own]): [CommandList, PlacedText[]] => [
      list,
      (answer.commands.get(list) ?? []).map((text, index) =>
        expand({ text, at: own[index]?.at ?? element.at }),
      ),
    ]);
    return {
      ...element,
      environment: new Map(environment),
      variables,
      commands: element.commands && new Map(commands),
    };
  }

  #nothing(path: string): EvaluatedElement {
    const { at } = this.#project;
    return {
      path,
      kind: 'absent',
      at,
      dependencies: [],
      sources: [],
      variables: new Variables(emptyAt(at)),
      commands: undefined,
      environment: new Map(),
      integrationCommands: [],
      splitRules: new Map(),
      composition: undefined,
    };
  }

  /** BuildStream 2 takes white space away at both ends of every text (`ScalarNode.as_str`). */
  #text(text: string): string {
    return this.files.version === 2 ? text.trim() : text;
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

  /** BuildStream 2 expands variables in sources as well. */
  #source(node: Node, variables: Variables): Mapping {
    if (node.kind !== 'mapping') throw new Malformed(node.at, 'a source has to be a mapping');
    if (!node.entries.has('kind')) throw new Malformed(node.at, 'the source has no `kind`');
    const expand = (value: Node): Node => {
      if (value.kind === 'scalar') {
        return this.files.version === 2 ? { ...value, text: variables.expand(value).trim() } : value;
      }
      if (value.kind === 'list') return { ...value, items: value.items.map(expand) };
      return { ...value, entries: new Map([...value.entries].map(([key, inner]) => [key, expand(inner)])) };
    };
    return expand(node) as Mapping;
  }
}

/** What stands for the number of jobs, which only the machine that builds knows. */
export const MAX_JOBS = '<max-jobs>';

function namesVariable(node: Node): boolean {
  if (node.kind === 'scalar') return node.text.includes('%{');
  const inner = node.kind === 'list' ? node.items : [...node.entries.values()];
  return inner.some(namesVariable);
}

function pick({ entries }: Mapping, keys: readonly string[]): Map<string, Node> {
  return new Map([...entries].filter(([key]) => keys.includes(key)));
}

function readOptions(
  declared: Mapping,
  given: ReadonlyMap<string, string>,
): { options: Options; variables: Mapping } {
  const options = new Map<string, string>();
  const variables = new Map<string, Node>();
  for (const [name, node] of declared.entries) {
    if (node.kind !== 'mapping') throw new Malformed(node.at, `the option \`${name}\` has to be a mapping`);
    const otherwise = scalarIn(node, 'default');
    const text = given.get(name) ?? otherwise?.text;
    if (text === undefined) throw new Malformed(node.at, `the option \`${name}\` has no default`);
    const values = listIn(node, 'values').items.map((value) => scalarOf(value).text);
    const isChecked = ['enum', 'arch', 'os'].includes(scalarIn(node, 'type')?.text ?? '');
    if (isChecked && values.length > 0 && !values.includes(text)) {
      const at = given.has(name) ? listIn(node, 'values').at : otherwise!.at;
      throw new Malformed(at, `the option \`${name}\` cannot be \`${text}\``);
    }
    options.set(name, text);
    const variable = scalarIn(node, 'variable');
    if (variable) variables.set(variable.text, { kind: 'scalar', text, at: node.at });
  }
  return { options, variables: { kind: 'mapping', entries: variables, at: declared.at } };
}

function dependenciesOf(node: Mapping): DependencyAt[] {
  const of = (key: string, isBuild: boolean, isRun: boolean) =>
    listIn(node, key).items.flatMap((item) => dependency(item, key, isBuild, isRun));
  return [
    ...of('build-depends', true, false),
    ...of('depends', true, true),
    ...of('runtime-depends', false, true),
  ];
}

function dependency(node: Node, key: string, isBuild: boolean, isRun: boolean): DependencyAt[] {
  if (node.kind === 'scalar') return [{ element: node.text, isBuild, isRun, at: node.at }];
  if (node.kind === 'list') throw new Malformed(node.at, `\`${key}\` holds a list`);
  const named = node.entries.get('filename');
  if (!named) throw new Malformed(node.at, 'the dependency has no `filename`');
  if (node.entries.has('junction')) throw new Malformed(node.at, 'junctions cannot be followed');
  const type = scalarIn(node, 'type')?.text ?? 'all';
  if (!['all', 'build', 'runtime'].includes(type)) {
    throw new Malformed(node.at, `\`${type}\` is no type of dependency`);
  }
  const files = named.kind === 'list' ? named.items : [named];
  return files.map((file) => ({
    element: scalarOf(file).text,
    isBuild: isBuild && type !== 'runtime',
    isRun: isRun && type !== 'build',
    at: file.at,
  }));
}

function compositionOf(config: Mapping): Composition {
  const names = (key: string) => listIn(config, key).items.map((item) => scalarOf(item).text);
  return {
    integrate: booleanIn(config, 'integrate', true),
    include: names('include'),
    exclude: names('exclude'),
    includeOrphans: booleanIn(config, 'include-orphans', true),
  };
}
