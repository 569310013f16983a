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
  ProjectFile,
  PublicData,
  ScriptElement,
  Source,
} from './model.js';
import { commandKinds } from './model.js';
import type { Origin } from './origin.js';
import { provenanceOf } from './trace/provenance.js';
import {
  isFilled,
  list,
  mapping,
  renderTraced,
  type YamlEntry,
  type YamlList,
  type YamlMapping,
  type YamlValue,
} from './yaml-writer.js';

/** The include file of elements which compositions hold all of. */
export const wholeInclude = 'include/whole.yml';

/**
 * An element's file, with the origins of its lines. Keys come in this order: kind, (@), description, depends or build-depends, sources,
 * variables, environment, config, public, (?). Lists keep the order of the model.
 */
export function renderElement(
  element: Element,
  dialect: Dialect,
  forms: ReadonlyMap<string, BuildSystemForm>,
): ProjectFile {
  const { origins, from: whole = [] } = element;
  const form = element.kind === 'build' ? forms.get(element.buildSystem)! : undefined;
  const entries: (YamlEntry | undefined)[] = [
    { key: 'kind', value: form?.kind ?? element.kind, from: origins?.get('kind') },
    includes(element, form),
    element.description
      ? { key: 'description', value: element.description, from: origins?.get('description') }
      : undefined,
    ...dependencies(element.dependencies, dialect),
    'sources' in element
      ? filled('sources', { items: element.sources.map((from) => source(from, dialect)) })
      : undefined,
    filled('variables', parts('variables', element.variables, origins)),
    filled('environment', parts('environment', element.environment, origins)),
    config(element, dialect),
    filled('public', publicData(element.public, origins)),
    requirement(element),
  ];
  const present = entries.filter((entry) => entry !== undefined);
  const { content, lines } = renderTraced({ entries: present }, element.header);
  return whole.length > 0 ? { content, provenance: provenanceOf({ whole, lines }) } : { content };
}

type Origins = Element['origins'];

function parts(
  key: 'variables' | 'environment',
  values: ReadonlyMap<string, string | boolean> | undefined,
  origins: Origins,
): YamlMapping {
  return {
    entries: [...(values ?? [])].map(([name, value]) => ({
      key: name,
      value,
      from: origins?.get(`${key}.${name}`),
    })),
  };
}

function includes(element: Element, form: BuildSystemForm | undefined): YamlEntry | undefined {
  const own = element.kind === 'script' ? element.include : form?.include;
  const files = [...(own ? [own] : []), ...(element.isWhole ? [wholeInclude] : [])];
  if (files.length === 0) return undefined;
  return { key: '(@)', value: files.length === 1 ? files[0]! : list(files) };
}

function filled(key: string, value: YamlList | YamlMapping): YamlEntry | undefined {
  return isFilled(value) ? { key, value } : undefined;
}

function dependencies(all: readonly Dependency[], { locations }: Dialect): (YamlEntry | undefined)[] {
  const of = (type: Dependency['type']): YamlList => ({
    items: all
      .filter((dependency) => dependency.type === type)
      .map(({ element, location, comments, from }) => ({
        value:
          location !== undefined && locations === 'dependency'
            ? mapping({ filename: element, config: mapping({ location }) })
            : element,
        from,
        ...(comments ? { comments } : {}),
      })),
  });
  return [filled('depends', of('all')), filled('build-depends', of('build'))];
}

function source(from: Source, { expandsSources }: Dialect) {
  if (from.kind === 'local') return { value: mapping({ kind: 'local', path: from.path }) };
  const verbatim = (text: string) => (expandsSources ? escapeVariables(text) : text);
  if (from.kind === 'tar') return { value: mapping({ kind: 'tar', url: verbatim(from.url), ref: from.ref }) };
  const submodules = from.submodules.map(({ path, url, from: origin }) => ({
    key: path,
    value: mapping({ url: verbatim(url) }),
    from: origin,
  }));
  const { origins, comments } = from;
  const entries: YamlEntry[] = [
    { key: 'kind', value: 'git' },
    { key: 'url', value: verbatim(from.url), from: origins?.get('url') },
  ];
  if (from.track !== undefined)
    entries.push({ key: 'track', value: verbatim(from.track), from: origins?.get('track') });
  if (from.ref !== undefined) entries.push({ key: 'ref', value: from.ref, from: origins?.get('ref') });
  if (submodules.length > 0) entries.push({ key: 'submodules', value: { entries: submodules } });
  return { value: { entries }, ...(comments ? { comments } : {}) };
}

function config(element: Element, dialect: Dialect): YamlEntry | undefined {
  if (element.kind === 'build') return filled('config', commands(element));
  if (element.kind === 'compose') return filled('config', composition(element));
  if (element.kind === 'script') return filled('config', script(element, dialect));
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
    items: commandTexts.map(({ text, comments, from }) => ({
      value: text,
      from,
      ...(comments ? { comments } : {}),
    })),
  };
}

function script({ dependencies, steps }: ScriptElement, { locations }: Dialect): YamlMapping {
  const layout = dependencies.flatMap(({ element, location }) =>
    location === undefined ? [] : [mapping({ element, destination: location })],
  );
  return mapping({
    layout: locations === 'layout' && layout.length > 0 ? list(layout) : undefined,
    commands: steps.length > 0 ? mapping({ '(<)': commandList(steps) }) : undefined,
  });
}

function composition(element: ComposeElement): YamlMapping {
  const { integrate, include, exclude, includeOrphans, origins } = element;
  const from = origins?.get('include');
  const selected = [
    { key: 'include', value: list(include), from },
    { key: 'exclude', value: list(exclude), from },
  ].filter(({ value }) => isFilled(value));
  return {
    entries: [
      { key: 'integrate', value: integrate ?? true },
      ...selected,
      { key: 'include-orphans', value: includeOrphans, from },
    ],
  };
}

function publicData(data: PublicData | undefined, origins: Origins): YamlMapping {
  const integration = data?.integrationCommands ?? [];
  const domain = mapping({
    'integration-commands': integration.length > 0 ? commandList(integration) : undefined,
    'split-rules': data?.splitRules?.size
      ? splitRules(data.splitRules, (domain) => origins?.get(`split-rules.${domain}`))
      : undefined,
  });
  return mapping({ bst: isFilled(domain) ? domain : undefined });
}

/** Split domains and their globs. */
export function splitRules(
  rules: ReadonlyMap<string, readonly string[]>,
  origin: (domain: string) => Origin | undefined = () => undefined,
): YamlMapping {
  return { entries: [...rules].map(([key, globs]) => ({ key, value: list(globs), from: origin(key) })) };
}

function requirement({ requires, origins }: Element): YamlEntry | undefined {
  if (!requires) return undefined;
  const condition = `${requires.option} != "${requires.value}"`;
  const failure = mapping({ [condition]: mapping({ '(!)': requires.message }) });
  return { key: '(?)', value: { items: [{ value: failure }] }, from: origins?.get('requires') };
}
