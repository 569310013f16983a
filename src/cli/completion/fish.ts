import type { CommandShape, OptionShape } from './command-shape.js';

/** A script for fish: `baserock2bst completion fish | source`. */
export function renderFish(commands: readonly CommandShape[]): string {
  const lines = commands.flatMap(({ name, description, options, values }) => {
    const inside = `complete -c baserock2bst -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    return [
      `complete -c baserock2bst -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
      ...options.map((option) => `${inside} ${optionOf(option)}`),
      ...(values.length > 0 ? [`${inside} -f -a ${quoted(values.join(' '))}`] : []),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function optionOf({ name, description, takesValue, values }: OptionShape): string {
  const value = !takesValue ? '' : values.length > 0 ? `-x -a ${quoted(values.join(' '))} ` : '-r ';
  return `-l ${name.replace(/^--/, '')} ${value}-d ${quoted(description)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
