import type { Command } from 'commander';
import { catalogue } from '../../index.js';

/** What a shell needs to know of an option. */
export interface OptionShape {
  /** With its dashes. */
  readonly name: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** The values that there are; nothing where it may be anything, such as the name of a file. */
  readonly values: readonly string[];
}

/** What a shell needs to know of a command. */
export interface CommandShape {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionShape[];
  /** The values of its arguments, where there are only so many. */
  readonly values: readonly string[];
}

/** Arguments that may be anything, but make sense for these values alone. */
const known: Readonly<Record<string, readonly string[]>> = { code: Object.keys(catalogue) };

/** The commands of a program, as a shell completes them. */
export function commandShapes(program: Command): CommandShape[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [
      ...command.options.map((option) => ({
        name: option.long!,
        description: option.description,
        takesValue: option.required || option.optional,
        values: option.argChoices ?? [],
      })),
      { name: '--help', description: 'display help for command', takesValue: false, values: [] },
    ],
    values: command.registeredArguments.flatMap(
      (argument) => argument.argChoices ?? known[argument.name()] ?? [],
    ),
  }));
}
