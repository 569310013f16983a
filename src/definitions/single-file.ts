import { stringify } from 'yaml';
import type { Report } from '../diagnostics/diagnostic.js';
import type { YamlDocument } from './yaml-document.js';

type Fields = Record<string, unknown>;

/** What ybd adds to definitions for its own use. */
const internal: readonly string[] = ['path', 'contents', 'tree', 'cache', 'hash', 'tested'];

/**
 * The definition files that one file stands for, as ybd saves the definitions of a target: a mapping (or a list) of
 * all of them by their paths, in ybd's own form. There a stratum or system has `contents`, each item a path or a
 * mapping of the path to the artifacts that are selected; `build-depends` holds paths, those of the stratum among
 * the ones of each chunk; and a chunk is the whole of its file and its entry in the stratum.
 *
 * @returns text by path; undefined, after a report, if there are no definitions in it.
 */
export function splitSingleFile(document: YamlDocument, report: Report): Map<string, string> | undefined {
  const definitions = definitionsIn(document);
  if (![...definitions.values()].some((fields) => kindOf(fields) !== 'chunk')) {
    const message = `${document.file} is neither a folder nor a file in which ybd saved definitions`;
    report('no-definitions', undefined, message);
    return undefined;
  }
  const listed = new Set(
    [...definitions.values()].flatMap((fields) => contentsOf(fields).map(([path]) => path)),
  );
  const files = new Map<string, string>();
  for (const [path, fields] of definitions) {
    const kind = kindOf(fields);
    if (kind === 'chunk' && listed.has(path)) continue;
    const value =
      kind === 'stratum'
        ? stratumOf(fields, definitions)
        : kind === 'system'
          ? systemOf(fields)
          : kind === 'cluster'
            ? clusterOf(fields)
            : ownFields(fields);
    const text = stringify(
      { ...value, kind },
      { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 },
    );
    files.set(fileOf(path), text);
  }
  return files;
}

function definitionsIn(document: YamlDocument): Map<string, Fields> {
  const { value } = document;
  if (typeof value !== 'object' || value === null) return new Map();
  const entries = Array.isArray(value)
    ? value.map((fields: unknown, index) => [(fields as Fields | null)?.path, index] as const)
    : Object.keys(value).map((key) => [key, key] as const);
  return new Map(
    entries.flatMap(([path, key]) => {
      const fields = verbatim(document, value, key);
      return typeof path === 'string' && isMapping(fields) ? [[withoutSuffix(path), fields] as const] : [];
    }),
  );
}

/** A value in which numbers and dates are the text that was written. */
function verbatim(document: YamlDocument, container: object, key: string | number): unknown {
  const value = (container as Record<string | number, unknown>)[key];
  if (Array.isArray(value)) return value.map((_, index) => verbatim(document, value, index));
  if (isMapping(value)) {
    return Object.fromEntries(Object.keys(value).map((name) => [name, verbatim(document, value, name)]));
  }
  return typeof value === 'number' ? document.textOf(container, key) : value;
}

function kindOf(fields: Fields): string {
  if (typeof fields.kind === 'string') return fields.kind;
  if (fields.systems) return 'cluster';
  if (!Array.isArray(fields.contents) || fields.contents.length === 0) return 'chunk';
  return fields.arch ? 'system' : 'stratum';
}

/** The paths of what a stratum or system holds, each with the artifacts that are selected of it. */
function contentsOf({ contents }: Fields): [path: string, artifacts: unknown][] {
  if (!Array.isArray(contents)) return [];
  return contents.flatMap((item: unknown): [string, unknown][] => {
    if (typeof item === 'string') return [[withoutSuffix(item), undefined]];
    return isMapping(item) ? Object.entries(item).map(([path, chosen]) => [withoutSuffix(path), chosen]) : [];
  });
}

function stratumOf(fields: Fields, definitions: ReadonlyMap<string, Fields>): Fields {
  const contents = contentsOf(fields);
  const names = new Map(contents.map(([path]) => [path, nameOf(path, definitions.get(path))]));
  const chunks = contents.map(([path, artifacts]) => {
    const { kind: _, ...own } = ownFields(definitions.get(path) ?? {});
    const siblings = pathsIn(own['build-depends']).flatMap((needed) => names.get(needed) ?? []);
    const isFilled = isMapping(artifacts) && Object.keys(artifacts).length > 0;
    return { ...own, name: names.get(path), 'build-depends': siblings, ...(isFilled ? { artifacts } : {}) };
  });
  const below = pathsIn(fields['build-depends']).map((path) => ({ morph: fileOf(path) }));
  return { ...ownFields(fields), 'build-depends': below, chunks };
}

function systemOf(fields: Fields): Fields {
  const strata = contentsOf(fields).map(([path, artifacts]) => {
    const isFilled = Array.isArray(artifacts) && artifacts.length > 0;
    return { morph: fileOf(path), ...(isFilled ? { artifacts } : {}) };
  });
  const { 'build-depends': _, ...own } = ownFields(fields);
  return { ...own, strata };
}

function clusterOf(fields: Fields): Fields {
  const located = (system: unknown): unknown => {
    if (!isMapping(system)) return system;
    const { name: _, ...own } = ownFields(system);
    const { path, subsystems } = system;
    return {
      ...own,
      ...(typeof path === 'string' ? { morph: fileOf(withoutSuffix(path)) } : {}),
      ...(Array.isArray(subsystems) ? { subsystems: subsystems.map(located) } : {}),
    };
  };
  const { 'build-depends': _, ...own } = ownFields(fields);
  return { ...own, systems: Array.isArray(fields.systems) ? fields.systems.map(located) : fields.systems };
}

function ownFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !internal.includes(field)));
}

function pathsIn(list: unknown): string[] {
  return Array.isArray(list)
    ? list.filter((path): path is string => typeof path === 'string').map(withoutSuffix)
    : [];
}

function nameOf(path: string, fields: Fields | undefined): string {
  return typeof fields?.name === 'string' ? fields.name : path.replace(/^.*\//, '');
}

function fileOf(path: string): string {
  return `${path}.morph`;
}

function withoutSuffix(path: string): string {
  return path.replace(/\.(morph|def)$/, '');
}

function isMapping(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
