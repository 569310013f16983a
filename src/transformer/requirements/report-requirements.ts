import { locator } from '../../definitions/locate.js';
import type { Chunk, Command, Stratum, System } from '../../definitions/model.js';
import { type SourceText, sourceText } from '../../definitions/source-text.js';
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

/** What one pass over all commands remembers. */
interface Pass {
  readonly isNew: (command: Command) => boolean;
  readonly sourceOf: (file: string) => SourceText;
}

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
  const sources = new Map<string, SourceText>();
  const sourceOf = (file: string) => {
    const source = sources.get(file) ?? sourceText(files.get(file) ?? '');
    sources.set(file, source);
    return source;
  };
  const pass: Pass = { isNew, sourceOf };
  for (const { commands } of defaults.buildSystems.values()) {
    const own = steps.flatMap((step) => commands.get(step) ?? []).filter(({ at }) => files.has(at.file));
    reportList(own, 'build', { isInBase: false, carrier: undefined }, pass, context);
  }
  for (const stratum of strata) {
    const isInBase = isBase(stratum) && !isBootstrapped(stratum, context.options);
    for (const chunk of stratum.chunks) {
      const carrier = carried.has(chunk) ? chunk : undefined;
      reportChunk(chunk, { isInBase, carrier }, pass, context);
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

function reportChunk(chunk: Chunk, owner: Owner, pass: Pass, context: Context): void {
  const build = steps.flatMap((step) => chunk.commands.get(step) ?? []);
  const integration = chunk.systemIntegration.flatMap(({ commands }) => commands);
  reportList(build, 'build', owner, pass, context);
  reportList(integration, 'integration', owner, pass, context);
}

function reportList(
  list: readonly Command[],
  stage: Stage,
  { isInBase, carrier }: Owner,
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
    const isCarried = carrier && found[index]!.some(({ code }) => lostModes.includes(code));
    const modes = isCarried ? modesGivenBy(command.text, carrier, stage) : undefined;
    for (const { code, message, hint, start, end } of found[index]!) {
      const place = placeOf(start, end);
      if (modes?.has(start) && lostModes.includes(code)) {
        report(code, place, `${message}: deployments give it again`, carriedHint);
      } else report(code, place, message, isInBase ? inBase : hint);
    }
  }
}
