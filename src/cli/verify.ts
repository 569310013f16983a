import {
  type Answers,
  askBuildStream,
  type Diagnostic,
  detectBuildSystems,
  elementsToAsk,
  isFailure,
  loadDefinitions,
  readTexts,
  renderDiagnostics,
  type VerifyOptions,
  verifyProject,
} from '../index.js';
import { below } from './below.js';
import { configure } from './config.js';
import { readVariables } from './conversion.js';
import type { ConversionFlags } from './conversion-flags.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';
import { Progress } from './progress.js';
import { verificationText } from './verification-text.js';

/** What the command line says to `verify`. */
export interface VerifyFlags {
  readonly json?: boolean;
  readonly all?: boolean;
  /** Ask BuildStream, by the name of the command if it is not `bst`. */
  readonly bst?: boolean | string;
}

/** How much is shown of each list unless all is asked for. */
const SHOWN = 10;

/**
 * The command `verify`: whether a project still does what its definitions mean.
 *
 * @param given the options of `convert` that were said on the command line, and not just by default.
 * @returns the exit code: 0 if it does, 1 if it does something else.
 */
export async function runVerify(
  source: string,
  target: string,
  given: VerifyFlags & Partial<ConversionFlags>,
  io: Io,
): Promise<number> {
  const progress = new Progress(io, given);
  const { flags, diagnostics: ofConfig } = await configure({ alias: {}, ...given });
  const variables = await readVariables(flags);
  const { deployments } = variables;
  const definitions = await progress.stage('reading the definitions', () =>
    loadDefinitions(source, { deployments }),
  );
  const detected = flags.sources
    ? await detectBuildSystems(definitions, flags.sources, flags.alias ?? {})
    : { buildSystems: {}, diagnostics: [] };
  const texts = await progress.stage('reading the project', () => readTexts(target));
  const options: VerifyOptions = {
    buildSystems: { ...detected.buildSystems, ...flags.buildSystem },
    chunkRefs: flags.ref ?? {},
    rebase: flags.rebase ?? {},
    deployments,
    keepGoing: flags.keepGoing === true,
    ...(flags.system ? { systems: flags.system.map((path) => below(source, path)) } : {}),
    ...(flags.integration ? { integration: flags.integration } : {}),
    ...(flags.baseStratum ? { baseStrata: flags.baseStratum } : {}),
  };
  const command = flags.bst === true ? 'bst' : flags.bst;
  const asked = command
    ? await progress.stage('asking BuildStream', () =>
        ask(target, command, elementsToAsk(definitions, texts, options)),
      )
    : { answers: new Map<string, Answers>(), diagnostics: [] };
  const result = await progress.stage('comparing', () =>
    verifyProject(definitions, texts, { ...options, answers: asked.answers }),
  );
  const diagnostics = [
    ...ofConfig.filter(isFailure),
    ...variables.diagnostics.filter(isFailure),
    ...detected.diagnostics.filter(isFailure),
    ...asked.diagnostics,
    ...result.diagnostics,
  ];
  const status = diagnostics.length > 0 ? 'failed' : result.status;
  if (flags.json)
    io.stdout(`${JSON.stringify({ schema: 1, ...result, status, project: target, diagnostics }, null, 2)}\n`);
  else {
    io.stderr(
      renderDiagnostics(diagnostics, new Map([...texts, ...definitions.files]), {
        colour: io.colour,
        limit: Number.POSITIVE_INFINITY,
      }),
    );
    const isSilent = status === 'failed' || (flags.quiet && status === 'equal');
    if (!isSilent)
      io.stdout(verificationText(result, flags.all ? Number.POSITIVE_INFINITY : SHOWN, flags.quiet));
  }
  if (status === 'failed') return exitCodes.failed;
  return status === 'equal' ? exitCodes.done : exitCodes.different;
}

/** Asks BuildStream of all elements, one architecture after the other, until it fails. */
async function ask(
  project: string,
  command: string,
  elements: ReadonlyMap<string, readonly string[]>,
): Promise<{ answers: Map<string, Answers>; diagnostics: readonly Diagnostic[] }> {
  const answers = new Map<string, Answers>();
  for (const [arch, names] of elements) {
    if (names.length === 0) continue;
    const { answers: found, diagnostics } = await askBuildStream(project, command, { arch }, names);
    if (!found) return { answers, diagnostics };
    answers.set(arch, found);
  }
  return { answers, diagnostics: [] };
}
