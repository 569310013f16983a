import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareBytes } from '../../byte-order.js';
import { collector, type Diagnostic, hasErrors } from '../../diagnostics/diagnostic.js';
import type { ProjectFile } from '../model.js';
import { freeName, takenNames } from '../write/apply.js';
import { viewer } from '../write/disk.js';
import { reportFailure } from '../write/failure.js';
import { makePlan, mayBeOurs } from '../write/make-plan.js';
import { checkPaths, OWN_FOLDER } from '../write/paths.js';
import { type Plan, planWrites } from '../write/plan.js';
import { recoverProject } from '../write/recover.js';
import { findTarget } from '../write/target.js';
import type { WriteOptions } from '../write/write-project.js';
import { type Change, renderPatch, type Version } from './git-patch.js';

/** How one file of a project would change. */
export interface FileDiff {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** How many lines would be added and removed. */
  readonly added: number;
  readonly removed: number;
  /** The change in the form of `git diff`. */
  readonly patch: string;
}

/** What writing a project would change in a folder. */
export interface ProjectDiff {
  /** In the order of the paths' bytes; what the project says about itself comes last. */
  readonly files: readonly FileDiff[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compares a rendered project with a folder: what `writeProject` would change. Applying all patches to
 * the folder gives the very files. A run that was interrupted in the folder is completed or undone first; apart from
 * that nothing is written.
 *
 * @param files the project, by path with forward slashes, as `renderProject` gives it.
 * @param directory the folder, whether it exists or not.
 * @param options as for `writeProject`.
 * @returns the changes; what keeps them from being told (a folder in the way) is an error among the diagnostics, and
 *   there are no changes then.
 */
export async function diffProject(
  files: ReadonlyMap<string, ProjectFile>,
  directory: string,
  options: Pick<WriteOptions, 'force' | 'onConflict'> = {},
): Promise<ProjectDiff> {
  const { diagnostics, report } = collector();
  let found: FileDiff[] = [];
  try {
    checkPaths(files, report);
    const recovered = await recoverProject(directory);
    diagnostics.push(...recovered.diagnostics);
    const { root, exists } = findTarget(directory);
    if (!hasErrors(diagnostics) && (!exists || mayBeOurs(root, directory, options, report))) {
      const plan = exists
        ? makePlan(root, directory, files, options, report)
        : planWrites(root, files, undefined, {}, report);
      if (plan) found = changes(plan, root).map(diffOf);
    }
  } catch (error) {
    reportFailure(error, directory, report);
  }
  return { files: hasErrors(diagnostics) ? [] : found, diagnostics };
}

function changes({ writes, removals, setAside }: Plan, root: string): Change[] {
  const look = viewer(root);
  const read = (path: string): Version | undefined => {
    const sight = look(path);
    if (sight.kind !== 'file') return undefined;
    const content = readFileSync(join(root, path));
    return { content: isUtf8(content) ? content.toString('utf8') : content, executable: sight.executable };
  };
  const taken = takenNames(writes, removals);
  const written = new Set(writes.map(({ path }) => path));
  const all: Change[] = [
    ...writes.map(({ path, content, executable }) => ({
      path,
      before: read(path),
      after: { content, executable: Boolean(executable) },
    })),
    ...removals.map(({ path }) => ({ path, before: read(path), after: undefined })),
    ...setAside.map((path) => ({ path: freeName(root, path, taken), before: undefined, after: read(path) })),
    ...setAside
      .filter((path) => !written.has(path))
      .map((path) => ({ path, before: read(path), after: undefined })),
  ];
  const isOwn = ({ path }: Change) => Number(path.startsWith(`${OWN_FOLDER}/`));
  return all.sort((a, b) => isOwn(a) - isOwn(b) || compareBytes(a.path, b.path));
}

function diffOf(change: Change): FileDiff {
  const { text, added, removed } = renderPatch(change);
  const kind = change.before ? (change.after ? 'changed' : 'removed') : 'added';
  return { path: change.path, change: kind, added, removed, patch: text };
}
