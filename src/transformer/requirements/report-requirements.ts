import { locate } from '../../definitions/locate.js';
import type { Chunk, Command, Stratum } from '../../definitions/model.js';
import { steps } from '../../definitions/steps.js';
import { type Context, isBase } from '../context.js';
import { isBootstrapped } from '../replacements.js';
import { findRequirements } from './find-requirements.js';
import type { Stage } from './rule.js';

const inBase =
  'the base stands in for this chunk: if systems need what it does, see to it in the base or when an image is made';

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
  for (const { commands } of defaults.buildSystems.values()) {
    const own = steps.flatMap((step) => commands.get(step) ?? []).filter(({ at }) => files.has(at.file));
    reportList(own.filter(isNew), 'build', false, context);
  }
  for (const stratum of strata) {
    const isInBase = isBase(stratum) && !isBootstrapped(stratum, context.options);
    for (const chunk of stratum.chunks) reportChunk(chunk, isInBase, isNew, context);
  }
}

function reportChunk(
  chunk: Chunk,
  isInBase: boolean,
  isNew: (command: Command) => boolean,
  context: Context,
): void {
  const build = steps.flatMap((step) => chunk.commands.get(step) ?? []);
  const integration = chunk.systemIntegration.flatMap(({ commands }) => commands);
  reportList(build.filter(isNew), 'build', isInBase, context);
  reportList(integration.filter(isNew), 'integration', isInBase, context);
}

function reportList(
  commands: readonly Command[],
  stage: Stage,
  isInBase: boolean,
  { definitions, report }: Context,
): void {
  const found = findRequirements(
    commands.map(({ text }) => text),
    stage,
  );
  for (const [index, command] of commands.entries()) {
    const file = definitions.files.get(command.at.file) ?? '';
    for (const { code, message, hint, start, end } of found[index]!) {
      const place = locate(command, file, start, end);
      report(code, place, message, isInBase ? inBase : hint);
    }
  }
}
