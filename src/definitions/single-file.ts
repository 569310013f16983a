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
  reportUnread(document, report);
  const listed = listedIn(definitions);
  const files = new Map<string, string>();
  for (const [path, fields] of definitions) {
    const kind = kindOf(fields);
    if (kind === 'chunk' && listed.has(path)) continue;
    const value =
      kind === 'stratum'
        ? stratumOf(fields, definitions, listed)
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

/** The definitions that list each path among their contents. */
function listedIn(definitions: ReadonlyMap<string, Fields>): Map<string, Fields[]> {
  const listed = new Map<string, Fields[]>();
  for (const fields of definitions.values()) {
    for (const [path] of contentsOf(fields)) listed.set(path, [...(listed.get(path) ?? []), fields]);
  }
  return listed;
}

/** Reports what has another form than ybd gives it, and is passed over for that. */
function reportUnread(document: YamlDocument, report: Report): void {
  const all = document.value as object;
  const wrong = (container: object, key: string | number, message: string) =>
    report('wrong-type', document.placeOf(container, key), message);
  for (const [key, fields] of Object.entries(all)) {
    if (!isMapping(fields)) {
      wrong(all, Array.isArray(all) ? Number(key) : key, `\`${key}\` must be a mapping to be a definition`);
      continue;
    }
    if (Array.isArray(all) && typeof fields.path !== 'string') {
      report('missing-field', document.placeOf(all, Number(key)), '`path` is missing', 'add `path`');
    }
    for (const field of ['contents', 'build-depends']) {
      const list = fields[field];
      if (list === undefined || list === null) continue;
      if (!Array.isArray(list)) wrong(fields, field, `\`${field}\` must be a list`);
      else {
        const isRead = (item: unknown) =>
          typeof item === 'string' || typeof item === 'number' || (field === 'contents' && isMapping(item));
        for (const [index, item] of list.entries()) {
          if (!isRead(item))
            wrong(list, index, `item ${index + 1} of \`${field}\` must be the path of a definition`);
        }
      }
    }
  }
}

function stratumOf(
  fields: Fields,
  definitions: ReadonlyMap<string, Fields>,
  listed: ReadonlyMap<string, readonly Fields[]>,
): Fields {
  const contents = contentsOf(fields);
  const names = new Map(contents.map(([path]) => [path, nameOf(path, definitions.get(path))]));
  const chunks = contents.map(([path, artifacts]) => {
    const { kind: _, ...own } = ownFields(definitions.get(path) ?? {});
    // What no stratum of the chunk explains stays, for whoever links the definitions to report.
    const isExplained = (needed: string) =>
      listed.get(path)!.some((stratum) => {
        const known = [...contentsOf(stratum).map(([each]) => each), ...pathsIn(stratum['build-depends'])];
        return known.includes(needed);
      });
    const siblings = pathsIn(own['build-depends']).flatMap(
      (needed) => names.get(needed) ?? (isExplained(needed) ? [] : [needed]),
    );
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
