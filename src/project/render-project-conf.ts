import { type BuildSystemForm, overridden } from './build-systems.js';
import type { Dialect } from './dialects.js';
import type { BuildSystem, Project, ProjectFile, ProjectVariable } from './model.js';
import { commandKinds } from './model.js';
import { commandList, splitRules } from './render-element.js';
import { placeFile, sysrootsOf } from './sysroot.js';
import { provenanceOf } from './trace/provenance.js';
import {
  isFilled,
  list,
  mapping,
  type RenderedYaml,
  renderTraced,
  renderYaml,
  type YamlEntry,
  type YamlMapping,
} from './yaml-writer.js';

/**
 * project.conf. Keys come in this order: name, version, element-path, options, aliases, plugins,
 * variables, environment, environment-nocache, sandbox, split-rules, elements (what overrides plugins).
 */
export function renderProjectConf(
  project: Project,
  dialect: Dialect,
  forms: ReadonlyMap<string, BuildSystemForm>,
): ProjectFile {
  const { configuration } = project;
  const originOfRule = (domain: string) => configuration.splitRuleOrigins?.get(domain);
  const [versionKey, version] = dialect.required;
  const entries: YamlEntry[] = [
    { key: 'name', value: configuration.name },
    { key: versionKey, value: version },
    ...places(project),
    { key: 'element-path', value: 'elements' },
    ...section('options', options(project), [' What can be chosen with --option NAME VALUE.']),
    ...section('aliases', mapping(Object.fromEntries(configuration.aliases)), [
      ' The servers behind the repositories of the definitions.',
    ]),
    ...artifactCaches(configuration.artifactCaches),
    ...plugins(project, dialect, forms),
    ...section('variables', variables(project), []),
    ...section('environment', mapping(Object.fromEntries(configuration.environment)), [
      ' The environment in which ybd runs commands.',
    ]),
  ];
  if (configuration.environmentNoCache.length > 0) {
    entries.push({ key: 'environment-nocache', value: list(configuration.environmentNoCache) });
  }
  entries.push(...sandbox(project, dialect));
  entries.push(
    ...section('split-rules', splitRules(configuration.splitRules, originOfRule), [
      ' The artifacts that files are part of. As all elements have these rules, a composition includes and',
      ' excludes them by name; `all` holds the files of the others too.',
    ]),
  );
  const overrides = overridden(project, forms).map((system) => ({
    key: forms.get(system.name)!.kind,
    value: mapping({ config: commandLists(system) }),
    ...(system.comments.length > 0 ? { comments: system.comments } : {}),
  }));
  entries.push(
    ...section('elements', { entries: overrides }, [
      ' The build systems of the definitions: their commands take the place of the plugins’ own.',
      ...configuration.buildSystemComments,
    ]),
  );
  return fileOf(renderTraced({ entries }));
}

/** A file of which only some lines come from definitions. */
function fileOf({ content, lines }: RenderedYaml): ProjectFile {
  return lines.some((origin) => origin)
    ? { content, provenance: provenanceOf({ whole: [], lines }) }
    : { content };
}

/** The files that say where root file systems lie which the script of the project makes. */
function places(project: Project): YamlEntry[] {
  const made = [...sysrootsOf(project)].filter(([, { kind }]) => kind === 'made');
  const files = made.map(([name]) => placeFile(name));
  if (files.length === 0) return [];
  return [{ key: '(@)', value: files.length === 1 ? files[0]! : list(files) }];
}

/** Both versions of BuildStream take a list of servers; who may push to one is said in a person's own configuration. */
function artifactCaches(urls: readonly string[]): YamlEntry[] {
  if (urls.length === 0) return [];
  const comments = [' Servers that may have artifacts ready-made.'];
  return [{ key: 'artifacts', value: list(urls.map((url) => mapping({ url }))), comments }];
}

/** The include file of a build system that no plugin stands for. */
export function renderBuildSystem(system: BuildSystem): ProjectFile {
  const comments = [` The build system ${system.name} of the definitions.`, ...system.comments];
  return fileOf(renderTraced(mapping({ config: commandLists(system) }), comments));
}

/** The text of the include file of elements which compositions hold all of: none of their files can be excluded. */
export function renderWhole({ configuration: { splitRules: rules, wholeDomain } }: Project): string {
  const emptied = [...rules.keys()].map((name): [string, string[]] => [name, []]);
  const domains = splitRules(new Map([...emptied, [wholeDomain, ['/**']]]));
  return renderYaml(mapping({ public: mapping({ bst: mapping({ 'split-rules': domains }) }) }), [
    ' For elements that systems hold all of, whichever artifacts they select of others.',
  ]);
}

function section(key: string, value: YamlMapping, comments: readonly string[]): YamlEntry[] {
  return isFilled(value) ? [{ key, value, comments }] : [];
}

function options({ configuration }: Project): YamlMapping {
  return {
    entries: configuration.options.map((option) => ({
      key: option.name,
      value: mapping({
        type: 'enum',
        description: option.description,
        variable: option.name,
        values: list(option.values),
        default: option.default,
      }),
    })),
  };
}

/** Which machine builds: without that BuildStream asks remote workers for one like that on which it runs itself. */
function sandbox({ configuration: { machines } }: Project, { buildsElsewhere }: Dialect): YamlEntry[] {
  if (!buildsElsewhere || !machines) return [];
  const cases = [...machines].map(([arch, machine]) =>
    mapping({ [`arch == "${arch}"`]: mapping({ 'build-arch': machine }) }),
  );
  return section('sandbox', { entries: [{ key: '(?)', value: list(cases) }] }, [
    ' The machine that builds for an architecture, by which remote workers are chosen.',
  ]);
}

/** BuildStream 2 wants every plugin that is not its own declared, with the package that it comes from. */
function plugins(
  project: Project,
  { pluginPackage }: Dialect,
  forms: ReadonlyMap<string, BuildSystemForm>,
): YamlEntry[] {
  if (!pluginPackage) return [];
  const kinds = [...new Set([...forms.values()].map(({ kind }) => kind))];
  const elements = kinds.filter((kind) => pluginPackage.elements.has(kind)).sort();
  const sources = project.elements
    .flatMap((element) => ('sources' in element ? element.sources.map(({ kind }): string => kind) : []))
    .concat([...sysrootsOf(project).values()].map(({ kind }) => kind))
    .filter((kind) => pluginPackage.sources.has(kind));
  const declared = mapping({
    origin: 'pip',
    'package-name': pluginPackage.name,
    elements: elements.length > 0 ? list(elements) : undefined,
    sources: sources.length > 0 ? list([...new Set(sources)].sort()) : undefined,
  });
  return [{ key: 'plugins', value: list([declared]) }];
}

function variables({ configuration }: Project): YamlMapping {
  const entries = configuration.variables.map(variable);
  const cases = configuration.cases.map(({ option, value, variables: inner }) =>
    mapping({ [`${option} == "${value}"`]: { entries: inner.map(variable) } }),
  );
  return { entries: cases.length > 0 ? [...entries, { key: '(?)', value: list(cases) }] : entries };
}

function variable({ name, value, comments }: ProjectVariable): YamlEntry {
  return { key: name, value, ...(comments ? { comments } : {}) };
}

function commandLists(system: BuildSystem): YamlMapping {
  return {
    entries: commandKinds.map((kind) => ({
      key: `${kind}-commands`,
      value: commandList(system.commands[kind]),
    })),
  };
}
