import type { Invocation } from '../../shell/invocations.js';
import { isRemote } from './network.js';
import type { Finding, Rule } from './rule.js';

const makeOne = 'make a repository first: `git init -q . && git add -A && git commit -qm import`';

/** What to do about a command of git that needs a repository. */
const advice: ReadonlyMap<string, string> = new Map([
  ['status', 'remove it: it only refreshes what git knows of the files'],
  ['describe', 'write the version that it would print into the command'],
  ['rev-parse', 'write the commit that it would print into the command'],
  ['log', 'write what it would print into the command'],
  ['grep', 'use `grep -r`, or `git grep --no-index`'],
  ['ls-files', 'use `find`, or make a repository first: `git init -q . && git add -A`'],
  ['submodule', 'remove it: the submodules are staged with the sources'],
  ['clean', 'remove it: the sources are staged clean'],
]);

/** Commands of git that work without a repository, some of them only with an option. */
const anywhere =
  /^(?:init|version|help|apply|check-ref-format|credential|mailinfo|stripspace|interpret-trailers)$/;

/** Options of git itself that take a value as a word of its own. */
const gitValues: readonly string[] = ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path'];

/** The command of git, such as `status`, and its arguments. */
function subcommand({ words }: Invocation): readonly string[] {
  let i = 1;
  while (words[i]?.text.startsWith('-')) i += gitValues.includes(words[i]!.text) ? 2 : 1;
  return words.slice(i).map(({ text }) => text);
}

/** True for a command after which there is a repository. */
export function makesRepository(command: Invocation): boolean {
  return command.name === 'git' && ['init', 'clone'].includes(subcommand(command)[0] ?? '');
}

/** Commands of git: most need `.git`, which BuildStream 2 does not stage, and some need a server. */
export const git: Rule = {
  names: ['git'],
  check: (command, { hasRepository }) => {
    const [verb, ...args] = subcommand(command);
    if (verb === undefined || anywhere.test(verb)) return [];
    if (needsServer(verb, args)) {
      const hint = 'make the repository a source of the element';
      return [
        { code: 'needs-network', message: `\`git ${verb}\` asks a server, and builds have no network`, hint },
      ];
    }
    if (hasRepository || works(verb, args)) return [];
    return [
      {
        code: 'needs-git',
        message: `\`git ${verb}\` needs the repository, and BuildStream 2 stages sources without \`.git\``,
        hint: advice.get(verb) ?? makeOne,
      },
    ];
  },
};

function needsServer(verb: string, args: readonly string[]): boolean {
  if (verb === 'clone') return args.some(isRemote) || args.some((arg) => arg.includes('$'));
  if (verb === 'archive') return args.some((arg) => arg.startsWith('--remote'));
  if (verb === 'remote') return args[0] === 'update';
  if (verb === 'lfs') return /^(?:pull|fetch)$/.test(args[0] ?? '');
  return /^(?:fetch|pull|push|ls-remote)$/.test(verb);
}

/** True for commands that need no repository with these arguments. */
function works(verb: string, args: readonly string[]): boolean {
  if (verb === 'clone') return true;
  if (verb === 'diff' || verb === 'grep') return args.includes('--no-index');
  if (verb === 'hash-object') return !args.includes('-w');
  return verb === 'config' && args.some((arg) => /^(?:-f|--(?:global|system|file)\b)/.test(arg));
}

/** What makes a gem, by command: most gemspecs ask git for the list of files. */
const gemBuilders: ReadonlyMap<string, RegExp> = new Map([
  ['gem', /^build$/],
  ['rake', /^(?:build|gem|package|repackage)$/],
]);

/** Commands that make gems. */
export const gems: Rule = {
  names: [...gemBuilders.keys()],
  sign: /build|rake/,
  check: ({ name, words }, { hasRepository }) => {
    const task = words.slice(1).find(({ text }) => !text.startsWith('-'))?.text;
    if (hasRepository || task === undefined || !gemBuilders.get(name)!.test(task)) return [];
    return [
      {
        code: 'needs-git',
        message: `\`${name} ${task}\` gets no files where the gemspec lists them with \`git ls-files\`: BuildStream 2 stages no \`.git\``,
        hint: 'if the gemspec does, make a repository first: `git init -q . && git add -A`',
      },
    ];
  },
};

/** Commands that read the files given to them. */
const readers = ['awk', 'cat', 'cp', 'cut', 'grep', 'head', 'ln', 'mv', 'sed', 'tail', 'tar'];

/** Commands that read files in `.git`. */
export const gitFiles: Rule = {
  names: readers,
  sign: /\.git/,
  check: ({ name, words }, { hasRepository }): Finding[] => {
    const path = words.slice(1).find(({ text }) => /^(?:\.\/)?\.git(?:\/|$)/.test(text));
    if (hasRepository || !path) return [];
    return [
      {
        code: 'needs-git',
        message: `\`${name}\` reads ${path.text}, and BuildStream 2 stages sources without \`.git\``,
        hint: makeOne,
      },
    ];
  },
};
