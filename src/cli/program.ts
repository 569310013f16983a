import { Argument, Command, Option } from 'commander';
import { version } from '../version.js';
import type { AuditFlags } from './audit.js';
import type { Shell } from './completion/render-completion.js';
import { noteGiven } from './config.js';
import type { ConversionFlags } from './conversion-flags.js';
import type { ConvertFlags } from './convert.js';
import type { DiffFlags } from './diff.js';
import { commandExamples, renderExamples } from './examples.js';
import type { Io } from './io.js';
import {
  aliasOption,
  cacheOption,
  chosenOptions,
  configOptions,
  conflictOption,
  conversionOptions,
  formatOption,
  keepGoingOption,
  positiveNumber,
  replacementOptions,
  verbosityOptions,
} from './options.js';
import type { SourcesFlags } from './sources.js';
import type { TraceFlags } from './trace.js';
import type { VerifyFlags } from './verify.js';

/**
 * The command line: its commands with their options, arguments and help.
 *
 * @param end is told the exit code when a command has run.
 */
export function makeProgram(io: Io, end: (exitCode: number) => void): Command {
  const program = new Command('baserock2bst')
    .description('Converts Baserock definitions into BuildStream projects.')
    .version(version)
    .exitOverride()
    .hook('preAction', (_, command) => noteGiven(command))
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  convertCommand(program, async (definitions, project, flags) => {
    const { runConvert } = await import('./convert.js');
    end(await runConvert(definitions, project, flags, io));
  });
  auditCommand(program, async (definitions, flags) => {
    const { runAudit } = await import('./audit.js');
    end(await runAudit(definitions, flags, io));
  });
  diffCommand(program, async (definitions, project, flags) => {
    const { runDiff } = await import('./diff.js');
    end(await runDiff(definitions, project, flags, io));
  });
  verifyCommand(program, async (definitions, project, flags) => {
    const { runVerify } = await import('./verify.js');
    end(await runVerify(definitions, project, flags, io));
  });
  program
    .command('trace')
    .description('say which lines of the definitions something in a project comes from')
    .argument('<project>', 'folder of the project')
    .argument('[element]', 'an element, or another file of the project; with a line: element.bst:12')
    .option('--from <definition>', 'the other way round: what a definition, or a line of it, became')
    .option('--json', 'print the answer as JSON')
    .action(async (project: string, element: string | undefined, flags: TraceFlags) => {
      const { runTrace } = await import('./trace.js');
      end(runTrace(project, element, flags, io));
    });
  sourcesCommand(program, async (definitions, flags) => {
    const { runSources } = await import('./sources.js');
    end(await runSources(definitions, flags, io));
  });
  program
    .command('explain')
    .description('say what a diagnostic means and what to do about it')
    .argument('[code]', 'the code, as diagnostics show it in brackets; without one, all codes are listed')
    .action(async (code: string | undefined) => {
      const { runExplain } = await import('./explain.js');
      end(runExplain(code, io));
    });
  program
    .command('completion')
    .description('print a script by which a shell completes the command line')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: Shell) => {
      const { renderCompletion } = await import('./completion/render-completion.js');
      io.stdout(renderCompletion(program, shell));
    });
  program
    .command('recover')
    .description('finish or undo the writing of a project that was interrupted')
    .argument('<project>', 'folder of the project')
    .action(async (project: string) => {
      const { runRecover } = await import('./recover.js');
      end(await runRecover(project, io));
    });
  program
    .addHelpText(
      'after',
      '\nBegin with `baserock2bst audit <definitions>`. MIGRATION.md guides through a whole migration.',
    )
    .showHelpAfterError('hint: see baserock2bst --help');
  for (const command of program.commands) {
    command.showHelpAfterError(`hint: see baserock2bst ${command.name()} --help`);
    const examples = commandExamples.get(command.name());
    if (examples) command.addHelpText('after', renderExamples(examples).trimEnd());
  }
  return program;
}

function sourcesCommand(
  program: Command,
  action: (definitions: string, flags: SourcesFlags) => Promise<void>,
): void {
  const command = program
    .command('sources')
    .description('list the repositories that a project is built from, and ask whether they still exist')
    .argument('<definitions>', 'root folder of the definitions')
    .option('--check', 'ask the servers for every repository, commit, branch and tag')
    .option('--timeout <seconds>', 'how long an answer may take', positiveNumber, 30)
    .option('--all', 'list every repository, not just the servers')
    .option('--json', 'print all of it as JSON on stdout')
    .action(action);
  replacementOptions(configOptions(command.addOption(aliasOption())));
  verbosityOptions(command, 'say how long each stage takes');
}

function convertCommand(
  program: Command,
  action: (definitions: string, project: string, flags: ConvertFlags) => Promise<void>,
): void {
  const command = program
    .command('convert')
    .description('write a BuildStream project for a Baserock definitions repository')
    .argument('<definitions>', 'root folder of the definitions, or a file in which ybd saved them')
    .argument('<project>', 'folder to write the project to');
  conversionOptions(command)
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--json', 'print the result and all diagnostics as JSON on stdout')
    .addOption(formatOption(['text', 'json', 'sarif', 'github']))
    .option(
      '--report <folder>',
      'write a report for people and programs there: report.html, report.md, report.json',
    )
    .option('--strict', 'exit with 1 if anything needs a hand')
    .addOption(conflictOption())
    .option('--force', 'write over files that were not written by this command, keeping them as .orig')
    .addOption(keepGoingOption())
    .addOption(cacheOption())
    .option('--all', 'show every diagnostic, not just the first ones of each kind')
    .option('--timings', 'say at the end what each part of the run took, in time and memory')
    .action(action);
  verbosityOptions(
    command,
    'say how long each stage takes, every diagnostic, and what becomes of every file',
  );
}

function auditCommand(
  program: Command,
  action: (definitions: string, flags: AuditFlags) => Promise<void>,
): void {
  const command = program
    .command('audit')
    .description('report how far definitions convert and what is left to do, without converting them')
    .argument('<definitions>', 'root folder of the definitions, or a file in which ybd saved them');
  conversionOptions(command)
    .option('--report <folder>', 'where to write the report (default: report, unless --format is given)')
    .addOption(formatOption(['text', 'json', 'markdown', 'sarif', 'github']))
    .option('--strict', 'exit with 1 if anything needs a hand')
    .action(action);
  verbosityOptions(command, 'say how long each stage takes');
}

function diffCommand(
  program: Command,
  action: (definitions: string, project: string, flags: DiffFlags & ConversionFlags) => Promise<void>,
): void {
  const command = program
    .command('diff')
    .description('show what converting again would change in a project, as a patch')
    .argument('<definitions>', 'root folder of the definitions, or a file in which ybd saved them')
    .argument('<project>', 'folder of the project');
  conversionOptions(command)
    .addOption(conflictOption())
    .option('--force', 'as convert --force would do it')
    .option('--stat', 'how many lines change in which files')
    .option('--name-only', 'just the names of the files')
    .option('--json', 'print everything as JSON')
    .addOption(keepGoingOption())
    .addOption(cacheOption())
    .action(action);
  verbosityOptions(command, 'say how long each stage takes, and every diagnostic');
}

function verifyCommand(
  program: Command,
  action: (
    definitions: string,
    project: string,
    flags: VerifyFlags & Partial<ConversionFlags>,
  ) => Promise<void>,
): void {
  const command: Command = program
    .command('verify')
    .description('compare what a project does with what its definitions mean')
    .argument('<definitions>', 'root folder of the definitions, or a file in which ybd saved them')
    .argument('<project>', 'folder of the project, edited by hand or not');
  chosenOptions(command)
    .addOption(new Option('--keep-going', 'compare the rest where the definitions have errors'))
    .option('--bst [command]', 'ask BuildStream itself what commands and variables come to (default: bst)')
    .option('--json', 'print everything as JSON')
    .option('--all', 'show every difference, not just the first ones')
    .action(async (definitions: string, project: string, flags: Record<string, unknown>) => {
      // How the project was converted is seen in the project, unless it is said.
      const said = Object.entries(flags).filter(([name]) => command.getOptionValueSource(name) !== 'default');
      await action(definitions, project, Object.fromEntries(said));
    });
  verbosityOptions(command, 'say how long each stage takes');
}
