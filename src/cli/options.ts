import { type Command, InvalidArgumentError, Option } from 'commander';
import { buildStreamVersions } from '../project/dialects.js';

/** The options that say how to convert, of all commands that do. */
export function conversionOptions(command: Command): Command {
  return chosenOptions(command)
    .addOption(
      new Option('--buildstream <version>', 'version to write for')
        .choices(buildStreamVersions.map(String))
        .default('2'),
    )
    .option('--resolve-refs', 'look up the commits of branches and tags with git ls-remote')
    .addOption(baseOption())
    .option('--base-extra <packages>', 'Debian packages to add to the sysroot', commaSeparated)
    .option('--sysroot <kind=place>', 'take it from tar=URL, local=FOLDER, ostree=URL or docker=IMAGE')
    .option('--sysroot-ref <ref>', 'the version of that: a checksum or commit')
    .option('--sysroot-track <branch>', 'the branch or tag of that')
    .option('--artifact-cache <url...>', 'servers that have artifacts ready-made')
    .option('--remote-execution <url>', 'a server that builds (BuildStream 2)')
    .option('--manifest', 'put a manifest of its contents into each system')
    .option('--name <name>', 'name of the project (default: that of the definitions folder)');
}

/** The options that say what of the definitions is meant, also to a comparison with them. */
export function chosenOptions(command: Command): Command {
  command
    .option('--system <path...>', 'only these systems or clusters and what they need')
    .addOption(aliasOption())
    .addOption(tableOption('--build-system', 'chunk=kind', 'build system of a chunk that names none'))
    .option(
      '--sources <folder>',
      'git mirrors in which to look for the build systems of chunks that name none',
    )
    .addOption(tableOption('--ref', 'chunk=commit', 'build another commit of a chunk'))
    .addOption(
      new Option('--integration <where>', 'where system integration commands go')
        .choices(['guarded', 'everywhere', 'system'])
        .default('guarded'),
    )
    .addOption(baseStratumOption())
    .addOption(rebaseOption())
    .option(
      '--set <deployment.key=value>',
      'variable of a deployment, over what its cluster says',
      (value: string, all: string[] = []) => [...all, value],
    )
    .option('--set-file <file>', 'YAML file with variables of deployments');
  return configOptions(command);
}

/** The options that say which strata are not converted because something stands in for them. */
export function replacementOptions(command: Command): Command {
  return command.addOption(baseOption()).addOption(baseStratumOption()).addOption(rebaseOption());
}

/** Which configuration counts. */
export function configOptions(command: Command): Command {
  return command
    .option('--config <file>', 'a configuration (default: baserock2bst.config.json or .js in this folder)')
    .option('--no-config', 'read none');
}

function baseOption(): Option {
  return new Option(
    '--base <what>',
    'what stands in for build-essential: sysroot, bootstrap, none, or a folder of your own',
  ).default('sysroot');
}

function baseStratumOption(): Option {
  return new Option('--base-stratum <path...>', 'the strata that the base stands in for');
}

function rebaseOption(): Option {
  return tableOption('--rebase', 'stratum=element', 'put an element of your own in the place of a stratum');
}

/** Whether what converting the same definitions gave before may be used. */
export function cacheOption(): Option {
  return new Option('--no-cache', 'convert anew, also where nothing changed since the last time');
}

/** Whether to go on where the definitions have errors. */
export function keepGoingOption(): Option {
  return new Option('--keep-going', 'leave out what has errors, and what needs it, and convert the rest');
}

/**
 * How much is said.
 *
 * @param more what `--verbose` adds.
 */
export function verbosityOptions(command: Command, more: string): Command {
  return command
    .addOption(new Option('--quiet', 'say nothing but what makes it fail').conflicts('verbose'))
    .option('--verbose', more);
}

/** What stdout is for. */
export function formatOption(forms: readonly string[]): Option {
  return new Option('--format <form>', 'what to print on stdout').choices(forms).default('text');
}

/** What to do where a person and the definitions changed the same. */
export function conflictOption(): Option {
  return new Option(
    '--on-conflict <what>',
    'what to do with lines that were changed by hand and in the definitions',
  )
    .choices(['abort', 'markers', 'ours', 'theirs'])
    .default('abort');
}

/** Where repositories are. */
export function aliasOption(): Option {
  return tableOption('--alias', 'name=url', 'URL of an alias of repositories', 'those of ybd');
}

/** A value that has to be a number above zero. */
export function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('It is not a positive number.');
  return number;
}

function commaSeparated(value: string, all: string[] = []): string[] {
  return [...all, ...value.split(/[\s,]+/).filter((name) => name !== '')];
}

/** An option that may be repeated, of the form `NAME=VALUE`. */
function tableOption(flag: string, form: string, description: string, usual = 'none'): Option {
  const collect = (value: string, all: Record<string, string>) => {
    const at = value.indexOf('=');
    if (at < 1 || at === value.length - 1) {
      throw new InvalidArgumentError(`It is not of the form ${form}.`);
    }
    return { ...all, [value.slice(0, at)]: value.slice(at + 1) };
  };
  return new Option(`${flag} <${form}>`, description).argParser(collect).default({}, usual);
}
