import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type MappingName, nestedMappings } from '../../src/definitions/schema.js';
import { YamlDocument } from '../../src/definitions/yaml-document.js';
import { convert, type Definitions, type Diagnostic, renderProject } from '../../src/index.js';
import { type FieldRule, fieldRules } from '../../src/transformer/fields.js';
import { corpora, describeCorpus } from '../support/corpus.js';
import { loadCorpus } from '../support/corpus-projects.js';
import { briefly, definitionsOf, SHA } from '../support/definitions.js';
import { textFiles } from '../support/text-files.js';

type Mapping = Record<string, unknown>;

/**
 * Holds a conversion against the table of what becomes of each field: every value of every file has to be found in
 * the elements that its definition becomes, or among the diagnostics, or in the table as without effect.
 */
class Accountant {
  readonly unaccounted: string[] = [];
  readonly counts = { converted: 0, ignored: 0, reported: 0 };
  readonly diagnostics: readonly Diagnostic[];
  readonly elements = new Map<string, Set<string>>();

  constructor(readonly definitions: Definitions) {
    const { project, diagnostics } = convert(definitions, { builder: 'x86_64' });
    this.diagnostics = [...definitions.diagnostics, ...diagnostics];
    const files = [...textFiles(renderProject(project, 1))];
    for (const [path, { content }] of files) {
      if (path.startsWith('elements/')) this.elements.set(path.slice(9), scalarsOf(parse(content)));
    }
    const everything = scalarsOf(
      files.filter(([path]) => !path.startsWith('files/')).map(([, { content }]) => parseOrText(content)),
    );
    for (const [path, text] of definitions.files) {
      if (!/^(?:VERSION|DEFAULTS)$|\.(?:morph|def)$/.test(path)) continue;
      const document = new YamlDocument(path, text);
      const value = document.value as Mapping | undefined;
      if (!value) this.#reported(path, document.place.line, Number.POSITIVE_INFINITY, ['yaml-syntax'], path);
      else this.#file(path, document, value, everything);
    }
  }

  #file(path: string, document: YamlDocument, value: Mapping, everything: Set<string>): void {
    const stem = path.replace(/\.(morph|def)$/, '');
    const own = { document, from: 1, to: Number.POSITIVE_INFINITY };
    if (path === 'VERSION') return;
    if (path === 'DEFAULTS') this.#mapping('DEFAULTS', value, { ...own, elements: [everything] });
    else if (value.kind === 'stratum') this.#stratum(stem, value, own);
    else if (value.kind === 'system') {
      this.#mapping('system', value, { ...own, elements: [this.elements.get(`${stem}.bst`)!] });
    } else if (value.kind === 'cluster') this.#cluster(stem, value, own);
    else this.#chunkFile(path, value, own);
  }

  #stratum(stem: string, value: Mapping, own: { document: YamlDocument; from: number; to: number }): void {
    if (this.#isBase(stem)) {
      this.#reported(`${stem}.morph`, 1, Number.POSITIVE_INFINITY, ['base-replaced'], stem);
      return;
    }
    const { chunks, ...rest } = value;
    const stacks = [`${stem}.bst`, `${stem}/build-deps.bst`].map((path) => this.elements.get(path) ?? []);
    const both = new Set(stacks.flatMap((scalars) => [...scalars]));
    this.#mapping('stratum', rest, { ...own, elements: [both] }, value);
    (chunks as Mapping[] | undefined)?.forEach((entry, index) => {
      const { line, endLine } = own.document.placeOf(chunks as object, index);
      const name = (entry.name ?? entry.morph) as string;
      const element = this.elements.get(`${stem}/${name}.bst`);
      if (!element) this.unaccounted.push(`${stem}: no element for ${name}`);
      else this.#mapping('chunk entry', entry, { ...own, from: line, to: endLine, elements: [element] });
    });
  }

  #cluster(stem: string, value: Mapping, own: { document: YamlDocument; from: number; to: number }): void {
    const elements = [...this.elements].filter(([path]) => path.startsWith(`${stem}/`));
    const all = new Set(elements.flatMap(([, scalars]) => [...scalars]));
    const { systems, ...rest } = value;
    this.#mapping('cluster', rest, { ...own, elements: [all] }, value);
    this.#deployed(stem, (systems ?? []) as Mapping[], own.document);
  }

  /** Systems of a cluster, or subsystems of a deployment: every variable of theirs. */
  #deployed(parent: string, systems: readonly Mapping[], document: YamlDocument): void {
    for (const { deploy, subsystems, ...entry } of systems) {
      const defaults = (entry['deploy-defaults'] ?? {}) as Mapping;
      for (const [name, given] of Object.entries((deploy ?? {}) as Record<string, Mapping | null>)) {
        const path = `${parent}/${name}`;
        const element = this.elements.get(`${path}.bst`);
        if (!element) {
          const { line } = document.placeOfKey(deploy as object, name);
          const system = document.placeOf(entry, 'morph').line;
          const code = given?.type === undefined ? 'upgrade-only' : 'missing-system';
          this.#reported(document.file, Math.min(line, system), line + 3, [code], path);
          continue;
        }
        if (!hasDependency(element, entry.morph as string)) this.unaccounted.push(`${path}: no system`);
        for (const [key, content] of Object.entries({ ...defaults, ...given })) {
          const source = given && key in given ? given : defaults;
          this.#variable(path, key, content, document.textOf(source, key) ?? '', element);
        }
        this.#deployed(path, (subsystems ?? []) as Mapping[], document);
      }
    }
  }

  /** A variable is in the environment of its element, is how that is written, or is spoken of in a diagnostic. */
  #variable(path: string, key: string, content: unknown, text: string, element: Set<string>): void {
    const name = path.split('/').at(-1)!;
    const said = (code: string, what: string) =>
      this.diagnostics.some(
        (each) => each.code === code && each.message.includes(`\`${name}\``) && each.message.includes(what),
      );
    if (this.#isUsed(path, key, content, text, element)) this.counts.converted += 1;
    else if (
      said('deployment-transfer', key === 'location' ? text : key) ||
      said('unsupported-write-extension', key === 'location' ? '' : key) ||
      (key.startsWith('upgrade-') && said('deployment-layout', 'could be upgraded'))
    ) {
      this.counts.reported += 1;
    } else this.unaccounted.push(`${path} ${key}: ${JSON.stringify(content)}`);
  }

  #isUsed(path: string, key: string, content: unknown, text: string, element: Set<string>): boolean {
    const words: Record<string, string> = { true: 'True', false: 'False', null: 'None' };
    if (key === 'type') return [...element].some((value) => value.startsWith('include/deployment/'));
    if (key === 'location') {
      const parent = this.elements.get(`${path.split('/').slice(0, -1).join('/')}.bst`);
      const place = text.replace(/^\//, '');
      if (parent)
        return [...parent].some(
          (value) => value.startsWith('/steps/add-subsystem ') && value.endsWith(` ${place}`),
        );
      return element.has(text.split('/').at(-1)!);
    }
    if (!element.has(key)) return false;
    if (Array.isArray(content)) return [...element].some((value) => value.startsWith('[{'));
    return element.has(words[String(content)] ?? String(content));
  }

  #chunkFile(path: string, value: Mapping, own: { document: YamlDocument; from: number; to: number }): void {
    const chunks = this.definitions.strata
      .flatMap((stratum) => stratum.chunks)
      .filter((chunk) => chunk.file === path);
    if (chunks.length === 0) {
      this.#reported(path, 0, Number.POSITIVE_INFINITY, ['unused-definition', 'ignored-chunk-file'], path);
    } else if (!this.#isBase(chunks[0]!.stratum)) {
      const elements = chunks.map(({ stratum, name }) => this.elements.get(`${stratum}/${name}.bst`)!);
      this.#mapping('chunk', value, { ...own, elements });
    }
  }

  #isBase(stem: string): boolean {
    const stratum = this.definitions.strata.find(({ path }) => path === stem);
    return stratum?.chunks.some(({ bootstrap }) => bootstrap) ?? false;
  }

  #mapping(
    mapping: MappingName,
    value: Mapping,
    context: { document: YamlDocument; from: number; to: number; elements: Set<string>[] },
    container: Mapping = value,
  ): void {
    const { document, from, to } = context;
    for (const field of Object.keys(value)) {
      const where = `${document.file} ${mapping}.${field}`;
      const rule = (fieldRules[mapping] as Record<string, FieldRule>)[field];
      const inner = nestedMappings[mapping]?.[field];
      const content = value[field];
      if (!rule) {
        const { line } = document.placeOfKey(container, field);
        this.#reported(document.file, line, line, ['unknown-field'], where);
      } else if ('ignored' in rule) this.counts.ignored += 1;
      else if (isEmpty(content)) this.counts.converted += 1;
      else if (inner && !('reported' in rule)) {
        for (const each of Object.values(content as object)) {
          if (typeof each === 'object' && each !== null) this.#mapping(inner, each as Mapping, context);
        }
      } else if (rule.becomes && this.#isIn(context.elements, field, content, document, container)) {
        this.counts.converted += 1;
      } else if ('reported' in rule) this.#reported(document.file, from, to, rule.reported, where);
      else this.unaccounted.push(`${where}: ${JSON.stringify(content)}`);
    }
  }

  /** True if all texts of a value are in all of the elements. */
  #isIn(
    elements: Set<string>[],
    field: string,
    content: unknown,
    document: YamlDocument,
    container: Mapping,
  ): boolean {
    if (['kind', 'build-mode', 'indicators'].includes(field)) return true;
    // Which files these come to is held against the facts of ybd in selection.test.ts.
    if (['artifacts', 'split-rules'].includes(field)) return true;
    if (field === 'products') {
      return elements.every((element) => [...element].some((text) => text.startsWith('/')));
    }
    const texts =
      typeof content === 'object' && content !== null
        ? textsIn(content, document)
        : [document.textOf(container, field) ?? ''];
    const isFound = (element: Set<string>, text: string): boolean => {
      if (field === 'name') return true; // the element was found by it
      if (field === 'arch') return element.has(`arch != "${text}"`);
      if (field === 'max-jobs') return element.has('notparallel') || element.has(`-j${text}`);
      if (field === 'morph') return hasDependency(element, text) || this.#hasChunkFile(text);
      if (field === 'artifacts') return text === 'build-essential-minimal' && element.has('base/minimal.bst');
      if (field === 'build-depends') return hasDependency(element, text);
      if (field === 'configuration-extensions') return this.#isStep(text);
      if (field === 'build-system') return true; // commands are compared by the facts of ybd
      return element.has(text);
    };
    if (field === 'description') {
      const description = texts.join('\n');
      return elements.every((element) => [...element].some((text) => text.endsWith(description)));
    }
    return elements.every((element) => texts.every((text) => isFound(element, text)));
  }

  /** True if some deployment has the step of an extension; install-files has none where nothing names a manifest. */
  #isStep(extension: string): boolean {
    const name = extension.replace(/^.*\//, '');
    const hasStep = (scalars: Set<string>, step: string) =>
      [...scalars].some((text) => text.startsWith(`/steps/${step}`));
    if (name !== 'install-files') {
      const step = name === 'install-essential-files' ? 'install-files' : name;
      return [...this.elements.values()].some((scalars) => hasStep(scalars, step));
    }
    return [...this.elements]
      .filter(([, scalars]) => scalars.has('INSTALL_FILES') && !hasStep(scalars, name))
      .every(([path]) => {
        const deployment = `\`${path.replace(/^.*\/|\.bst$/g, '')}\` installs the files`;
        return this.diagnostics.some(
          ({ code, message }) => code === 'missing-file' && message.startsWith(deployment),
        );
      });
  }

  #hasChunkFile(path: string): boolean {
    return this.definitions.strata.some(({ chunks }) => chunks.some(({ file }) => file === path));
  }

  #reported(file: string, from: number, to: number, codes: readonly string[], where: string): void {
    const found = this.diagnostics.some(
      ({ code, place }) =>
        codes.includes(code) &&
        ((place?.file === file && place.line >= from && place.line <= to) ||
          (code === 'ignored-chunk-file' && place !== undefined)),
    );
    if (found) this.counts.reported += 1;
    else this.unaccounted.push(`${where}: none of ${codes.join(', ')}`);
  }
}

/** The texts of a value's lists, or of its members if it holds no list: the commands of `system-integration`. */
function textsIn(value: object, document: YamlDocument): string[] {
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      typeof item === 'boolean' ? String(item) : (document.textOf(value, index) ?? ''),
    );
  }
  const inner = Object.values(value).filter((member) => typeof member === 'object' && member !== null);
  return inner.length > 0 ? inner.flatMap((member) => textsIn(member, document)) : [...scalarsOf(value)];
}

/** `strata/core.morph` stands for strata/core.bst or the base, `bash` for a sibling of that name. */
function hasDependency(element: Set<string>, name: string): boolean {
  const stem = name.replace(/\.morph$/, '');
  const isBase =
    stem === 'strata/build-essential' && (element.has('base.bst') || element.has('base/minimal.bst'));
  return isBase || [...element].some((text) => text === `${stem}.bst` || text.endsWith(`/${stem}.bst`));
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function parseOrText(content: string): unknown {
  try {
    return parse(content);
  } catch {
    return content;
  }
}

/** All keys and values, without what the conversion puts in front of and into commands. */
function scalarsOf(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) scalarsOf(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      found.add(key);
      scalarsOf(inner, found);
    }
  } else
    found.add(
      String(value)
        .replace(/^%\{system-only\}\n/, '')
        .replaceAll('%{pct}', '%'),
    );
  return found;
}

describe('accounting', () => {
  const tree = (chunk: string) => ({
    'strata/core.morph': `name: core\nkind: stratum\nchunks:\n- name: bash\n  repo: upstream:bash\n  ref: ${SHA}\n${chunk}`,
  });

  test('notices a value that is neither converted nor reported', () => {
    const definitions = definitionsOf(tree('  build-commands: [make]\n'));
    expect(new Accountant(definitions).unaccounted).toEqual([]);
    const chunk = definitions.strata[0]!.chunks[0]! as { commands: unknown };
    chunk.commands = new Map();
    expect(new Accountant(definitions).unaccounted).toEqual([
      'strata/core.morph chunk entry.build-commands: ["make"]',
    ]);
  });

  test('notices a field that nobody knows', () => {
    const definitions = definitionsOf(tree('  colour: red\n'));
    expect(briefly(definitions.diagnostics)).toHaveLength(1);
    expect(new Accountant(definitions).unaccounted).toEqual([]);
    expect(new Accountant({ ...definitions, diagnostics: [] }).unaccounted).toHaveLength(1);
  });
});

describeCorpus('every field of every file', () => {
  test.each(corpora)('%s: is converted, reported or without effect', async (corpus) => {
    const { unaccounted, counts, definitions } = new Accountant(await loadCorpus(corpus));
    const { converted, ignored, reported } = counts;
    console.log(
      `${corpus}: ${definitions.files.size} files; fields converted ${converted}, without effect ${ignored}, ` +
        `reported ${reported}, unaccounted for ${unaccounted.length}`,
    );
    expect(unaccounted).toEqual([]);
    expect(converted).toBeGreaterThan(1000);
  });
});
