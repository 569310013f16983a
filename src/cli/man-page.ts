import { type Command, Help } from 'commander';
import { version } from '../version.js';
import { commandExamples } from './examples.js';
import { exitCodeMeanings } from './exit-codes.js';
import { makeProgram } from './program.js';

/** Files that the commands read or write, beside those that are named to them. */
const files: readonly (readonly [path: string, what: string])[] = [
  [
    'baserock2bst.config.json, baserock2bst.config.js',
    'What is the same in every run: read from the current folder, unless --config or --no-config says otherwise.',
  ],
  [
    '<project>/.baserock2bst/',
    'What was generated: by it the next conversion tells your changes from its own. Keep it under version control.',
  ],
  [
    '~/.cache/baserock2bst/runs/',
    'What the last conversions gave, so that the same definitions are not converted again, and the compiled program. BASEROCK2BST_CACHE names another folder, or none where it is empty.',
  ],
  ['report/', 'Where audit writes report.html, report.md and report.json, unless --report says otherwise.'],
];

/** The manual page of the command, for the program `man`: made of the same descriptions as `--help`. */
export function renderManPage(): string {
  const program = makeProgram({ stdout: () => {}, stderr: () => {}, colour: false, machine: '' }, () => {});
  const name = program.name();
  const summary = program.description().replace(/\.$/, '');
  return `${[
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
    '.SH NAME',
    text(`${name} - ${summary[0]!.toLowerCase()}${summary.slice(1)}`),
    '.SH SYNOPSIS',
    ...program.commands.flatMap((command) => [
      `.B ${text(`${name} ${command.name()}`)}`,
      synopsis(command),
      '.br',
    ]),
    '.SH DESCRIPTION',
    text(
      'It makes two promises: what BuildStream then stages, runs and composes is what ybd would have staged,',
    ),
    text('run and composed; and what cannot be converted is reported with file, line and advice.'),
    '.SH COMMANDS',
    ...program.commands.flatMap(renderCommand),
    '.SH EXIT STATUS',
    ...exitCodeMeanings.flatMap(([code, meaning]) => entry(`${code}`, meaning)),
    '.SH FILES',
    ...files.flatMap(([path, what]) => entry(path, what)),
    '.SH EXAMPLES',
    ...[...commandExamples.values()].flat().flatMap(({ line, what }) => entry(line, what)),
    '.SH SEE ALSO',
    '.BR bst (1),',
    '.BR git\\-apply (1)',
  ].join('\n')}\n`;
}

function renderCommand(command: Command): string[] {
  const help = new Help();
  const described = help.commandDescription(command);
  return [
    `.SS ${text(command.name())} ${synopsis(command)}`,
    text(`${described[0]!.toUpperCase()}${described.slice(1)}.`),
    ...command.registeredArguments.flatMap((argument) =>
      entry(
        argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
        help.argumentDescription(argument),
      ),
    ),
    ...help.visibleOptions(command).flatMap((option) => entry(option.flags, help.optionDescription(option))),
  ];
}

function synopsis(command: Command): string {
  return text(new Help().commandUsage(command).replace(/^.*?(?=\[options\])/, ''));
}

/** A term and what it means. */
const entry = (term: string, meaning: string): string[] => ['.TP', `.B ${text(term)}`, text(meaning)];

/** A text of one line, without anything that would be a command to troff. */
function text(plain: string): string {
  return plain.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
