import { existsSync } from 'node:fs';
import { closestMatch } from 'leven';
import { compareBytes } from '../../byte-order.js';
import { collector, type Diagnostic, hasErrors, type Report } from '../../diagnostics/diagnostic.js';
import { type FileOrigins, type Origin, spansOf } from '../origin.js';
import { reportFailure } from '../write/failure.js';
import { type Generated, generatedBefore, readOwn } from '../write/generated.js';
import { readManifest } from '../write/manifest.js';
import { PROVENANCE } from '../write/paths.js';
import { findTarget } from '../write/target.js';
import { currentLines } from './current-lines.js';
import { parseProvenance } from './provenance.js';

/** Lines of a file; from 1, the last one included. */
export interface Lines {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

/** Where a file of a project, or a line of it, comes from. */
export interface Trace {
  /** The path of the file in the project. */
  readonly file: string;
  readonly line?: number;
  /** `generated` from definitions; `own`: from this tool itself; `by hand`: a person's. */
  readonly kind: 'generated' | 'own' | 'by hand';
  /** False if the line has no origin of its own, and the origins are those of the file. */
  readonly isExact: boolean;
  /** Lines of the definitions. */
  readonly origins: readonly Lines[];
}

/** What `traceElement` and `traceDefinition` return; without an answer there is an error among the diagnostics. */
export interface Answer<T> {
  readonly answer: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Tells which lines of the definitions an element comes from, or one line of it, also after a person changed the file.
 *
 * @param directory the folder of the project.
 * @param element the element's name, as BuildStream has it, or the path of any file of the project.
 * @param line a line of the file as it is now.
 */
export function traceElement(directory: string, element: string, line?: number): Answer<Trace> {
  return answered(directory, (project, report) => {
    const path = [element, `elements/${element}`, `elements/${element}.bst`].find((each) =>
      project.paths.has(each),
    );
    const onDisk = [`elements/${element}`, element].find((each) => existsSync(`${project.root}/${each}`));
    if (path === undefined) {
      if (onDisk !== undefined) return { file: onDisk, kind: 'by hand', isExact: true, origins: [] };
      const hint = suggest(element, [...project.paths].map(elementName));
      report('not-traceable', undefined, `there is no ${element} in the project`, hint);
      return undefined;
    }
    return traceFile(project, path, line, report);
  });
}

/**
 * Tells what a definition, or one line of it, became: the lines of the project that come from it, as the files are now.
 *
 * @param file the path of a definition, below the root of the definitions.
 */
export function traceDefinition(directory: string, file: string, line?: number): Answer<readonly Lines[]> {
  return answered(directory, (project, report) => {
    const concerns = (origin: Origin | undefined) =>
      origin?.file === file && (line === undefined || (origin.line <= line && line <= origin.endLine));
    const found = [...project.origins].filter(([, { whole, lines }]) => [...whole, ...lines].some(concerns));
    if (!isKnown(file, project)) {
      const all = [...project.origins.values()].flatMap(({ whole }) => whole.map((origin) => origin.file));
      report('not-traceable', undefined, `nothing in the project comes from ${file}`, suggest(file, all));
      return undefined;
    }
    const lines =
      line === undefined
        ? []
        : found.flatMap(([path, origins]) => linesFrom(project, path, origins.lines.map(concerns)));
    const places = lines.length > 0 ? lines : found.flatMap(([path]) => wholeFile(project, path));
    return places.sort((a, b) => compareBytes(a.file, b.file) || a.line - b.line);
  });
}

function isKnown(file: string, { origins }: TracedProject): boolean {
  return [...origins.values()].some(({ whole, lines }) =>
    [...whole, ...lines].some((origin) => origin?.file === file),
  );
}

/** The path that is meant: one that the name ends with, as where the folder is written with it, or the nearest one. */
function suggest(name: string, known: Iterable<string>): string | undefined {
  const paths = [...new Set(known)];
  const inside = paths.find((path) => name.endsWith(`/${path}`));
  const nearest = inside ?? closestMatch(name, paths, { maxDistance: 6 });
  return nearest && `did you mean ${nearest}?`;
}

interface TracedProject {
  readonly root: string;
  /** Everything that was generated. */
  readonly paths: ReadonlySet<string>;
  readonly origins: ReadonlyMap<string, FileOrigins>;
  readonly generated: Generated;
}

function answered<T>(
  directory: string,
  ask: (project: TracedProject, report: Report) => T | undefined,
): Answer<T> {
  const { diagnostics, report } = collector();
  let answer: T | undefined;
  try {
    const { root, exists } = findTarget(directory);
    const digests = exists ? readManifest(root)?.digests : undefined;
    const text = exists ? readOwn(root, PROVENANCE) : undefined;
    const origins = text === undefined ? undefined : parseProvenance(text);
    if (!digests) {
      const hint = 'name the folder of a project that was made by `convert`';
      report('not-traceable', undefined, `${directory} is no project of ours`, hint);
    } else if (!origins) {
      report(
        'not-traceable',
        undefined,
        `${directory} does not say where its files come from`,
        'convert again, and it will',
      );
    } else {
      const generated = generatedBefore(root, digests);
      answer = ask({ root, paths: new Set(digests.keys()), origins, generated }, report);
    }
  } catch (error) {
    reportFailure(error, directory, report);
  }
  return { answer: hasErrors(diagnostics) ? undefined : answer, diagnostics };
}

function elementName(path: string): string {
  return path.replace(/^elements\//, '');
}

function traceFile(
  project: TracedProject,
  path: string,
  line: number | undefined,
  report: Report,
): Trace | undefined {
  const origins = project.origins.get(path);
  const whole = (origins?.whole ?? []).map(linesOf);
  const lines = origins?.lines ?? [];
  const kind = origins ? 'generated' : 'own';
  if (line === undefined) {
    const all = whole.length > 0 ? whole : spansOf(lines.filter((origin) => origin !== undefined));
    return { file: path, kind, isExact: true, origins: all };
  }
  const current = currentLines(project.root, path, project.generated);
  if (line < 1 || line > current.count) {
    report('not-traceable', undefined, `${path} has ${current.count} lines, and no line ${line}`);
    return undefined;
  }
  const was = current.generated(line);
  if (was === undefined) return { file: path, line, kind: 'by hand', isExact: true, origins: [] };
  const own = lines[was - 1];
  if (own) return { file: path, line, kind, isExact: true, origins: [linesOf(own)] };
  const isOwn = whole.length === 0;
  return { file: path, line, kind: isOwn ? 'own' : kind, isExact: isOwn, origins: whole };
}

/** The lines of a file for which something holds, as they are now. */
function linesFrom({ root, generated }: TracedProject, path: string, holds: readonly boolean[]): Lines[] {
  const current = currentLines(root, path, generated);
  const found: { file: string; line: number; endLine: number }[] = [];
  for (const line of holds.flatMap((each, index) => (each ? (current.now(index + 1) ?? []) : []))) {
    const last = found.at(-1);
    if (last && last.endLine + 1 === line) last.endLine = line;
    else found.push({ file: path, line, endLine: line });
  }
  return found;
}

/** All lines of a file that is still there. */
function wholeFile({ root, generated }: TracedProject, path: string): Lines[] {
  const { count } = currentLines(root, path, generated);
  return count > 0 ? [{ file: path, line: 1, endLine: count }] : [];
}

function linesOf({ file, line, endLine }: Origin): Lines {
  return { file, line, endLine };
}
