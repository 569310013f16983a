import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareBytes } from '../../byte-order.js';
import { collector, type Diagnostic, hasErrors, type Report } from '../../diagnostics/diagnostic.js';
import type { ProjectFile } from '../model.js';
import { viewer } from '../write/disk.js';
import { reportFailure } from '../write/failure.js';
import { readManifest } from '../write/manifest.js';
import { checkPaths } from '../write/paths.js';
import { planWrites } from '../write/plan.js';
import { recoverProject } from '../write/recover.js';
import { findTarget } from '../write/target.js';
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
  /** In the order of the paths' bytes; the manifest is one of them. */
  readonly files: readonly FileDiff[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compares a rendered project with a folder: what `writeProject` with `force` would change. Applying all patches to
 * the folder gives the very files. A run that was interrupted in the folder is completed or undone first; apart from
 * that nothing is written.
 *
 * @param files the project, by path with forward slashes, as `renderProject` gives it.
 * @param directory the folder, whether it exists or not.
 * @returns the changes; what keeps them from being told (a folder in the way) is an error among the diagnostics, and there are no changes then.
 */
export async function diffProject(
  files: ReadonlyMap<string, ProjectFile>,
  directory: string,
): Promise<ProjectDiff> {
  const { diagnostics, report } = collector();
  let found: FileDiff[] = [];
  try {
    checkPaths(files, report);
    const recovered = await recoverProject(directory);
    diagnostics.push(...recovered.diagnostics);
    if (!hasErrors(diagnostics)) found = changes(files, findTarget(directory).root, report).map(diffOf);
  } catch (error) {
    reportFailure(error, directory, report);
  }
  return { files: hasErrors(diagnostics) ? [] : found, diagnostics };
}

function changes(files: ReadonlyMap<string, ProjectFile>, root: string, report: Report): Change[] {
  const { writes, removals } = planWrites(root, files, readManifest(root), true, report);
  const look = viewer(root);
  const read = (path: string): Version | undefined => {
    const sight = look(path);
    if (sight.kind !== 'file') return undefined;
    const content = readFileSync(join(root, path));
    return { content: isUtf8(content) ? content.toString('utf8') : content, executable: sight.executable };
  };
  const all = [
    ...writes.map(({ path, content, executable }) => ({
      path,
      before: read(path),
      after: { content, executable: Boolean(executable) },
    })),
    ...removals.map(({ path }) => ({ path, before: read(path), after: undefined })),
  ];
  return all.sort((a, b) => compareBytes(a.path, b.path));
}

function diffOf(change: Change): FileDiff {
  const { text, added, removed } = renderPatch(change);
  const kind = change.before ? (change.after ? 'changed' : 'removed') : 'added';
  return { path: change.path, change: kind, added, removed, patch: text };
}
