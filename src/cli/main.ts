import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../version.js';
import type { Io } from './io.js';
import type { SourcesFlags } from './sources.js';

/** Exit codes of the command. */
export const exitCodes = { done: 0, needsHand: 1, failed: 2 } as const;

/**
 * Runs the command line.
 *
 * @param args what follows the name of the command.
 * @returns the exit code: 0 done; 1 done, but something was left out for an error, or `--strict` was given and something
 *   needs a hand; 2 the input, the usage or the
 *   file system is at fault, and nothing was written.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = new Command('baserock2bst')
    .description('Converts Baserock definitions into BuildStream projects.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  convertCommand(program, async (definitions, project, flags) => {
    const { runConvert } = await import('./convert.js');
    exitCode = await runConvert(definitions, project, flags, io);
  });
  program
    .command('sources')
    .description('list the repositories that definitions are built from, and whether they are still there')
    .argument('<definitions>', 'root folder of the definitions')
    .option('--check', 'ask each repository, with git ls-remote')
    .option('--timeout <seconds>', 'how long one repository may take to answer', '30')
    .option('--alias <name=url>', 'URL of an alias of repositories', pairs('name=url'), {})
    .option('--json', 'print everything as JSON')
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
    throw error;
  }
}

/** What the command line says to `convert`. */
export interface ConvertFlags {
  readonly system?: string[];
  readonly buildstream: '1' | '2';
  readonly alias: Record<string, string>;
  readonly buildSystem: Record<string, string>;
  readonly ref: Record<string, string>;
  readonly sources?: string;
  readonly resolveRefs?: boolean;
  readonly integration: 'guarded' | 'everywhere' | 'system';
  readonly base: string;
  readonly baseStratum?: string[];
  readonly baseExtra?: string[];
  readonly sysroot?: string;
  readonly sysrootRef?: string;
  readonly sysrootTrack?: string;
  readonly rebase: Record<string, string>;
  readonly artifactCache?: string[];
  readonly remoteExecution?: string;
  readonly manifest?: boolean;
  readonly name?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly force?: boolean;
  readonly keepGoing?: boolean;
  readonly all?: boolean;
}

function convertCommand(
  program: Command,
  action: (definitions: string, project: string, flags: ConvertFlags) => Promise<void>,
): void {
  program
    .command('convert')
    .description('write a BuildStream project for a Baserock definitions repository')
    .argument('<definitions>', 'root folder of the definitions')
    .argument('<project>', 'folder to write the project to')
    .option('--system <path...>', 'convert only these systems or clusters and what they need')
    .addOption(new Option('--buildstream <version>', 'version to write for').choices(['1', '2']).default('2'))
    .option('--alias <name=url>', 'URL of an alias of repositories', pairs('name=url'), {})
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
    .option('--artifact-cache <url...>', 'servers that have artifacts ready-made')
    .option('--remote-execution <url>', 'a server that builds (BuildStream 2)')
    .option('--manifest', 'put a manifest of its contents into each system')
    .option('--name <name>', 'name of the project (default: that of the definitions folder)')
    .option('--keep-going', 'leave out what has errors, and what needs it, and convert the rest')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--json', 'print the result and all diagnostics as JSON on stdout')
    .option('--strict', 'exit with 1 if anything needs a hand')
    .option('--force', 'write over files that were not written by this command, keeping them as .orig')
    .option('--all', 'show every diagnostic, not just the first ones of each kind')
    .action(action);
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
