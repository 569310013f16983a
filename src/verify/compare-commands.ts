import { effectiveCommands, possibleBuildSystems } from '../definitions/meaning/commands.js';
import type { BuildSystem, Chunk, Command } from '../definitions/model.js';
import { type Step, stepsOf } from '../definitions/steps.js';
import {
  type CommandList,
  commandLists,
  type EvaluatedElement,
  type PlacedText,
} from '../project/evaluate/element.js';
import type { Comparison } from './comparison.js';
import type { Evidence } from './findings.js';

/** The steps of ybd that run as each list of BuildStream: it has no list for tests, which follow the build. */
const stepsOfList: Readonly<Record<CommandList, readonly Step[]>> = {
  'configure-commands': stepsOf('configure'),
  'build-commands': [...stepsOf('build'), ...stepsOf('test')],
  'install-commands': stepsOf('install'),
  'strip-commands': stepsOf('strip'),
};

/** Compares what is run for a chunk's build, list by list. */
export function compareCommands(chunk: Chunk, element: EvaluatedElement, comparison: Comparison): void {
  const { findings, plan, project } = comparison;
  const isTrimmed = project.files.dialect.trimsTexts;
  const told = plan.options.buildSystems ?? {};
  const name = told[`${chunk.stratum}/${chunk.name}`] ?? told[chunk.name];
  const { defaults } = plan.definitions;
  const possible =
    name === undefined || chunk.buildSystem
      ? possibleBuildSystems(chunk, defaults)
      : [defaults.buildSystems.get(name)];
  const wanted = possible.map((system) => listsOf(chunk, system));
  const commands = withoutCorrection(chunk, element, comparison);
  const fitting = wanted.findIndex((lists) =>
    commandLists.every((list) => !firstDifference(lists[list], commands.get(list)!, isTrimmed)),
  );
  if (possible.length > 1 && fitting >= 0) {
    const system = possible[fitting];
    const what = system ? `taken to be built with ${system.name}` : 'taken to have no commands but its own';
    findings.deliberate('unknown-build-system', `names no build system, and is ${what}`, element.path);
  }
  if (fitting >= 0) return;
  for (const list of commandLists) {
    const difference = firstDifference(wanted[0]![list], commands.get(list)!, isTrimmed);
    if (!difference) continue;
    const { message, ...evidence } = difference;
    findings.different('commands', element.path, `${list}: ${message}`, {
      ...evidence,
      definition: evidence.definition ?? chunk.at,
      project: evidence.project ?? element.at,
    });
  }
}

/** What the bootstrap does after the installation of a chunk that its own definition does not: see docs/bootstrap.md. */
const corrections: ReadonlyMap<string, string> = new Map([
  [
    'stage2-gcc',
    `find "$DESTDIR$PREFIX/lib/gcc" -path '*/include-fixed/*' -type f ! -name limits.h ! -name syslimits.h ! -name README -exec rm {} +`,
  ],
]);

/** The commands of an element, without the last of its installation if that is such a correction. */
function withoutCorrection(
  chunk: Chunk,
  { path, commands }: EvaluatedElement,
  { plan, staging, findings }: Comparison,
): NonNullable<EvaluatedElement['commands']> {
  const install = commands!.get('install-commands')!;
  const isInBootstrap = plan.isBootstrap && plan.base.includes(staging.stratumOf(chunk));
  if (!isInBootstrap || install.length === 0 || install.at(-1)!.text !== corrections.get(chunk.name)) {
    return commands!;
  }
  findings.deliberate('bootstrap', 'headers of the sysroot are taken out of what is installed', path);
  return new Map([...commands!, ['install-commands', install.slice(0, -1)]]);
}

function listsOf(chunk: Chunk, system: BuildSystem | undefined): Record<CommandList, Command[]> {
  const steps = effectiveCommands(chunk, system);
  const of = (list: CommandList) => stepsOfList[list].flatMap((step) => steps.get(step) ?? []);
  return {
    'configure-commands': of('configure-commands'),
    'build-commands': of('build-commands'),
    'install-commands': of('install-commands'),
    'strip-commands': of('strip-commands'),
  };
}

/** The first command in which two lists differ; nothing if they are the same. */
export function firstDifference(
  wanted: readonly Pick<Command, 'text' | 'at'>[],
  found: readonly PlacedText[],
  isTrimmed: boolean,
): ({ readonly message: string } & Evidence) | undefined {
  const normal = (text: string) => (isTrimmed ? text.trim() : text);
  const [wants, finds] = [wanted.map(({ text }) => normal(text)), found.map(({ text }) => text)];
  const at = wants.findIndex((text, index) => text !== finds[index]);
  if (at < 0 && finds.length === wants.length) return undefined;
  if (at < 0) {
    const message = `there ${finds.length - wants.length === 1 ? 'is 1 command' : `are ${finds.length - wants.length} commands`} more`;
    const extra = found[wants.length]!;
    return { message, found: extra.text, project: extra.at, definition: wanted.at(-1)?.at };
  }
  const isReordered =
    finds.length === wants.length && JSON.stringify([...finds].sort()) === JSON.stringify([...wants].sort());
  const evidence = { wanted: wants[at]!, definition: wanted[at]!.at };
  if (isReordered) {
    return {
      ...evidence,
      message: 'the commands are in another order',
      found: finds[at]!,
      project: found[at]!.at,
    };
  }
  const isLost = finds.length < wants.length && finds[at] === wants[at + 1];
  if (isLost || at >= finds.length) {
    return { ...evidence, message: `command ${at + 1} is missing`, project: (found[at] ?? found.at(-1))?.at };
  }
  const isAdded = finds.length > wants.length && finds[at + 1] === wants[at];
  const message = isAdded
    ? `command ${at + 1} is not there in the definitions`
    : `command ${at + 1} is another one`;
  return { ...evidence, message, found: finds[at]!, project: found[at]!.at };
}
