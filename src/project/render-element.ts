import type { BuildSystemForm } from './build-systems.js';
import type { Dialect } from './dialects.js';
import { escapeVariables } from './escape-variables.js';
import type {
  BuildElement,
  CommandChange,
  CommentedText,
  ComposeElement,
  Dependency,
  Element,
  PublicData,
  Source,
} from './model.js';
import { commandKinds } from './model.js';
import {
  isFilled,
  list,
  mapping,
  renderYaml,
  type YamlEntry,
  type YamlList,
  type YamlMapping,
  type YamlValue,
} from './yaml-writer.js';

/** The include file of elements which compositions hold all of. */
export const wholeInclude = 'include/whole.yml';

/**
 * The text of an element's file. Keys come in this order: kind, (@), description, depends or build-depends, sources,
 * variables, environment, config, public, (?). Lists keep the order of the model.
 */
export function renderElement(
  element: Element,
  dialect: Dialect,
  forms: ReadonlyMap<string, BuildSystemForm>,
): string {
  const form = element.kind === 'build' ? forms.get(element.buildSystem)! : undefined;
  const entries: (YamlEntry | undefined)[] = [
    { key: 'kind', value: form?.kind ?? element.kind },
    includes([...(form?.include ? [form.include] : []), ...(element.isWhole ? [wholeInclude] : [])]),
    element.description ? { key: 'description', value: element.description } : undefined,
    ...dependencies(element.dependencies),
    'sources' in element
      ? filled('sources', { items: element.sources.map((from) => source(from, dialect)) })
      : undefined,
    filled('variables', mapping(Object.fromEntries(element.variables ?? []))),
    filled('environment', mapping(Object.fromEntries(element.environment ?? []))),
    config(element),
    filled('public', publicData(element.public)),
    requirement(element),
  ];
  const present = entries.filter((entry) => entry !== undefined);
  return renderYaml({ entries: present }, element.header);
}

function includes(files: readonly string[]): YamlEntry | undefined {
  if (files.length === 0) return undefined;
  return { key: '(@)', value: files.length === 1 ? files[0]! : list(files) };
}

function filled(key: string, value: YamlList | YamlMapping): YamlEntry | undefined {
  return isFilled(value) ? { key, value } : undefined;
}

function dependencies(all: readonly Dependency[]): (YamlEntry | undefined)[] {
  const of = (type: Dependency['type']): YamlList => ({
    items: all
      .filter((dependency) => dependency.type === type)
      .map(({ element, comments }) => ({ value: element, ...(comments ? { comments } : {}) })),
  });
  return [filled('depends', of('all')), filled('build-depends', of('build'))];
}

function source(from: Source, { expandsSources }: Dialect) {
  if (from.kind === 'local') return { value: mapping({ kind: 'local', path: from.path }) };
  const verbatim = (text: string) => (expandsSources ? escapeVariables(text) : text);
  if (from.kind === 'tar') return { value: mapping({ kind: 'tar', url: verbatim(from.url), ref: from.ref }) };
  const submodules = from.submodules.map(({ path, url }) => ({
    key: path,
    value: mapping({ url: verbatim(url) }),
  }));
  const value = mapping({
    kind: 'git',
    url: verbatim(from.url),
    track: from.track === undefined ? undefined : verbatim(from.track),
    ref: from.ref,
    submodules: submodules.length > 0 ? { entries: submodules } : undefined,
  });
  return { value, ...(from.comments ? { comments: from.comments } : {}) };
}

function config(element: Element): YamlEntry | undefined {
  if (element.kind === 'build') return filled('config', commands(element));
  if (element.kind === 'compose') return filled('config', composition(element));
  return undefined;
}

function commands(element: BuildElement): YamlMapping {
  return {
    entries: commandKinds.flatMap((kind) => {
      const change = element.commands.get(kind);
      if (!change) return [];
      const { comments } = change;
      return [{ key: `${kind}-commands`, value: commandChange(change), ...(comments ? { comments } : {}) }];
    }),
  };
}

function commandChange(change: CommandChange): YamlValue {
  if (!('replace' in change)) {
    return mapping({
      '(<)': change.before.length > 0 ? commandList(change.before) : undefined,
      '(>)': change.after.length > 0 ? commandList(change.after) : undefined,
    });
  }
  return change.replace.length > 0 ? commandList(change.replace) : mapping({ '(=)': list([]) });
}

/** A list of commands with the comments of each. */
export function commandList(commandTexts: readonly CommentedText[]): YamlList {
  return {
    items: commandTexts.map(({ text, comments }) => ({ value: text, ...(comments ? { comments } : {}) })),
  };
}

function composition({ integrate, include, exclude, includeOrphans }: ComposeElement): YamlMapping {
  return mapping({
    integrate: integrate ?? true,
    include: include.length > 0 ? list(include) : undefined,
    exclude: exclude.length > 0 ? list(exclude) : undefined,
    'include-orphans': includeOrphans,
  });
}

function publicData(data: PublicData | undefined): YamlMapping {
  const integration = data?.integrationCommands ?? [];
  const domain = mapping({
    'integration-commands': integration.length > 0 ? commandList(integration) : undefined,
    'split-rules': data?.splitRules?.size ? splitRules(data.splitRules) : undefined,
  });
  return mapping({ bst: isFilled(domain) ? domain : undefined });
}

/** Split domains and their globs. */
export function splitRules(rules: ReadonlyMap<string, readonly string[]>): YamlMapping {
  return { entries: [...rules].map(([key, globs]) => ({ key, value: list(globs) })) };
}

function requirement({ requires }: Element): YamlEntry | undefined {
  if (!requires) return undefined;
  const condition = `${requires.option} != "${requires.value}"`;
  const failure = mapping({ [condition]: mapping({ '(!)': requires.message }) });
  return { key: '(?)', value: { items: [{ value: failure }] } };
}
