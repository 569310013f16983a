import { readdirSync } from 'node:fs';
import { join } from 'node:path/posix';
import type { Report } from '../../diagnostics/diagnostic.js';
import type { ProjectFile } from '../model.js';
import { digestOf, emptyDigest, type Sight, viewer } from './disk.js';
import { type Settlement, settleEdit } from './edits.js';
import { generatedBefore } from './generated.js';
import type { FoundManifest } from './manifest.js';
import { renderOwn } from './own.js';
import { MANIFEST } from './paths.js';
import type { WriteOptions } from './write-project.js';

/** A file to be written over an existing project. */
export interface Write extends ProjectFile {
  readonly path: string;
  /** Digest of what may be replaced without a trace: what was generated before. Everything else is set aside. */
  readonly before: string | undefined;
  /** Digest of the new content. */
  readonly after: string;
}

/** A file to be removed from an existing project, as long as its content has this digest. */
export interface Removal {
  readonly path: string;
  readonly before: string;
}

/** What has to be done to make an existing project the new one. */
export interface Plan {
  /** The manifest comes last. */
  readonly writes: readonly Write[];
  readonly removals: readonly Removal[];
  readonly unchanged: readonly string[];
  /** Files no longer generated that were changed by hand: they stay. */
  readonly kept: readonly string[];
  /** What becomes of generated files that a person changed or removed. */
  readonly settled: readonly Settlement[];
  /** Files of the person's that are in the way: set aside before they are replaced, which `force` allows. */
  readonly setAside: readonly string[];
}

/**
 * Compares a folder with the project that is to be in it. Reads each file once and writes nothing.
 *
 * @param root an existing folder.
 * @param found its manifest, if it has one.
 * @param options `force` allows to set aside files of the person's; `onConflict` says what becomes of lines that a
 *   person and the definitions changed differently.
 * @param report is told what keeps the project from being written; the plan then means nothing.
 * @throws errors of the file system.
 */
export function planWrites(
  root: string,
  files: ReadonlyMap<string, ProjectFile>,
  found: FoundManifest | undefined,
  { force = false, onConflict = 'abort' }: Pick<WriteOptions, 'force' | 'onConflict'>,
  report: Report,
): Plan {
  const look = viewer(root);
  const previous = found?.digests ?? new Map<string, string>();
  // The manifest is written last. Where it is empty, files that are empty too are what a loss of power left of them.
  const wasLost = found?.own === emptyDigest;
  const { removals, kept } = planRemovals(previous, files, look);
  const removed = new Set(removals.map(({ path }) => path));
  const generated = generatedBefore(root, previous);
  const writes: Write[] = [];
  const unchanged: string[] = [];
  const settled: Settlement[] = [];
  const obstacles = new Set<string>();
  const setAside = new Set<string>();
  const digests = new Map<string, string>();

  for (const [path, file] of files) {
    const after = digestOf(file.content);
    digests.set(path, after);
    const sight = look(path);
    const was = previous.get(path);
    const isLost = wasLost && sight.kind === 'file' && sight.digest === emptyDigest;
    const isUntouched = sight.kind === 'file' && sight.digest === was;
    if (sight.kind === 'file' && sight.digest === after) {
      if (sight.executable === Boolean(file.executable)) unchanged.push(path);
      else writes.push({ ...file, path, before: after, after });
      continue;
    }
    if (isUntouched || isLost) {
      writes.push({ ...file, path, before: sight.digest, after });
      continue;
    }
    if (file.once && sight.kind === 'file') {
      unchanged.push(path);
      continue;
    }
    const settlement =
      force || was === undefined
        ? undefined
        : settleEdit(root, { path, file, after, was, sight }, generated, onConflict);
    if (settlement) settled.push(settlement);
    if (settlement && 'write' in settlement) {
      writes.push(settlement.write);
      if (settlement.write.before === undefined) setAside.add(path);
    }
    if (settlement && settlement.kind !== 'restored') continue;
    writes.push({ ...file, path, before: undefined, after });
    const obstacle = obstacleAt(root, path, sight, removed);
    if (obstacle === undefined || obstacles.has(obstacle.path)) continue;
    obstacles.add(obstacle.path);
    if (obstacle.kind !== 'file') {
      report('bad-output', undefined, `${obstacle.path} is ${obstacle.what}`, 'move it out of the way');
    } else if (!force) {
      report('output-not-ours', undefined, whyRefused(obstacle.path, path, previous), refusedHint);
    } else setAside.add(obstacle.path);
  }
  for (const settlement of settled) {
    if (settlement.kind === 'conflict') report('edit-conflict', undefined, settlement.message);
    if (settlement.kind === 'unresolved') report('unresolved-conflict', undefined, settlement.message);
  }

  writes.push(...planOwn(files, digests, found, look));
  if (found && !found.digests) setAside.add(MANIFEST);
  return {
    writes,
    settled,
    removals,
    unchanged,
    kept: kept.filter((path) => !setAside.has(path)),
    setAside: [...setAside],
  };
}

/** What the project says about itself, as far as it changes; last of all the manifest. */
function planOwn(
  files: ReadonlyMap<string, ProjectFile>,
  digests: ReadonlyMap<string, string>,
  found: FoundManifest | undefined,
  look: (path: string) => Sight,
): Write[] {
  const writes: Write[] = [];
  for (const [path, content] of renderOwn(files, digests)) {
    const after = digestOf(content);
    const sight = look(path);
    const was = sight.kind === 'file' ? sight.digest : undefined;
    // A manifest that cannot be understood may be a person's.
    const before = path === MANIFEST && !found?.digests ? undefined : was;
    if (was !== after) writes.push({ path, content, before, after });
  }
  return writes;
}

/** Files that were generated before and are no longer: removed if untouched, else kept. */
function planRemovals(
  previous: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, unknown>,
  look: (path: string) => Sight,
): { removals: Removal[]; kept: string[] } {
  const removals: Removal[] = [];
  const kept: string[] = [];
  for (const [path, before] of previous) {
    if (files.has(path)) continue;
    const sight = look(path);
    if (sight.kind === 'file' && sight.digest === before) removals.push({ path, before });
    else if (sight.kind === 'file' || sight.kind === 'link') kept.push(path);
  }
  return { removals, kept };
}

interface Obstacle {
  readonly path: string;
  readonly kind: 'file' | 'other';
  readonly what: string;
}

const kinds = {
  folder: 'a folder with something in it that was not generated, where a file has to be',
  link: 'a link, and nothing is ever written through one',
  special: 'neither a file nor a folder',
} as const;

/** What stands in the way of a file; undefined for nothing, and for what the removals take away. */
function obstacleAt(
  root: string,
  path: string,
  sight: Sight,
  removed: ReadonlySet<string>,
): Obstacle | undefined {
  if (sight.kind === 'nothing') return undefined;
  if (sight.kind === 'file') return { path, kind: 'file', what: '' };
  if (sight.kind === 'blocked') {
    if (sight.byKind !== 'file') return { path: sight.by, kind: 'other', what: kinds[sight.byKind] };
    return removed.has(sight.by) ? undefined : { path: sight.by, kind: 'file', what: '' };
  }
  if (sight.kind === 'folder' && isEmptied(root, path, removed)) return undefined;
  return { path, kind: 'other', what: kinds[sight.kind] };
}

/** True if a folder goes away once the removals are done: there is nothing in it but what they take away. */
function isEmptied(root: string, folder: string, removed: ReadonlySet<string>): boolean {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return (
    entries.length > 0 &&
    entries.every((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? isEmptied(root, path, removed) : removed.has(path);
    })
  );
}

const refusedHint = 'move it away, or use --force, which keeps it as .orig';

function whyRefused(path: string, wanted: string, previous: ReadonlyMap<string, string>): string {
  if (previous.has(path)) return `${path} was changed by hand since it was generated`;
  if (path !== wanted) return `${path} is a file that was not generated, where a folder has to be`;
  return `${path} exists and was not generated`;
}
