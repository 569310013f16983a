import { compareBytes } from '../byte-order.js';
import type { Report } from '../diagnostics/diagnostic.js';
import { collector, sortDiagnostics } from '../diagnostics/diagnostic.js';
import { wholeFile } from '../diagnostics/place.js';
import { checkDocument } from './check.js';
import { type GivenVariables, wantedPaths } from './deployed-files.js';
import { defaultsSince, newestFormat } from './formats.js';
import { linkDefinitions } from './link.js';
import type { Definitions, TreeFile } from './model.js';
import { readDefaults } from './read-defaults.js';
import type { Documents } from './references.js';
import type { Kind, MappingName, schemas } from './schema.js';
import { isDefinitionPath, textsOf, withoutMark } from './texts.js';
import { YamlDocument } from './yaml-document.js';

const kinds: readonly string[] = ['chunk', 'stratum', 'system', 'cluster'] satisfies Kind[];

const faultCodes = {
  syntax: 'yaml-syntax',
  'merge-conflict': 'merge-conflict',
  'duplicate-key': 'duplicate-key',
} as const;

/**
 * Reads and links a definitions repository that is already in memory.
 *
 * @param files text by path, relative to the root of the definitions, with forward slashes. Of other files than
 *   definitions those are taken that deployments name. The order of the map has no influence.
 * @returns all that could be understood. What could not is in `diagnostics`; nothing is thrown for bad input.
 */
export function parseDefinitions(
  files: ReadonlyMap<string, string>,
  options: ParseOptions = {},
): Definitions {
  const definitions = parseFiles(files, []);
  const known = new Map<string, TreeFile | undefined>();
  for (;;) {
    const wanted = wantedPaths(definitions.clusters, options.deployments ?? {}, known);
    if (wanted.length === 0) return withTree(definitions, known);
    for (const path of wanted) {
      const text = files.get(path);
      known.set(path, options.tree?.get(path) ?? (text === undefined ? undefined : textFile(text)));
    }
  }
}

/** What reading definitions can be told. */
export interface ParseOptions {
  /** Files that are no text, links and folders, by path: of them, what deployments name is taken. */
  readonly tree?: ReadonlyMap<string, TreeFile>;
  /** Variables that deployments will be given: files that their values name are taken, too. */
  readonly deployments?: GivenVariables;
}

function textFile(text: string): TreeFile {
  return { kind: 'file', content: new TextEncoder().encode(text), executable: text.startsWith('#!') };
}

/** The definitions with what deployments name. */
export function withTree(
  definitions: Definitions,
  known: ReadonlyMap<string, TreeFile | undefined>,
): Definitions {
  const found = [...known].filter((entry): entry is [string, TreeFile] => entry[1] !== undefined);
  if (found.length === 0) return definitions;
  const tree = new Map(found.sort(([a], [b]) => compareBytes(a, b)));
  return { ...definitions, tree, files: new Map([...textsOf(tree), ...definitions.files]) };
}

/** The same for files of which some could not be read, which has been reported. */
export function parseFiles(files: ReadonlyMap<string, string>, unreadable: Iterable<string>): Definitions {
  const { diagnostics, report } = collector();
  const texts = new Map<string, string>();
  for (const path of [...files.keys()].filter(isDefinitionPath).sort(compareBytes)) {
    if (path.split('/').some((name) => ['', '.', '..'].includes(name))) {
      report('outside-tree', wholeFile(path), `${path} is not below the root of the definitions`);
    } else texts.set(path, withoutMark(files.get(path)!));
  }
  const paths = [...texts.keys()];
  const documents: Documents = {
    chunk: new Map(),
    stratum: new Map(),
    system: new Map(),
    cluster: new Map(),
  };
  const broken = new Set<string>(unreadable);
  const read = (path: string) => new YamlDocument(path, texts.get(path)!);
  const isBlank = (path: string) =>
    !texts
      .get(path)
      ?.replace(/^\s*#.*$/gm, '')
      .trim();
  const special = (path: string, kind: 'defaults' | 'version') => {
    // One that is empty, or all comments, says nothing; ybd passes over it.
    if (isBlank(path)) return undefined;
    const document = read(path);
    return accept(document, kind, path as MappingName, report) ? document : undefined;
  };
  const version = special('VERSION', 'version');
  const isGiven = version !== undefined || (texts.has('VERSION') && isBlank('VERSION'));
  const format = isGiven ? readFormat(version, report) : undefined;
  const defaults = readDefaults(special('DEFAULTS', 'defaults'));
  if (texts.has('DEFAULTS') && format !== undefined && format < defaultsSince) {
    const message = `version ${format} of the definitions format has no DEFAULTS; ybd reads it all the same`;
    report('field-newer-than-format', wholeFile('DEFAULTS'), message);
  }
  for (const path of paths) {
    if (path === 'VERSION' || path === 'DEFAULTS') continue;
    const document = read(path);
    const kind = kindOf(document);
    if (kind !== undefined && !kinds.includes(kind)) {
      report(
        'unknown-kind',
        document.placeOf(document.value as object, 'kind'),
        `there is no kind \`${kind}\``,
      );
      broken.add(path);
    } else if (accept(document, (kind ?? 'chunk') as Kind, (kind ?? 'chunk') as Kind, report)) {
      documents[(kind ?? 'chunk') as Kind].set(path, document);
    } else {
      broken.add(path);
    }
  }
  if (paths.length === 0) {
    report('no-definitions', undefined, 'there are no definitions (`.morph` files) here');
  }
  const linked = linkDefinitions(documents, broken, format, report);
  return {
    format,
    defaults,
    ...linked,
    tree: new Map(),
    files: texts,
    diagnostics: sortDiagnostics(diagnostics),
  };
}

/** Reports what the YAML parser found wrong with a file. */
export function reportFaults(document: YamlDocument, report: Report): void {
  for (const { kind: fault, message, place } of document.faults) report(faultCodes[fault], place, message);
}

function accept(
  document: YamlDocument,
  kind: keyof typeof schemas,
  mapping: MappingName,
  report: Report,
): boolean {
  reportFaults(document, report);
  return !document.isBroken && checkDocument(document, kind, mapping, report);
}

/** A definition without `kind` is a chunk (ybd, morph). */
function kindOf(document: YamlDocument): string | undefined {
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return document.textOf(value, 'kind');
}

/** @param document undefined for a VERSION that is empty. */
function readFormat(document: YamlDocument | undefined, report: Report): number {
  const shape = document?.value as object | undefined;
  const text = (shape && document!.textOf(shape, 'version')) ?? '';
  const version = /^\d+$/.test(text) ? Number(text) : undefined;
  if (version !== undefined && version <= newestFormat) return version;
  const place = shape ? document!.placeOf(shape, 'version') : wholeFile('VERSION');
  const message = `there is no version ${text || '(empty)'} of the definitions format`;
  const hint = `the tree is read as version ${newestFormat}, the newest known; check the result`;
  report('unknown-format-version', place, message, hint);
  return newestFormat;
}
