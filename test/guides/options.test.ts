import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { makeProgram } from '../../src/cli/program.js';

const { commands } = makeProgram(
  { stdout: () => {}, stderr: () => {}, colour: false, machine: '' },
  () => {},
);
const names = commands.map((command) => command.name());
const guide = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8');

/** A row of a table of options, and the commands that it is about. */
interface Row {
  readonly of: readonly string[];
  readonly flags: readonly string[];
  readonly text: string;
}

/** A table is about the command whose section it is in, and about those that `These options ...:` right above it names. */
const rows: Row[] = guide.split(/^## /m).flatMap((section) => {
  const [own] = section.split('\n');
  const paragraphs = section.split(/\n\n+/);
  return paragraphs.flatMap((paragraph, index): Row[] => {
    if (!paragraph.startsWith('| option |')) return [];
    const above = paragraphs[index - 1]!;
    const named = above.startsWith('These ')
      ? [...above.matchAll(/`([a-z]+)`/g)].map(([, name]) => name!)
      : [];
    const of = [own!, ...named.filter((name) => names.includes(name) && name !== own)];
    return paragraph
      .split('\n')
      .slice(2)
      .map((text) => {
        const [, first = ''] = text.split(/(?<!\\)\|/);
        return { of, flags: [...first.matchAll(/`(--[^`]+)`/g)].map(([, flag]) => flag!), text };
      });
  });
});

const rowsOf = (command: Command) => rows.filter(({ of }) => of.includes(command.name()));

/** An option as a guide writes it, whatever its value is called. */
const form = (flags: string) => flags.replace(/<[^>]*?(\.\.\.)?>/, '<$1>').replace(/\[[^\]]*\]/, '[]');

describe.each(commands.map((command) => [command.name(), command] as const))(
  'the tables of %s',
  (_, command) => {
    test('have every option that it has, and no other', () => {
      const told = rowsOf(command).flatMap(({ flags }) => flags.map(form));
      expect(told.sort()).toEqual(command.options.map(({ flags }) => form(flags)).sort());
    });

    test('say what can be chosen', () => {
      const silent = command.options.flatMap(({ long, flags, argChoices = [] }) => {
        const { text } = rowsOf(command).find((row) =>
          row.flags.some((flag) => flag.split(' ')[0] === long),
        )!;
        const isSaid = (choice: string) =>
          text.includes(`\`${choice}\``) || new RegExp(`[<|\\\\]${choice}\\b`).test(text);
        return argChoices.filter((choice) => !isSaid(choice)).map((choice) => `${flags}: ${choice}`);
      });
      expect(silent).toEqual([]);
    });
  },
);

test('every command has a section of its own, with how it is called', () => {
  for (const command of commands)
    expect(guide).toMatch(new RegExp(`^    baserock2bst ${command.name()} `, 'm'));
});
