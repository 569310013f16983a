import type { ShellWord } from '../../shell/invocations.js';
import type { Finding, Rule } from './rule.js';

/** True for what names a place on another machine: a URL, or `host:path`. */
export function isRemote(text: string): boolean {
  return /^(?!file:)[a-z][a-z+.-]*:\/\//i.test(text) || /^(?:[\w.-]+@[\w.-]+|[\w.-]{2,}):(?!\/\/)/.test(text);
}

type Test = (args: readonly string[]) => boolean;

const always: Test = () => true;
const withArguments: Test = (args) => args.length > 0;
const remote: Test = (args) => args.some(isRemote);
const verb =
  (pattern: RegExp, offline?: RegExp): Test =>
  (args) => {
    const isOffline = offline !== undefined && args.some((arg) => offline.test(arg));
    return !isOffline && pattern.test(args.find((arg) => !arg.startsWith('-')) ?? '');
  };
const isLocalFile = (arg: string) => /^[./~$]|\.(?:gem|whl|tar\.\w+|tgz|zip)$|gem$/.test(arg);

/** Packages are taken from local files only, and nothing that they depend on is looked for. */
function installsLocally(args: readonly string[]): boolean {
  const files = args.filter(isLocalFile);
  return files.length > 0 && args.some((arg) => /^(?:--no-deps|--ignore-dependencies)$/.test(arg));
}

const pip: Test = (args) =>
  verb(/^(?:install|download|wheel)$/, /^--no-index$/)(args) && !installsLocally(args);
const packages = verb(/^(?:install|update|upgrade|dist-upgrade|add|download|source|build-dep)$/);
const node = verb(/^(?:install|i|ci|update|upgrade|add)$/, /^--(?:offline|prefer-offline)$/);

/** Commands that ask servers, and with which arguments they do. */
const asking: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['wget', withArguments],
  ['curl', (args) => withArguments(args) && !args.some((arg) => arg.startsWith('file:'))],
  ['aria2c', withArguments],
  ['ftp', always],
  ['sftp', always],
  ['lftp', always],
  ['telnet', always],
  ['ssh', withArguments],
  ['scp', remote],
  ['rsync', remote],
  ['ping', always],
  ['dig', always],
  ['nslookup', always],
  ['ntpdate', always],
  ['svn', verb(/^(?:checkout|co|update|up|export|switch)$/)],
  ['hg', verb(/^(?:clone|pull|update)$/)],
  ['bzr', verb(/^(?:branch|checkout|co|pull|export)$/)],
  ['cvs', verb(/^(?:checkout|co|update|up|export)$/)],
  ['pip', pip],
  ['pip2', pip],
  ['pip3', pip],
  ['easy_install', (args) => !args.every((arg) => arg.startsWith('-') || isLocalFile(arg))],
  ['npm', node],
  ['yarn', node],
  ['pnpm', node],
  ['bower', node],
  [
    'gem',
    (args) => {
      const isOffline = args.some((arg) => /^(?:-l|--local)$/.test(arg) || isLocalFile(arg));
      return !isOffline && verb(/^(?:install|i|update|fetch)$/)(args);
    },
  ],
  ['bundle', verb(/^(?:install|update)$/, /^--local$/)],
  ['cargo', verb(/^(?:install|fetch|update|vendor)$/, /^--(?:offline|path)/)],
  ['go', verb(/^get$/)],
  ['mvn', (args) => !args.some((arg) => /^(?:-o|--offline)$/.test(arg))],
  ['gradle', (args) => !args.includes('--offline')],
  ['cpan', withArguments],
  ['cpanm', (args) => !args.every((arg) => arg.startsWith('-') || isLocalFile(arg))],
  ['apt', packages],
  ['apt-get', packages],
  ['aptitude', packages],
  ['yum', packages],
  ['dnf', packages],
  ['zypper', packages],
  ['apk', packages],
  ['repo', verb(/^(?:init|sync)$/)],
]);

/** Commands that fetch something: builds have no network, neither with ybd nor with BuildStream. */
export const network: Rule = {
  names: [...asking.keys()],
  check: ({ name, words }) => findingsOf(name, words.slice(1)),
};

/** `python -m pip …` is `pip …`. */
export const pythonModules: Rule = {
  names: ['python', 'python2', 'python3'],
  sign: /-m/,
  check: ({ words }) => {
    const [, option, module, ...rest] = words;
    return option?.text === '-m' && module ? findingsOf(module.text, rest) : [];
  },
};

function findingsOf(name: string, words: readonly ShellWord[]): Finding[] {
  const args = words.map(({ text }) => text);
  if (!asking.get(name)?.(args)) return [];
  const first = args.find((arg) => /^[a-z][a-z-]*$/.test(arg));
  const shown = /^(?:wget|curl|ssh|scp|rsync|ping)$/.test(name) || !first ? name : `${name} ${first}`;
  return [{ code: 'needs-network', message: `\`${shown}\` asks a server, and builds have no network` }];
}
