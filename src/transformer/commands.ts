import type { Chunk, Command } from '../definitions/model.js';
import { type Phase, type Step, stepsOf } from '../definitions/steps.js';
import { escapeVariables } from '../project/escape-variables.js';
import type { CommandChange, CommandKind, CommentedText } from '../project/model.js';
import { originOfCommand } from './origins.js';

/** Which phases of ybd run as which list of BuildStream. ybd tests after building, BuildStream has no such phase. */
const phasesOf: Readonly<Record<CommandKind, readonly Phase[]>> = {
  configure: ['configure'],
  build: ['build', 'test'],
  install: ['install'],
  strip: ['strip'],
};

type Lists = ReadonlyMap<Step, readonly Command[]>;

/** The steps of ybd that make up one list of BuildStream, in the order in which they run. */
export function stepsOfKind(kind: CommandKind): Step[] {
  return phasesOf[kind].flatMap(stepsOf);
}

/** A whole list of a build system: all of its steps, one after the other. */
export function presetCommands(lists: Lists, kind: CommandKind): CommentedText[] {
  return stepsOfKind(kind).flatMap((step) => (lists.get(step) ?? []).map(toText));
}

/**
 * What a chunk changes in a list of its build system. ybd takes each step from the chunk if it is there, even if it
 * is empty, else from the build system. Where what is inherited stays in one piece, commands are put before and
 * after it; else the whole list is written out.
 *
 * @returns undefined if the list is inherited as it is.
 */
export function commandChange(chunk: Chunk, preset: Lists, kind: CommandKind): CommandChange | undefined {
  const steps = stepsOfKind(kind);
  if (!steps.some((step) => chunk.commands.has(step))) return undefined;
  const inherited = steps.filter((step) => (preset.get(step)?.length ?? 0) > 0);
  const own = (step: Step) => ownCommands(chunk, step);
  const isUntouched = inherited.length > 0 && inherited.every((step) => !chunk.commands.has(step));
  const first = steps.indexOf(inherited[0]!);
  const last = steps.indexOf(inherited.at(-1)!);
  const between = steps.slice(first, last + 1).flatMap(own);
  if (isUntouched && between.length === 0) {
    const before = steps.slice(0, first).flatMap(own);
    const after = steps.slice(last + 1).flatMap(own);
    return before.length + after.length > 0 ? { before, after } : undefined;
  }
  const replace = steps.flatMap((step) =>
    chunk.commands.has(step) ? own(step) : (preset.get(step) ?? []).map(toText),
  );
  if (replace.length > 0) return { replace };
  const comments = steps.flatMap((step) => chunk.comments.get(step) ?? []);
  return inherited.length === 0 ? undefined : { replace, comments };
}

/** The chunk's own commands of a step; what is said above the step goes with the first of them. */
function ownCommands(chunk: Chunk, step: Step): CommentedText[] {
  const texts = (chunk.commands.get(step) ?? []).map(toText);
  const above = chunk.comments.get(step) ?? [];
  const [first, ...rest] = texts;
  if (!first || above.length === 0) return texts;
  return [{ ...first, comments: [...above, ...(first.comments ?? [])] }, ...rest];
}

function toText(command: Command): CommentedText {
  const { text, comments } = command;
  const from = originOfCommand(command);
  return { text: escapeVariables(text), from, ...(comments.length > 0 ? { comments } : {}) };
}
