import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { parseDocument } from 'yaml';
import {
  type BuildStreamVersion,
  buildReport,
  type ConversionReport,
  type ConvertOptions,
  catalogue,
  convert,
  type Definitions,
  type Diagnostic,
  hasErrors,
  loadDefinitions,
  parseDefinitions,
  renderDiagnostics,
  renderProject,
  sortDiagnostics,
  writeProject,
} from '../../src/index.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { reportSchema } from '../../src/report/schema.js';
import { contents, contentsOf, put, snapshot, temporaryFolder } from '../project/write/support.js';
import type { Tree } from './trees.js';

/** No case may take longer, in milliseconds. */
const LIMIT = 2000;

export interface Case {
  readonly tree: Tree;
  readonly options: ConvertOptions;
  readonly version: BuildStreamVersion;
}

/** What a conversion gave: enough to compare two of them. */
interface Outcome {
  readonly definitions: Definitions;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: ReturnType<typeof renderProject>;
  readonly isUsable: boolean;
  readonly report: ConversionReport;
}

function outcomeOf(definitions: Definitions, { options, version }: Case): Outcome {
  const { project, asked, diagnostics, isUsable } = convert(definitions, options);
  const all = sortDiagnostics([...definitions.diagnostics, ...diagnostics]);
  const files = renderProject(project, version);
  if (isUsable) checkCount(project.elements.length, files);
  const report = buildReport({ name: 'fuzz', definitions, project, asked, diagnostics: all });
  return { definitions, diagnostics: all, files, isUsable, report };
}

function checkCount(elements: number, files: Outcome['files']): void {
  const names = [
    ...['base', 'base/minimal', 'base/runtime', 'base/sysroot', 'base/system-marker'],
    ...['base/deployment-steps', 'base/deployment-tools'],
  ];
  const base = names.map((name) => `elements/${name}.bst`);
  const written = [...files.keys()].filter((path) => path.startsWith('elements/') && !base.includes(path));
  expect(written, 'no element takes the place of another').toHaveLength(elements);
}

/** Everything that has to hold for a tree in memory. */
export function checkInMemory(one: Case): Outcome {
  const texts = new Map([...one.tree].map(([path, bytes]) => [path, bytes.toString('utf8')]));
  const started = performance.now();
  const outcome = outcomeOf(parseDefinitions(texts), one);
  expect(performance.now() - started, 'milliseconds of a case').toBeLessThan(LIMIT);
  checkDiagnostics(outcome, new Set(texts.keys()));
  checkFiles(outcome);
  checkReport(outcome);
  return outcome;
}

/** The report on any tree has the form that is documented, and every diagnostic in it. */
function checkReport({ report, diagnostics, isUsable }: Outcome): void {
  expect(reportSchema.safeParse(report).error).toBeUndefined();
  expect(report.diagnostics).toHaveLength(diagnostics.length);
  const { total, leftOut } = report.totals.elements;
  if (report.status === 'complete' && leftOut > 0) throw new Error('what is complete leaves nothing out');
  if (isUsable && report.status === 'failed') throw new Error('what can be used has not failed');
  expect(report.elements).toHaveLength(total);
  renderMarkdown(report);
}

/** The order in which files are found has no influence on what they are converted to. */
export function checkOrder(one: Case, { files, diagnostics }: Outcome): void {
  const texts = new Map([...one.tree].reverse().map(([path, bytes]) => [path, bytes.toString('utf8')]));
  const again = outcomeOf(parseDefinitions(texts), one);
  expect([...again.files]).toEqual([...files]);
  expect(again.diagnostics).toEqual(diagnostics);
}

function checkDiagnostics(
  { diagnostics, definitions }: Pick<Outcome, 'diagnostics' | 'definitions'>,
  given: ReadonlySet<string>,
): void {
  const lines = new Map<string, string[]>();
  for (const { code, severity, message, hint, place } of diagnostics) {
    if (!Object.hasOwn(catalogue, code) || catalogue[code].severity !== severity) {
      throw new Error(`${code} (${severity}) is not in the catalogue`);
    }
    if (message === '' || hint === '') throw new Error(`${code} says nothing`);
    if (!place) continue;
    const text = definitions.files.get(place.file);
    if (text === undefined) {
      expect(given, `the file that ${code} speaks of`).toContain(place.file);
      continue;
    }
    const all = lines.get(place.file) ?? text.split('\n');
    lines.set(place.file, all);
    const { line, column, endLine, endColumn } = place;
    const isInside =
      line >= 1 &&
      column >= 1 &&
      column <= (all[line - 1]?.length ?? -1) + 1 &&
      endColumn >= 1 &&
      endColumn <= (all[endLine - 1]?.length ?? -1) + 1 &&
      (endLine > line || (endLine === line && endColumn >= column));
    if (!isInside) throw new Error(`${code} is outside of the file: ${JSON.stringify(place)}`);
  }
  const shown = renderDiagnostics(diagnostics, definitions.files, { colour: false, limit: 10 });
  if (/[\x00-\x08\x0b-\x1f\x7f-\x9f]/.test(shown)) throw new Error('a control character would be printed');
}

interface Element {
  readonly kind?: unknown;
  readonly depends?: (string | { readonly filename: string })[];
  readonly 'build-depends'?: (string | { readonly filename: string })[];
}

/** What each text that was rendered so far parses to: most are the same in every case. */
const parsed = new Map<string, Element>();

function parse(path: string, content: string): Element {
  const known = parsed.get(content);
  if (known) return known;
  for (const version of ['1.2', '1.1'] as const) {
    const document = parseDocument(content, { version });
    const [fault] = [...document.errors, ...document.warnings];
    if (fault) throw new Error(`${path} is not YAML ${version}: ${fault.message}\n${content}`);
    const value = document.toJS() as Element;
    if (version === '1.2') parsed.set(content, value);
    else expect(value, `${path} means the same in YAML 1.1 and 1.2`).toEqual(parsed.get(content));
  }
  if (parsed.size > 5000) parsed.clear();
  return parsed.get(content) ?? parse(path, content);
}

function checkFiles({ files, isUsable }: Outcome): void {
  if (!isUsable) return;
  const below = new Map<string, readonly string[]>();
  for (const [path, { content }] of files) {
    const names = path.split('/');
    const isSafe =
      names.every((name) => !['', '.', '..', '.git'].includes(name.toLowerCase())) &&
      !/[\x00-\x1f\x7f\\]/.test(path) &&
      names[0] !== '.baserock2bst';
    if (!isSafe) throw new Error(`${JSON.stringify(path)} is no safe path`);
    if (names.some((name) => Buffer.byteLength(name) > 255)) throw new Error(`${path} is too long`);
    if (!/\.(bst|conf|yml)$/.test(path) || typeof content !== 'string') continue;
    if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]|\p{Surrogate}/u.test(content)) {
      throw new Error(`${path} has characters in it that YAML does not print\n${content}`);
    }
    const element = parse(path, content);
    if (!path.startsWith('elements/')) continue;
    const needed = [...(element.depends ?? []), ...(element['build-depends'] ?? [])].map((dependency) =>
      typeof dependency === 'string' ? dependency : dependency.filename,
    );
    below.set(path.slice('elements/'.length), needed);
    for (const name of needed) {
      if (!files.has(`elements/${name}`)) throw new Error(`${path} depends on missing ${name}`);
    }
  }
  checkOrderExists(below);
}

/** Takes away what depends on nothing that is left, until nothing is left: else there is a circle. */
function checkOrderExists(below: Map<string, readonly string[]>): void {
  for (let before = -1; before !== below.size; ) {
    before = below.size;
    for (const [path, needed] of below) if (!needed.some((one) => below.has(one))) below.delete(path);
  }
  if (below.size > 0) throw new Error(`these depend on each other: ${[...below.keys()].join(' ')}`);
}

/** What is put beside, and a person's own file inside, the folder that is written to. */
const sentinels = {
  'beside/notes': 'mine',
  notes: 'mine too',
  'out.orig': 'mine',
  'out2/project.conf': 'mine',
};

/** The same tree from disk and to disk: nothing but the project's folder changes, and nothing of a person's in it. */
export async function checkOnDisk(one: Case, existing: ReturnType<typeof renderProject> | undefined) {
  const root = temporaryFolder(true);
  try {
    const source = join(root, 'definitions');
    mkdirSync(source);
    for (const [path, bytes] of one.tree) putBytes(source, path, bytes);
    put(root, sentinels);
    const out = join(root, 'out');
    if (existing) {
      await writeProject(existing, out);
      put(out, { '.git/HEAD': 'ref', 'elements/own.bst': 'kind: stack' });
    }
    const before = snapshot(root);
    const { definitions, diagnostics, files } = outcomeOf(await loadDefinitions(source), one);
    checkDiagnostics(
      { definitions, diagnostics },
      new Set([...Object.keys(snapshot(source)), ...diagnostics.map(({ place }) => place?.file ?? '')]),
    );
    // What is not usable would not be written, but must do no harm if it is.
    const result = await writeProject(files, out, { definitionsDirectory: source });
    const after = snapshot(root);
    const isWritten = !hasErrors(result.diagnostics);
    for (const [path, content] of Object.entries(before)) {
      const isOurs = isWritten && path.startsWith('out/') && existing?.has(path.slice('out/'.length));
      if (isOurs || path.startsWith('out/.baserock2bst/')) continue;
      if (after[path] !== content) throw new Error(`${path} is lost or changed`);
    }
    for (const path of Object.keys(after)) {
      if (!(path in before) && !(isWritten && path.startsWith('out/'))) throw new Error(`${path} was made`);
    }
    if (isWritten) expect(contents(out)).toMatchObject(contentsOf(files));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function putBytes(root: string, path: string, bytes: Buffer): void {
  const file = join(root, path);
  if (!file.startsWith(`${root}/`) || path.includes('\0') || path.endsWith('/')) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (!lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) writeFileSync(file, bytes);
  } catch {
    // No such file can be: a name is too long, or there is a file where a folder would be.
  }
}
