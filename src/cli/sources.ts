import { checkSources, hasErrors, isFailure, loadDefinitions, renderDiagnostics } from '../index.js';
import { configure } from './config.js';
import type { ConversionFlags } from './conversion-flags.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';
import { Progress, type VerbosityFlags } from './progress.js';
import { faults, repositoryTable, serverTable } from './sources-text.js';

/** What the command line says to `sources`. */
export interface SourcesFlags
  extends VerbosityFlags,
    Pick<ConversionFlags, 'alias' | 'base' | 'baseStratum' | 'rebase' | 'config' | 'given'> {
  readonly check?: boolean;
  /** In seconds. */
  readonly timeout: number;
  readonly all?: boolean;
  readonly json?: boolean;
}

/**
 * The command `sources`: a table of the servers, and after `--check` of what can no longer be fetched.
 *
 * @returns the exit code: 1 if something cannot be fetched.
 */
export async function runSources(source: string, given: SourcesFlags, io: Io): Promise<number> {
  const progress = new Progress(io, given);
  const { flags, files, diagnostics } = await configure(given);
  if (hasErrors(diagnostics)) {
    io.stderr(renderDiagnostics(diagnostics.filter(isFailure), files, { colour: io.colour, limit: 10 }));
    return exitCodes.failed;
  }
  const definitions = await progress.stage('reading the definitions', () => loadDefinitions(source));
  if (hasErrors(definitions.diagnostics)) {
    const errors = definitions.diagnostics.filter(isFailure);
    io.stderr(renderDiagnostics(errors, definitions.files, { colour: io.colour, limit: 10 }));
    // What could be read has repositories all the same; a folder without definitions has none.
    if (definitions.strata.length === 0) return exitCodes.failed;
  }
  const { alias: aliases, check = false, timeout, rebase, baseStratum } = flags;
  const options = {
    ...{ aliases, check, rebase, patience: timeout * 1000 },
    ...(flags.base === 'bootstrap' ? ({ base: 'bootstrap' } as const) : {}),
    ...(baseStratum ? { baseStrata: baseStratum } : {}),
  };
  const look = () => checkSources(definitions, options);
  const repositories = await progress.stage(check ? 'asking the servers' : 'listing repositories', look);
  if (flags.json) io.stdout(`${JSON.stringify({ schema: 1, repositories }, null, 2)}\n`);
  else {
    io.stdout(serverTable(repositories, check));
    if (flags.all) io.stdout(`\n${repositoryTable(repositories, check)}`);
    if (check) io.stdout(faults(repositories, flags.all === true));
  }
  const isLost = repositories.some(
    ({ answers, refs }) => answers === false || refs.some(({ found }) => found === false),
  );
  return isLost ? exitCodes.needsHand : exitCodes.done;
}
