import { join } from 'node:path';
import { type Collector, collector, type Diagnostic, type Report } from '../../diagnostics/diagnostic.js';
import { type Applied, applyChange, checkStaged } from './apply.js';
import { removeLeftovers } from './create.js';
import { isEmptyFolder } from './disk.js';
import { errorCode, reportFailure, Unfinished } from './failure.js';
import {
  abandonJournal,
  type Change,
  finishJournal,
  hasJournal,
  readCommitted,
  removeEmptyJournal,
} from './journal.js';
import { lockProject, lockState } from './lock.js';
import { OWN_FOLDER } from './paths.js';
import { findTarget } from './target.js';

/**
 * What an interrupted run left behind and what became of it: `nothing`; `rolled back`, the project is the old one;
 * `completed`, the project is the new one.
 */
export type Recovery = 'nothing' | 'rolled back' | 'completed';

/** The result of looking for an interrupted run. */
export interface RecoverResult {
  readonly recovery: Recovery;
  /** Says what was done, as `recovered`; errors if it could not be done. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Brings a project that a run was interrupted in the midst of writing (by a kill, a crash or a loss of power) to
 * exactly the old or the new state. Costs next to nothing if there was none. Never throws for the state of the
 * disk: failures are diagnostics.
 *
 * @param directory the folder of the project, whether it exists or not.
 */
export async function recoverProject(directory: string): Promise<RecoverResult> {
  const { diagnostics, report }: Collector = collector();
  let recovery: Recovery = 'nothing';
  try {
    const { root, exists } = findTarget(directory);
    if (removeLeftovers(root) && !exists) {
      recovery = 'rolled back';
      report(
        'recovered',
        undefined,
        `${directory} was not completed by an earlier run; what it left is removed`,
      );
    }
    if (exists && hasTraces(root)) {
      const unlock = lockProject(root);
      try {
        recovery = recoverLocked(root, directory, report);
      } finally {
        unlock(root);
      }
    }
  } catch (error) {
    reportFailure(error, directory, report);
  }
  return { recovery, diagnostics };
}

/** True if a run is under way or was interrupted: without one there is neither journal nor lock. */
function hasTraces(root: string): boolean {
  return hasJournal(root) || lockState(root) !== 'none' || isEmptyFolder(join(root, OWN_FOLDER));
}

/**
 * Does the same for a project that the caller has locked.
 *
 * @throws errors of the file system, {@link Unfinished} and refusals; the project is then as it was before.
 */
export function recoverLocked(root: string, directory: string, report: Report): Recovery {
  if (!hasJournal(root)) return 'nothing';
  if (removeEmptyJournal(root)) return 'nothing';
  const change = readCommitted(root);
  if (!change) {
    abandonJournal(root);
    report(
      'recovered',
      undefined,
      `an interrupted run had not changed ${directory} yet: it is the old project`,
    );
    return 'rolled back';
  }
  const applied = complete(root, change);
  finishJournal(root);
  report('recovered', undefined, `an interrupted run of ${directory} is completed: it is the new project`);
  reportKept(applied, report);
  return 'completed';
}

/** Does what is left of a change that is no longer to be undone. */
function complete(root: string, change: Change): Applied {
  try {
    checkStaged(root, change);
    return applyChange(root, change);
  } catch (error) {
    throw errorCode(error) === '' ? error : new Unfinished(error);
  }
}

/** Reports what became of files of the person's. */
export function reportKept({ setAside, kept }: Applied, report: Report): void {
  for (const { path, keptAs } of setAside) {
    report('kept-file', undefined, `${path} is not as it was generated; kept as ${keptAs}`);
  }
  for (const path of kept) {
    report('kept-file', undefined, `${path} is no longer generated, but was changed by hand: it stays`);
  }
}
