import { closestMatch } from 'leven';
import type { Report } from '../diagnostics/diagnostic.js';
import { fits } from './fits.js';
import { isMapping } from './is-mapping.js';
import { innerMappings, knownFields, type MappingName, nestedMappings, schemas } from './schema.js';
import type { YamlDocument } from './yaml-document.js';

/** At most this many letters may differ for a misspelt field to be taken for the one that is meant. */
const CERTAIN = 2;

/** What zod says is wrong with a value: as much of its issues as is used here. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly expected?: string;
  readonly errors?: readonly (readonly Issue[])[];
  readonly values?: readonly unknown[];
}

/**
 * Holds a document against the schema of its kind. Reports each fault and each unknown field with its place.
 * A misspelt field whose meaning is certain (`unpretrify-ref`) is reported, and takes effect under its right name.
 *
 * @returns true if the document can be read as that kind.
 */
export function checkDocument(
  document: YamlDocument,
  kind: keyof typeof schemas,
  mapping: MappingName,
  report: Report,
): boolean {
  const { value } = document;
  if (value === null || value === undefined) {
    report('wrong-type', document.place, 'the file is empty', 'remove it, or bring back what was in it');
    return false;
  }
  if (!isMapping(value)) {
    report('wrong-type', document.place, `a ${kind} must be a mapping, not ${typeName(value)}`);
    return false;
  }
  correctFields(document, value, mapping, report);
  if (fits(schemas[kind], value)) return true;
  const result = schemas[kind].safeParse(value);
  if (result.success) return true;
  for (const issue of result.error.issues as readonly Issue[]) reportIssue(document, value, issue, report);
  return false;
}

function correctFields(
  document: YamlDocument,
  object: Record<string, unknown>,
  mapping: MappingName,
  report: Report,
): void {
  const known: readonly string[] = knownFields[mapping];
  for (const field of Object.keys(object)) {
    if (known.includes(field)) continue;
    const nearest = closestMatch(field, known, { maxDistance: CERTAIN });
    const certain = nearest !== undefined && !Object.hasOwn(object, nearest) && field.length > 2 * CERTAIN;
    const place = document.placeOfKey(object, field);
    const owner = `in a ${mapping}`.replace(/in a (DEFAULTS|VERSION|split rules)/, 'in $1');
    const hint = certain
      ? `it is taken for \`${nearest}\`: correct the name`
      : 'remove it, or correct its name: its value has no effect';
    report('unknown-field', place, `there is no field \`${field}\` ${owner}`, hint);
    if (certain) document.rename(object, field, nearest);
  }
  for (const [field, inner] of Object.entries(innerMappings[mapping] ?? {})) {
    const value = object[field];
    if (isMapping(value)) correctFields(document, value, inner, report);
  }
  for (const [field, inner] of Object.entries(nestedMappings[mapping] ?? {})) {
    const container = object[field];
    if (typeof container !== 'object' || container === null) continue;
    for (const value of Object.values(container)) {
      if (isMapping(value)) correctFields(document, value, inner, report);
    }
  }
}

function reportIssue(
  document: YamlDocument,
  root: Record<string, unknown>,
  issue: Issue,
  report: Report,
): void {
  let container: unknown = root;
  for (const step of issue.path.slice(0, -1)) container = (container as Record<PropertyKey, unknown>)[step];
  const last = issue.path.at(-1) as string | number | undefined;
  if (last === undefined || typeof container !== 'object' || container === null) {
    report('wrong-type', document.place, 'the definition has the wrong form');
    return;
  }
  const value = (container as Record<PropertyKey, unknown>)[last];
  const name = typeof last === 'number' ? `item ${last + 1}` : `\`${last}\``;
  if (value === undefined) {
    const place =
      issue.path.length > 1 ? placeOfContainer(document, root, issue.path.slice(0, -1)) : document.place;
    report('missing-field', place, `${name} is missing`, `add ${name}`);
    return;
  }
  const place = document.placeOf(container, last);
  report('wrong-type', place, `${name} must be ${wanted(issue)}, not ${typeName(value)}`);
}

function placeOfContainer(document: YamlDocument, root: unknown, path: readonly PropertyKey[]) {
  let container = root as Record<PropertyKey, unknown>;
  for (const step of path.slice(0, -1)) container = container[step] as Record<PropertyKey, unknown>;
  return document.placeOf(container, path.at(-1) as string | number);
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  record: 'a mapping',
  object: 'a mapping',
  null: 'empty',
};

/** What a schema wants in the place of a wrong value. */
export function wanted(issue: Issue): string {
  if (issue.values) return issue.values.join(' or ');
  if (issue.code === 'invalid_union') {
    const names = (issue.errors ?? []).flat().map((inner) => wanted(inner));
    return names.includes('text') ? 'text' : [...new Set(names)].join(' or ');
  }
  if (issue.code === 'too_small') return 'text';
  return typeNames[issue.expected ?? ''] ?? issue.expected ?? 'something else';
}

/** What a value is, in the words of someone who reads a file. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Uint8Array) return 'binary data';
  return typeNames[typeof value] ?? typeof value;
}
