import { existsSync } from 'node:fs';
import { hasErrors, recoverProject, renderDiagnostics } from '../index.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';

/** The command `recover`: makes an interrupted project the old or the new one, and says which. */
export async function runRecover(project: string, io: Io): Promise<number> {
  const { recovery, diagnostics } = await recoverProject(project);
  io.stderr(
    renderDiagnostics(diagnostics, new Map(), { colour: io.colour, limit: Number.POSITIVE_INFINITY }),
  );
  if (hasErrors(diagnostics)) return exitCodes.failed;
  if (recovery === 'nothing' && !existsSync(project)) {
    io.stderr(`error: there is no folder ${project}\n`);
    return exitCodes.failed;
  }
  const said = {
    nothing: 'there was nothing to recover',
    'rolled back': 'the project is the old one: the writing of the new one was undone',
    completed: 'the project is the new one: its writing was finished',
  };
  io.stdout(`${said[recovery]}\n`);
  return exitCodes.done;
}
