import { parse, stringify } from 'yaml';
import { globMatches, isComposed } from '../support/split-rules.js';

/*
 * Random single changes of a project, and whether each of them changes what BuildStream does: found out from the YAML
 * alone, by rules of its own, so that `verify` can be held against it.
 */

type Yaml = Record<string, unknown>;
type Texts = ReadonlyMap<string, string>;

/** One changed file, or two where something has been moved. */
export interface Mutation {
  readonly kind: string;
  readonly what: string;
  readonly texts: Texts;
  /** Whether BuildStream does anything else than before. */
  readonly isChange: boolean;
}

/** A random number generator with a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const ELEMENTS = 'elements/';
const lists = ['configure-commands', 'build-commands', 'install-commands', 'strip-commands'];

export class Mutator {
  readonly #parsed = new Map<string, Yaml>();
  readonly #elements: string[];
  readonly #chunks: string[];
  readonly #systems: string[];
  readonly #stacks: string[];
  #before: Map<string, string> | undefined;

  constructor(
    readonly texts: Texts,
    readonly random: () => number,
  ) {
    for (const [path, text] of texts) {
      if (/\.(bst|yml|conf)$/.test(path)) this.#parsed.set(path, parse(text, { schema: 'failsafe' }) as Yaml);
    }
    this.#elements = [...this.#parsed.keys()].filter((path) => path.startsWith(ELEMENTS));
    const kind = (path: string) => this.#parsed.get(path)!.kind as string;
    const isOther = ['stack', 'compose', 'import'];
    this.#chunks = this.#elements.filter((path) => !isOther.includes(kind(path)));
    this.#systems = this.#elements.filter((path) => this.#parsed.get(path)!['(?)'] !== undefined);
    this.#stacks = this.#elements.filter((path) => kind(path) === 'stack');
  }

  /** All kinds of change, each a function that makes one or finds nothing to change. */
  readonly kinds: Readonly<Record<string, () => Mutation | undefined>> = {
    'dependency dropped': () => this.#dependency(this.#pick(this.#elements), true),
    'dependency added': () => this.#dependency(this.#pick(this.#elements), false),
    'stratum dropped from a system': () => this.#dependency(this.#pick(this.#systems), true),
    'chunk dropped from a stratum': () => this.#dependency(this.#pick(this.#stacks), true),
    'command changed': () => this.#command((all, at) => all.with(at, `${all[at]} --changed`)),
    'command lost': () => this.#command((all, at) => all.filter((_, index) => index !== at)),
    'command added': () => this.#command((all, at) => [...all.slice(0, at), 'true', ...all.slice(at)]),
    'commands reordered': () => this.#command(reorder),
    'inherited command changed': () => this.#inherited(),
    'source changed': () => this.#source(),
    'integration changed': () => this.#integration(),
    'variable changed': () => this.#variable(),
    'environment changed': () => this.#environment(),
    'split rule changed': () => this.#splitRule(),
    'composition changed': () => this.#composition(),
  };

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.random() * all.length)]!;
  }

  /** The project with one file changed. */
  #with(path: string, change: (yaml: Yaml) => void): Map<string, string> {
    const yaml = structuredClone(this.#parsed.get(path)!);
    change(yaml);
    return new Map(this.texts).set(path, stringify(yaml, { schema: 'failsafe', lineWidth: 0 }));
  }

  #mutation(kind: string, what: string, texts: Texts, isChange: boolean): Mutation {
    return { kind, what, texts, isChange };
  }

  #dependency(path: string, isDrop: boolean): Mutation | undefined {
    const yaml = this.#parsed.get(path)!;
    const keys = ['depends', 'build-depends'].filter((key) => Array.isArray(yaml[key]));
    const isStack = yaml.kind === 'stack';
    const key = isDrop ? this.#pick(keys) : isStack ? 'depends' : this.#pick(['depends', 'build-depends']);
    if (key === undefined || yaml.kind === 'import') return undefined;
    const listed = (yaml[key] ?? []) as string[];
    const target = isDrop ? this.#pick(listed) : this.#pick(this.#elements).slice(ELEMENTS.length);
    if (!isDrop && (this.#reaches(target).has(path.slice(ELEMENTS.length)) || listed.includes(target)))
      return undefined;
    if (!isDrop && this.#systems.includes(ELEMENTS + target)) return undefined;
    const texts = this.#with(path, (changed) => {
      changed[key] = isDrop ? listed.filter((each) => each !== target) : [...listed, target];
    });
    const what = `${path}: ${key} ${isDrop ? 'without' : 'and'} ${target}`;
    return this.#mutation('', what, texts, this.#stages(texts));
  }

  #reaches(element: string): Set<string> {
    const found = new Set([element]);
    for (const each of found) {
      const yaml = this.#parsed.get(ELEMENTS + each) ?? {};
      for (const key of ['depends', 'build-depends']) {
        for (const next of (yaml[key] as string[] | undefined) ?? []) found.add(next);
      }
    }
    return found;
  }

  /** Whether any build or system has other elements with files in its sandbox than before. */
  #stages(texts: Texts): boolean {
    this.#before ??= stagedSets(this.#parsed);
    const parsed = new Map(this.#parsed);
    for (const [path, text] of texts) {
      if (text !== this.texts.get(path)) parsed.set(path, parse(text, { schema: 'failsafe' }) as Yaml);
    }
    const after = stagedSets(parsed);
    return [...this.#before].some(([path, set]) => after.get(path) !== set);
  }

  /** A place with commands: an element's list, or what it puts before or after an inherited one. */
  #command(change: (all: string[], at: number) => string[] | undefined): Mutation | undefined {
    const path = this.#pick(this.#chunks);
    const config = this.#parsed.get(path)!.config as Yaml | undefined;
    const places = lists.flatMap((list): string[][] => {
      const value = config?.[list];
      if (Array.isArray(value)) return value.length > 0 ? [[list]] : [];
      return Object.entries((value ?? {}) as Yaml).flatMap(([directive, inner]) =>
        (inner as string[]).length > 0 ? [[list, directive]] : [],
      );
    });
    if (places.length === 0) return undefined;
    const [list, directive] = this.#pick(places);
    const holder = (yaml: Yaml) =>
      (directive === undefined ? yaml.config : (yaml.config as Yaml)[list!]) as Record<string, string[]>;
    const key = directive ?? list!;
    const all = holder(this.#parsed.get(path)!)[key]!;
    const made = change(all, Math.floor(this.random() * all.length));
    if (!made) return undefined;
    const texts = this.#with(path, (yaml) => {
      holder(yaml)[key] = made;
    });
    return this.#mutation('', `${path}: ${list} ${directive ?? ''}`, texts, true);
  }

  /** A command of project.conf or of an include file: a change for the elements that inherit it. */
  #inherited(): Mutation | undefined {
    const overrides = Object.keys(this.#parsed.get('project.conf')!.elements as Yaml);
    const files = [...this.#parsed.keys()].filter((path) => path.startsWith('include/build-systems/'));
    const target = this.#pick([...overrides, ...files]);
    const isFile = files.includes(target);
    const path = isFile ? target : 'project.conf';
    const configOf = (yaml: Yaml) =>
      (isFile ? yaml.config : ((yaml.elements as Yaml)[target] as Yaml).config) as Record<string, string[]>;
    const list = this.#pick(lists.filter((each) => configOf(this.#parsed.get(path)!)[each]!.length > 0));
    if (list === undefined) return undefined;
    const texts = this.#with(path, (yaml) => {
      configOf(yaml)[list]!.push('echo changed');
    });
    const users = this.#chunks
      .map((each) => this.#parsed.get(each)!)
      .filter((yaml) => {
        const included = ([yaml['(@)'] ?? []].flat() as string[]).filter((file) => files.includes(file));
        const inherits = isFile ? included.includes(target) : yaml.kind === target && included.length === 0;
        const own = (yaml.config as Yaml | undefined)?.[list] as Yaml | string[] | undefined;
        return inherits && !Array.isArray(own) && !(own && '(=)' in own);
      });
    return this.#mutation('', `${target}: ${list}`, texts, users.length > 0);
  }

  #source(): Mutation | undefined {
    const path = this.#pick(this.#chunks);
    const [source] = (this.#parsed.get(path)!.sources ?? []) as Record<string, string>[];
    if (!source) return undefined;
    const key = this.#pick(['ref', 'ref', 'url', 'track'].filter((each) => source[each] !== undefined));
    const old = source[key]!;
    const value = key === 'ref' ? (old.startsWith('0') ? '1' : '0') + old.slice(1) : `${old}-changed`;
    const texts = this.#with(path, (yaml) => {
      (yaml.sources as Yaml[])[0]![key] = value;
    });
    return this.#mutation('', `${path}: ${key}`, texts, true);
  }

  #integration(): Mutation | undefined {
    const commands = (yaml: Yaml) =>
      ((yaml.public as Yaml | undefined)?.bst as Record<string, string[]> | undefined)?.[
        'integration-commands'
      ] ?? [];
    const path = this.#pick(this.#elements.filter((each) => commands(this.#parsed.get(each)!).length > 0));
    // The parts of the base that no system holds, and the base itself, are no chunks.
    if (path === undefined || /\/(minimal|runtime|sysroot)\.bst$/.test(path)) return undefined;
    const all = commands(this.#parsed.get(path)!);
    const at = Math.floor(this.random() * all.length);
    const set = (yaml: Yaml, made: string[]) => {
      ((yaml.public as Yaml).bst as Yaml)['integration-commands'] = made;
    };
    const without = all.filter((_, index) => index !== at);
    const how = this.#pick(['lost', 'changed', 'reordered', 'moved']);
    if (how === 'reordered') {
      const made = reorder(all, at);
      if (!made) return undefined;
      return this.#mutation(
        '',
        `${path}: reordered`,
        this.#with(path, (yaml) => set(yaml, made)),
        true,
      );
    }
    if (how === 'changed') {
      const made = all.with(at, `${all[at]} --changed`);
      return this.#mutation(
        '',
        `${path}: changed`,
        this.#with(path, (yaml) => set(yaml, made)),
        true,
      );
    }
    const texts = this.#with(path, (yaml) => set(yaml, without));
    if (how === 'moved') {
      const other = this.#pick(this.#chunks);
      if (other === path) return undefined;
      const target = this.#with(other, (yaml) => {
        const own = (yaml.public as Yaml | undefined) ?? {};
        const bst = (own.bst as Yaml | undefined) ?? {};
        const there = (bst['integration-commands'] as string[] | undefined) ?? [];
        yaml.public = { ...own, bst: { ...bst, 'integration-commands': [...there, all[at]!] } };
      });
      texts.set(other, target.get(other)!);
      return this.#mutation('', `${path}: moved to ${other}`, texts, true);
    }
    return this.#mutation('', `${path}: lost`, texts, true);
  }

  #variable(): Mutation | undefined {
    if (this.random() < 0.3) return this.#projectVariable();
    const path = this.#pick(
      this.#chunks.filter((each) => this.random() < 0.3 || this.#parsed.get(each)!.variables),
    );
    if (path === undefined) return undefined;
    const yaml = this.#parsed.get(path)!;
    const name = this.#pick(['prefix', 'notparallel', 'build-root', 'unused']);
    const old = (yaml.variables as Record<string, string> | undefined)?.[name];
    const value = name === 'notparallel' ? (old === undefined ? 'True' : 'False') : '/changed/there';
    const texts = this.#with(path, (changed) => {
      changed.variables = { ...((changed.variables as Yaml) ?? {}), [name]: value };
    });
    // A number of jobs of its own hides whether the build is parallel.
    const hasJobs = (yaml.environment as Yaml | undefined)?.MAKEFLAGS !== undefined;
    const isNamed = JSON.stringify(yaml.config ?? {}).includes(`${old}`) && old !== undefined;
    const isBase = path.startsWith(`${ELEMENTS}base/`);
    const isChange =
      name === 'prefix' ||
      (name === 'notparallel' && !hasJobs) ||
      (name === 'build-root' && (isNamed || isBase));
    return this.#mutation('', `${path}: ${name}`, texts, isChange);
  }

  #projectVariable(): Mutation | undefined {
    const name = this.#pick(['system-only', 'pct', 'cpu', 'abi', 'case']);
    const conf = this.#parsed.get('project.conf')!;
    const cases = (conf.variables as Yaml)['(?)'] as Record<string, Yaml>[];
    const uses = (text: string) =>
      [...this.texts].some(([path, all]) => path !== 'project.conf' && all.includes(text));
    if (name === 'case') {
      const [condition] = Object.keys(this.#pick(cases));
      const arch = /"(.*)"/.exec(condition!)![1]!;
      const texts = this.#with('project.conf', (yaml) => {
        const all = (yaml.variables as Yaml)['(?)'] as Record<string, Yaml>[];
        const found = all.find((each) => condition! in each)!;
        for (const key of Object.keys(found[condition!]!)) found[condition!]![key] = 'changed';
      });
      const isBuilt = this.#systems.some((path) => this.texts.get(path)!.includes(`--option arch ${arch}`));
      return this.#mutation('', `project.conf: ${condition}`, texts, isBuilt);
    }
    const texts = this.#with('project.conf', (yaml) => {
      (yaml.variables as Yaml)[name] = 'changed';
    });
    // Every architecture has a case of its own for what its name does not say.
    const told = new Set(
      cases.flatMap((each) =>
        Object.entries(each).flatMap(([c, v]) => (name in v ? [/"(.*)"/.exec(c)![1]!] : [])),
      ),
    );
    const archs = this.#systems.map((path) => /--option arch (\S+?)'?$/m.exec(this.texts.get(path)!)![1]!);
    const isUsual = archs.some((arch) => !told.has(arch));
    const isChange = name === 'cpu' || name === 'abi' ? isUsual : uses(`%{${name}}`);
    return this.#mutation('', `project.conf: ${name}`, texts, isChange);
  }

  #environment(): Mutation | undefined {
    const isProject = this.random() < 0.3;
    const path = isProject ? 'project.conf' : this.#pick(this.#chunks);
    const names = ['TERM', 'LC_ALL', 'HOME', 'TARGET', 'DESTDIR', 'MORPH_ARCH', 'CFLAGS', 'PATH'];
    const name = this.#pick(names);
    const texts = this.#with(path, (yaml) => {
      yaml.environment = { ...((yaml.environment as Yaml) ?? {}), [name]: 'changed' };
    });
    // A value of its own is not touched by what project.conf says; some chunk goes by that for each name.
    return this.#mutation('', `${path}: ${name}`, texts, true);
  }

  #splitRule(): Mutation | undefined {
    const own = this.#chunks.filter((path) => this.#ownRules(this.#parsed.get(path)!) !== undefined);
    const isProject = own.length === 0 || this.random() < 0.5;
    const path = isProject ? 'project.conf' : this.#pick(own);
    const rulesOf = (yaml: Yaml) =>
      (isProject ? yaml['split-rules'] : this.#ownRules(yaml)) as Record<string, string[]>;
    const rules = rulesOf(this.#parsed.get(path)!);
    const domain = this.#pick(Object.keys(rules).filter((each) => rules[each]!.length > 0));
    if (domain === undefined) return undefined;
    const globs = rules[domain]!;
    const at = Math.floor(this.random() * globs.length);
    const isAdd = this.random() < 0.5;
    const added = this.#pick(['/opt/**', '/etc/*', globs[0]!]);
    const made = isAdd ? [...globs, added] : globs.filter((_, index) => index !== at);
    const texts = this.#with(path, (yaml) => {
      rulesOf(yaml)[domain] = made;
    });
    const probes = (isAdd ? [added] : [globs[at]!]).flatMap(pathsOf);
    const claims = (by: readonly string[], file: string) => by.some((glob) => globMatches(glob, file));
    const isChange = probes.some((file) => claims(globs, file) !== claims(made, file));
    return this.#mutation(
      '',
      `${path}: ${domain} ${isAdd ? `and ${added}` : `without ${globs[at]}`}`,
      texts,
      isChange,
    );
  }

  #ownRules(yaml: Yaml): Record<string, string[]> | undefined {
    return ((yaml.public as Yaml | undefined)?.bst as Yaml | undefined)?.['split-rules'] as never;
  }

  #composition(): Mutation | undefined {
    const path = this.#pick(this.#systems);
    const config = this.#parsed.get(path)!.config as Record<string, string[]>;
    const how = this.#pick(['include', 'exclude', 'unexclude', 'uninclude', 'orphans', 'integrate']);
    const domain = this.#pick(['devel', 'doc', 'bins', 'locale', 'all', 'nothing-has-it']);
    const change = (all: Record<string, unknown>) => {
      const [include, exclude] = [config.include ?? [], config.exclude ?? []];
      if (how === 'include') all.include = [...include, domain];
      if (how === 'exclude') all.exclude = [...exclude, domain];
      if (how === 'unexclude') all.exclude = exclude.slice(1);
      if (how === 'uninclude') all.include = include.slice(0, -1);
      if (how === 'orphans')
        all['include-orphans'] = `${config['include-orphans'] as unknown}` === 'True' ? 'False' : 'True';
      if (how === 'integrate') all.integrate = 'False';
    };
    if (how === 'uninclude' && (config.include ?? []).length === 0) return undefined;
    const made = structuredClone(config) as Record<string, string[]>;
    change(made);
    const texts = this.#with(path, (yaml) => {
      yaml.config = made;
    });
    const isChange = how === 'integrate' || this.#holdsOtherwise(path, config, made);
    return this.#mutation('', `${path}: ${how} ${domain}`, texts, isChange);
  }

  /** Whether a system holds other files of what it stages: tried for paths of every glob there is. */
  #holdsOtherwise(path: string, before: Yaml, after: Yaml): boolean {
    const usual = this.#parsed.get('project.conf')!['split-rules'] as Record<string, string[]>;
    const asConfig = (config: Yaml) => ({
      include: (config.include ?? []) as string[],
      exclude: (config.exclude ?? []) as string[],
      'include-orphans': `${config['include-orphans'] as unknown}` !== 'False',
    });
    const [a, b] = [asConfig(before), asConfig(after)];
    for (const each of stagedFor(this.#parsed, path.slice(ELEMENTS.length))) {
      const yaml = this.#parsed.get(ELEMENTS + each)!;
      if (yaml.kind === 'stack') continue;
      const included = ([yaml['(@)'] ?? []].flat() as string[]).map(
        (file) => this.#ownRules(this.#parsed.get(file)!) ?? {},
      );
      const rules = new Map(
        Object.entries(Object.assign({}, usual, ...included, this.#ownRules(yaml) ?? {}) as typeof usual),
      );
      // Of the marker it is known what files there are.
      const files = each.endsWith('/system-marker.bst')
        ? ['baserock', 'baserock/system']
        : [...new Set([...rules.values()].flat())].flatMap(pathsOf).concat('x');
      if (files.some((file) => isComposed(a, rules, file) !== isComposed(b, rules, file))) return true;
    }
    return false;
  }
}

function reorder(all: string[], at: number): string[] | undefined {
  const other = all.findIndex((text) => text !== all[at]);
  if (other < 0) return undefined;
  return all.with(at, all[other]!).with(other, all[at]!);
}

/** Paths that a glob matches. */
function pathsOf(glob: string): string[] {
  const fill = (name: string) =>
    glob
      .replace(/^\//, '')
      .replace(/\[(.)[^\]]*\]/g, '$1')
      .replace(/\*\*/g, `${name}/${name}`)
      .replace(/\*/g, name)
      .replace(/\?/g, 'q');
  return ['q', '1', ''].map(fill).filter((path) => path !== '' && !/(^|\/)(\/|$)/.test(path));
}

/** What is staged for each element that is built or composed, as one text for each. */
function stagedSets(parsed: ReadonlyMap<string, Yaml>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [path, yaml] of parsed) {
    if (!path.startsWith(ELEMENTS)) continue;
    // Stacks that nothing builds on have no sandbox, but stand for their elements all the same.
    const staged = stagedFor(
      parsed,
      path.slice(ELEMENTS.length),
      yaml.kind === 'stack' ? ['depends'] : undefined,
    );
    const commands = (each: string) =>
      JSON.stringify((parsed.get(ELEMENTS + each)?.public as Yaml | undefined) ?? {});
    const isGuarded = [...staged].some((each) => commands(each).includes('%{system-only}'));
    const counts = (each: string) => {
      // The marker is looked for by guarded commands, and its file never stays in a system.
      if (each === 'base/system-marker.bst') return isGuarded || yaml.kind !== 'compose';
      return parsed.get(ELEMENTS + each)?.kind !== 'stack' || commands(each).includes('integration-commands');
    };
    const withFiles = [...staged].filter(counts);
    if (/\/build-deps\.bst$/.test(path) || yaml.kind === 'import') continue;
    found.set(path, withFiles.sort().join());
  }
  return found;
}

function stagedFor(
  parsed: ReadonlyMap<string, Yaml>,
  element: string,
  keys = ['depends', 'build-depends'],
): Set<string> {
  const of = (name: string, key: string) => (parsed.get(ELEMENTS + name)?.[key] ?? []) as string[];
  const found = new Set(keys.flatMap((key) => of(element, key)));
  for (const each of found) for (const next of of(each, 'depends')) found.add(next);
  return found;
}
