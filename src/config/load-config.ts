import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closestMatch } from 'leven';
import { type Issue, typeName, wanted } from '../definitions/check.js';
import { YamlDocument } from '../definitions/yaml-document.js';
import { collector, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { type Place, wholeFile } from '../diagnostics/place.js';
import type { OwnRules } from '../transformer/rules.js';
import type { Config } from './config.js';
import { importModule } from './import-module.js';

/** The names of a configuration, in the order in which they are looked for. */
const configNames: readonly string[] = ['baserock2bst.config.json', 'baserock2bst.config.js'];

/** Where to read what a configuration is. */
const help = 'see "A configuration" in docs/library.md';

/** What reading a configuration gave. */
export interface LoadedConfig {
  /** Empty if there is none, or if it cannot be used. */
  readonly config: Config;
  /** The text of the file, by the name that places have; nothing of a JavaScript file. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the configuration in a folder.
 *
 * @returns the path of its file; undefined if there is none.
 */
export function findConfig(folder: string): string | undefined {
  return configNames.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Reads a configuration: a JSON file, or a JavaScript module whose default export it is. The module is run, so it has
 * to be one that is trusted.
 *
 * @returns the configuration. What is wrong with it is in `diagnostics`, for JSON with line and column; nothing is
 *   thrown.
 */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const { diagnostics, report } = collector();
  const files = new Map<string, string>();
  const name = basename(path);
  let config: Config = {};
  if (extname(path) === '.json') {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) {
      report('bad-option', undefined, `${path} cannot be read`, 'name a configuration that is there');
    } else {
      files.set(name, text);
      config = (await parseConfig(name, text, report)) ?? {};
    }
  } else config = (await importConfig(path, report)) ?? {};
  return { config: diagnostics.length > 0 ? {} : config, files, diagnostics };
}

/** The configuration that a JSON text holds; undefined, after a report, if it is none. */
async function parseConfig(name: string, text: string, report: Report): Promise<Config | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = `${name} is not JSON: ${(error as Error).message}`;
    report('bad-option', placeOfError(name, text, error), message, help);
    return undefined;
  }
  // JSON is YAML, and the reader of that knows where everything stands.
  const document = new YamlDocument(name, text);
  return check(value, name, report, (steps) => placeIn(document, steps));
}

async function importConfig(path: string, report: Report): Promise<Config | undefined> {
  let value: unknown;
  try {
    value = ((await importModule(pathToFileURL(resolve(path)).href)) as { default?: unknown }).default;
  } catch (error) {
    report('bad-option', undefined, `${path} cannot be run: ${(error as Error).message}`, help);
    return undefined;
  }
  if (typeof value !== 'object' || value === null) {
    report('bad-option', undefined, `${path} has no default export that is a configuration`, help);
    return undefined;
  }
  const { rules, ...rest } = value as Config;
  const areRules =
    rules === undefined ||
    (Array.isArray(rules) &&
      (rules as unknown[]).every((rule): rule is OwnRules => typeof rule === 'object' && rule !== null));
  if (!areRules) report('bad-option', undefined, `\`rules\` in ${path} must be a list of objects`, help);
  const config = await check(rest, basename(path), report, () => undefined);
  return config && { ...config, ...(rules ? { rules } : {}) };
}

async function check(
  value: unknown,
  name: string,
  report: Report,
  placeOf: (steps: readonly PropertyKey[]) => Place | undefined,
): Promise<Config | undefined> {
  const { configSchema, configFields } = await import('./schema.js');
  const result = configSchema.safeParse(value);
  if (result.success) return result.data as Config;
  for (const issue of result.error.issues as readonly (Issue & { readonly keys?: readonly string[] })[]) {
    const { path, keys } = issue;
    const where = path.length === 0 ? name : `\`${path.join('.')}\``;
    if (!keys) {
      const given = path.reduce((inner, step) => (inner as Record<PropertyKey, unknown>)[step], value);
      const fault = given === undefined ? 'is missing' : `must be ${wanted(issue)}, not ${shown(given)}`;
      report('bad-option', placeOf(path), `${where} ${fault}`, help);
    }
    for (const key of keys ?? []) {
      const nearest = path.length === 0 ? closestMatch(key, Object.keys(configFields)) : undefined;
      const hint = nearest === undefined ? 'remove it' : `the nearest name is \`${nearest}\``;
      report('bad-option', placeOf([...path, key]), `there is no field \`${key}\` in ${where}`, hint);
    }
  }
  return undefined;
}

/** A value as a message shows it: itself if it is short. */
function shown(value: unknown): string {
  return typeof value === 'object' ? typeName(value) : JSON.stringify(value);
}

function placeIn(document: YamlDocument, path: readonly PropertyKey[]): Place {
  let container: unknown = document.value;
  for (const step of path.slice(0, -1)) container = (container as Record<PropertyKey, unknown>)[step];
  const last = path.at(-1);
  if (last === undefined || typeof container !== 'object' || container === null) return document.place;
  if (!Object.hasOwn(container, last)) return placeIn(document, path.slice(0, -1));
  return document.placeOfKey(container, last as string | number);
}

/** JavaScript says at which character a text stops being JSON, in some versions only. */
function placeOfError(name: string, text: string, error: unknown): Place {
  const position = /position (\d+)/.exec((error as Error).message)?.[1];
  if (position === undefined) return wholeFile(name);
  const before = text.slice(0, Number(position));
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return { file: name, line, column, endLine: line, endColumn: column + 1 };
}
