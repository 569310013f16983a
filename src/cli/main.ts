import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../version.js';
import type { AuditFlags } from './audit.js';
import type { Shell } from './completion/render-completion.js';
import { noteGiven } from './config.js';
import type { ConversionFlags, ConvertFlags } from './convert.js';
import type { DiffFlags } from './diff.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';
import type { SourcesFlags } from './sources.js';
import type { TraceFlags } from './trace.js';
import type { VerifyFlags } from './verify.js';

/**
 * Runs the command line.
 *
 * @param args what follows the name of the command.
 * @returns the exit code.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = new Command('baserock2bst')
    .description('Converts Baserock definitions into BuildStream projects.')
    .version(version)
    .exitOverride()
    .hook('preAction', (_, command) => noteGiven(command))
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  convertCommand(program, async (definitions, project, flags) => {
    const { runConvert } = await import('./convert.js');
    exitCode = await runConvert(definitions, project, flags, io);
  });
  auditCommand(program, async (definitions, flags) => {
    const { runAudit } = await import('./audit.js');
    exitCode = await runAudit(definitions, flags, io);
  });
  diffCommand(program, async (definitions, project, flags) => {
    const { runDiff } = await import('./diff.js');
    exitCode = await runDiff(definitions, project, flags, io);
  });
  verifyCommand(program, async (definitions, project, flags) => {
    const { runVerify } = await import('./verify.js');
    exitCode = await runVerify(definitions, project, flags, io);
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
      exitCode = runTrace(project, element, flags, io);
    });
  program
    .command('sources')
    .description('list the repositories that definitions are built from, and ask whether they still exist')
    .argument('<definitions>', 'root folder of the definitions')
    .addOption(aliasOption())
    .option('--check', 'ask the servers for every repository, commit, branch and tag')
    .option('--timeout <seconds>', 'how long an answer may take', positiveNumber, 30)
    .option('--all', 'list every repository, not just the servers')
    .option('--json', 'print all of it as JSON on stdout')
    .action(async (definitions: string, flags: SourcesFlags) => {
      const { runSources } = await import('./sources.js');
      exitCode = await runSources(definitions, flags, io);
    });
  program
    .command('explain')
    .description('say what a diagnostic means and what to do about it')
    .argument('[code]', 'the code, as diagnostics show it in brackets; without one, all codes are listed')
    .action(async (code: string | undefined) => {
      const { runExplain } = await import('./explain.js');
      exitCode = runExplain(code, io);
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
      exitCode = await runRecover(project, io);
    });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.failed;
    io.stderr(`${internalError(error)}\n`);
    return exitCodes.failed;
  }
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
    .option('--all', 'show every diagnostic, not just the first ones of each kind')
    .option('--timings', 'say at the end what each part of the run took, in time and memory')
    .action(action);
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
}

function formatOption(forms: readonly string[]): Option {
  return new Option('--format <form>', 'what to print on stdout').choices(forms).default('text');
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
    .action(action);
}

function conflictOption(): Option {
  return new Option(
    '--on-conflict <what>',
    'what to do with lines that were changed by hand and in the definitions',
  )
    .choices(['abort', 'markers', 'ours', 'theirs'])
    .default('abort');
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
  conversionOptions(command)
    .option('--bst [command]', 'ask BuildStream itself what commands and variables come to (default: bst)')
    .option('--json', 'print everything as JSON')
    .option('--all', 'show every difference, not just the first ones')
    .action(async (definitions: string, project: string, flags: Record<string, unknown>) => {
      // How the project was converted is seen in the project, unless it is said.
      const said = Object.entries(flags).filter(([name]) => command.getOptionValueSource(name) !== 'default');
      await action(definitions, project, Object.fromEntries(said));
    });
}

/** The options that say how to convert, of all commands that do. */
function conversionOptions(command: Command): Command {
  return command
    .option('--system <path...>', 'convert only these systems or clusters and what they need')
    .addOption(new Option('--buildstream <version>', 'version to write for').choices(['1', '2']).default('2'))
    .addOption(aliasOption())
    .option('--build-system <chunk=kind>', 'build system of a chunk that names none', pairs('chunk=kind'), {})
    .option(
      '--sources <folder>',
      'git mirrors in which to look for the build systems of chunks that name none',
    )
    .option('--ref <chunk=commit>', 'build another commit of a chunk', pairs('chunk=commit'), {})
    .option('--resolve-refs', 'look up the commits of branches and tags with git ls-remote')
    .addOption(
      new Option('--integration <where>', 'where system integration commands go')
        .choices(['guarded', 'everywhere', 'system'])
        .default('guarded'),
    )
    .option(
      '--base <what>',
      'what stands in for build-essential: sysroot, bootstrap, none, or a folder of your own',
      'sysroot',
    )
    .option('--base-stratum <path...>', 'the strata that it stands in for')
    .option('--base-extra <packages>', 'Debian packages to add to the sysroot', commaSeparated)
    .option('--sysroot <kind=place>', 'take it from tar=URL, local=FOLDER, ostree=URL or docker=IMAGE')
    .option('--sysroot-ref <ref>', 'the version of that: a checksum or commit')
    .option('--sysroot-track <branch>', 'the branch or tag of that')
    .option(
      '--rebase <stratum=element>',
      'put an element of your own in the place of a stratum',
      pairs('stratum=element'),
      {},
    )
    .option(
      '--set <deployment.key=value>',
      'variable of a deployment, over what its cluster says',
      (value: string, all: string[] = []) => [...all, value],
    )
    .option('--set-file <file>', 'YAML file with variables of deployments')
    .option('--artifact-cache <url...>', 'servers that have artifacts ready-made')
    .option('--remote-execution <url>', 'a server that builds (BuildStream 2)')
    .option('--manifest', 'put a manifest of its contents into each system')
    .option('--config <file>', 'a configuration (default: baserock2bst.config.json or .js in this folder)')
    .option('--no-config', 'read none')
    .option('--name <name>', 'name of the project (default: that of the definitions folder)')
    .option('--keep-going', 'leave out what has errors, and what needs it, and convert the rest')
    .addOption(new Option('--quiet', 'say nothing but what makes it fail').conflicts('verbose'))
    .option('--verbose', 'say how long each stage takes, every diagnostic, and what becomes of every file');
}

/** What is said of an error that nobody foresaw. */
function internalError(error: unknown): string {
  const stack = error instanceof Error ? error.stack : String(error);
  return `error: this should not have happened; please report it with what you ran\n${stack}`;
}

function aliasOption(): Option {
  return new Option('--alias <name=url>', 'URL of an alias of repositories')
    .argParser(pairs('name=url'))
    .default({}, 'those of ybd');
}

function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('It is not a positive number.');
  return number;
}

function commaSeparated(value: string, all: string[] = []): string[] {
  return [...all, ...value.split(/[\s,]+/).filter((name) => name !== '')];
}

/** Collects repeated `NAME=VALUE` options. */
function pairs(form: string): (value: string, all: Record<string, string>) => Record<string, string> {
  return (value, all) => {
    const at = value.indexOf('=');
    if (at < 1 || at === value.length - 1) {
      throw new InvalidArgumentError(`It is not of the form ${form}.`);
    }
    return { ...all, [value.slice(0, at)]: value.slice(at + 1) };
  };
}
