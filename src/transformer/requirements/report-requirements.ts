import { locator } from '../../definitions/locate.js';
import type { Chunk, Command, Stratum } from '../../definitions/model.js';
import { type SourceText, sourceText } from '../../definitions/source-text.js';
import { steps } from '../../definitions/steps.js';
import { type Context, isBase } from '../context.js';
import { isBootstrapped } from '../replacements.js';
import { findRequirements } from './find-requirements.js';
import type { Stage } from './rule.js';

const inBase =
  'the base stands in for this chunk: if systems need what it does, see to it in the base or when an image is made';

/** What one pass over all commands remembers. */
interface Pass {
  readonly isNew: (command: Command) => boolean;
  readonly sourceOf: (file: string) => SourceText;
}

/**
 * Reports what commands need that BuildStream does not have (root, accounts, the host, `.git`, a network), and what
 * they do that it does not keep (owners, modes), each at the very command. A command of a file that several strata
 * use is reported once.
 */
export function reportRequirements(strata: readonly Stratum[], context: Context): void {
  const seen = new Set<string>();
  const isNew = ({ at }: Command) => {
    const key = `${at.file}:${at.line}:${at.column}`;
    return !seen.has(key) && Boolean(seen.add(key));
  };
  const { defaults, files } = context.definitions;
  const sources = new Map<string, SourceText>();
  const sourceOf = (file: string) => {
    const source = sources.get(file) ?? sourceText(files.get(file) ?? '');
    sources.set(file, source);
    return source;
  };
  const pass: Pass = { isNew, sourceOf };
  for (const { commands } of defaults.buildSystems.values()) {
    const own = steps.flatMap((step) => commands.get(step) ?? []).filter(({ at }) => files.has(at.file));
    reportList(own, 'build', false, pass, context);
  }
  for (const stratum of strata) {
    const isInBase = isBase(stratum) && !isBootstrapped(stratum, context.options);
    for (const chunk of stratum.chunks) reportChunk(chunk, isInBase, pass, context);
  }
}

function reportChunk(chunk: Chunk, isInBase: boolean, pass: Pass, context: Context): void {
  const build = steps.flatMap((step) => chunk.commands.get(step) ?? []);
  const integration = chunk.systemIntegration.flatMap(({ commands }) => commands);
  reportList(build, 'build', isInBase, pass, context);
  reportList(integration, 'integration', isInBase, pass, context);
}

function reportList(
  list: readonly Command[],
  stage: Stage,
  isInBase: boolean,
  { isNew, sourceOf }: Pass,
  { report }: Context,
): void {
  const commands = list.filter(isNew);
  const found = findRequirements(
    commands.map(({ text }) => text),
    stage,
  );
  for (const [index, command] of commands.entries()) {
    if (found[index]!.length === 0) continue;
    const placeOf = locator(command, sourceOf(command.at.file));
    for (const { code, message, hint, start, end } of found[index]!) {
      report(code, placeOf(start, end), message, isInBase ? inBase : hint);
    }
  }
}
