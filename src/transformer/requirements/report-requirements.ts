import { locate } from '../../definitions/locate.js';
import type { Chunk, Command, Stratum, System } from '../../definitions/model.js';
import { steps } from '../../definitions/steps.js';
import { type Context, isBase, strataOf } from '../context.js';
import { modesGivenBy } from '../deployment/chunk-modes.js';
import { isBootstrapped } from '../replacements.js';
import { findRequirements } from './find-requirements.js';
import type { Stage } from './rule.js';

const inBase =
  'the base stands in for this chunk: if systems need what it does, see to it in the base or when an image is made';

/** What deployments can give again. */
const lostModes: readonly string[] = ['lost-setuid', 'lost-mode'];

const carriedHint =
  'nothing is left to do for deployments; a system that is used without one has it not, nor builds on this chunk';

/**
 * Reports what commands need that BuildStream does not have (root, accounts, the host, `.git`, a network), and what
 * they do that it does not keep (owners, modes), each at the very command. A command of a file that several strata
 * use is reported once.
 *
 * @param deployed systems whose deployments give files the modes again that are known.
 */
export function reportRequirements(
  strata: readonly Stratum[],
  deployed: ReadonlySet<System>,
  context: Context,
): void {
  const carried = new Set([...deployed].flatMap(strataOf).flatMap(({ chunks }) => chunks));
  const seen = new Set<string>();
  const isNew = ({ at }: Command) => {
    const key = `${at.file}:${at.line}:${at.column}`;
    return !seen.has(key) && Boolean(seen.add(key));
  };
  const { defaults, files } = context.definitions;
  for (const { commands } of defaults.buildSystems.values()) {
    const own = steps.flatMap((step) => commands.get(step) ?? []).filter(({ at }) => files.has(at.file));
    reportList(own.filter(isNew), 'build', { isInBase: false, carrier: undefined }, context);
  }
  for (const stratum of strata) {
    const isInBase = isBase(stratum) && !isBootstrapped(stratum, context.options);
    for (const chunk of stratum.chunks) {
      const carrier = carried.has(chunk) ? chunk : undefined;
      reportChunk(chunk, { isInBase, carrier }, isNew, context);
    }
  }
}

/** Whose commands are looked at. */
interface Owner {
  /** The base stands in for it. */
  readonly isInBase: boolean;
  /** The chunk, if deployments give the modes again that its commands give and that are known. */
  readonly carrier: Chunk | undefined;
}

function reportChunk(
  chunk: Chunk,
  owner: Owner,
  isNew: (command: Command) => boolean,
  context: Context,
): void {
  const build = steps.flatMap((step) => chunk.commands.get(step) ?? []);
  const integration = chunk.systemIntegration.flatMap(({ commands }) => commands);
  reportList(build.filter(isNew), 'build', owner, context);
  reportList(integration.filter(isNew), 'integration', owner, context);
}

function reportList(
  commands: readonly Command[],
  stage: Stage,
  { isInBase, carrier }: Owner,
  { definitions, report }: Context,
): void {
  const found = findRequirements(
    commands.map(({ text }) => text),
    stage,
  );
  for (const [index, command] of commands.entries()) {
    const file = definitions.files.get(command.at.file) ?? '';
    const isCarried = carrier && found[index]!.some(({ code }) => lostModes.includes(code));
    const modes = isCarried ? modesGivenBy(command.text, carrier, stage) : undefined;
    for (const { code, message, hint, start, end } of found[index]!) {
      const place = locate(command, file, start, end);
      if (modes?.has(start) && lostModes.includes(code)) {
        report(code, place, `${message}: deployments give it again`, carriedHint);
      } else report(code, place, message, isInBase ? inBase : hint);
    }
  }
}
