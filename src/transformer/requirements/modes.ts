import type { Invocation } from '../../shell/invocations.js';
import { argumentsOf, isInstalled, optionOf } from './arguments.js';
import type { Finding, Rule, Stage } from './rule.js';

/** What a mode grants beyond what BuildStream keeps, which is 644 or 755. */
interface Mode {
  readonly special: readonly ('setuid' | 'setgid' | 'sticky')[];
  /** Others may not read it, or may write it. */
  readonly isPrivateOrShared: boolean;
}

/** What stands where a mode may stand and looks like one: not within a word, unless behind `-m`. */
const modeWord = /(?<![0-9A-Za-ln-z_./-])(?:[0-7]{1,5}|[ugoa]*[-+=][-+=,rwxXstugoa]*)(?![\w./-])/g;

/**
 * True if a text may give a mode that artifacts do not keep, which takes no parsing to see: most modes are 644, 755 and
 * `+x`.
 */
export function mayLoseMode(text: string): boolean {
  return /chmod|-\w*m|--mode/.test(text) && (text.match(modeWord) ?? []).some(mayBeLost);
}

function mayBeLost(text: string): boolean {
  const mode = parseMode(text);
  return mode !== undefined && isLost(mode);
}

/** True of a mode that artifacts do not keep. */
function isLost({ special, isPrivateOrShared }: Mode): boolean {
  return special.length > 0 || isPrivateOrShared;
}

/** Commands that give files modes which artifacts do not keep. */
export const modes: Rule = {
  names: ['chmod', 'install', 'mkdir'],
  sign: { test: mayLoseMode },
  check: (command, { stage }) => {
    const given = command.name === 'chmod' ? givenByChmod(command) : givenByOption(command);
    const mode = given && parseMode(given.mode);
    return given && mode ? findingsOf(command.name, given, mode, stage) : [];
  },
};

interface Given {
  readonly mode: string;
  readonly paths: readonly string[];
}

/** A mode that a command gives and artifacts do not keep. */
export interface GivenMode {
  /** Octal digits; undefined where they depend on the modes that the files have. */
  readonly octal: string | undefined;
  /** What it is given to, with expansions as they are written. */
  readonly paths: readonly string[];
  /** The path may be that of a folder that a file is installed into. */
  readonly isFileInFolder: boolean;
}

/** The mode that a command gives to files, if artifacts do not keep it. */
export function givenMode(command: Invocation): GivenMode | undefined {
  if (!modes.names.includes(command.name)) return undefined;
  const given = command.name === 'chmod' ? givenByChmod(command) : givenByOption(command);
  const mode = given && parseMode(given.mode);
  if (!given || !mode || !isLost(mode)) return undefined;
  const isRecursive =
    command.name === 'chmod' && command.words.some(({ text }) => /^-[cfv]*R|^--recursive/.test(text));
  return {
    octal: isRecursive ? undefined : octalOf(given.mode),
    paths: given.paths,
    isFileInFolder: command.name === 'install' && !makesFoldersOnly(command),
  };
}

/** The digits of a mode; a program that becomes setuid was 755 before. */
function octalOf(mode: string): string | undefined {
  if (/^[0-7]{1,5}$/.test(mode)) return mode.replace(/^0+(?=\d{3})/, '').padStart(3, '0');
  const [, who] = /^([uga]*)\+s$/.exec(mode) ?? [];
  if (who === undefined) return undefined;
  const isUser = who === '' || /[ua]/.test(who);
  const isGroup = who === '' || /[ga]/.test(who);
  return `${(isUser ? 4 : 0) + (isGroup ? 2 : 0)}755`;
}

function givenByChmod({ words }: Invocation): Given | undefined {
  const args = words.slice(1).map(({ text }) => text);
  // A mode may begin with a dash, so options are what cannot be a mode.
  const operands = args.filter((text) => !/^-(?:[cfvR]+$|-)/.test(text));
  const [mode, ...paths] = operands;
  return mode === undefined || args.some((text) => text.startsWith('--reference'))
    ? undefined
    : { mode, paths };
}

function givenByOption(command: Invocation): Given | undefined {
  const isInstall = command.name === 'install';
  const args = isInstall
    ? argumentsOf(command, 'gmotS', ['owner', 'group', 'mode', 'target-directory', 'suffix'])
    : argumentsOf(command, 'm', ['mode']);
  const mode = optionOf(args, 'm', 'mode');
  const folder = optionOf(args, 't', 'target-directory');
  if (mode === undefined) return undefined;
  const makesFolders = !isInstall || optionOf(args, 'd', 'directory') !== undefined;
  const inside = (place: string, files: readonly string[]) =>
    files.map((file) => `${place.replace(/\/+$/, '')}/${file.replace(/^.*\//, '')}`);
  if (folder !== undefined) return { mode, paths: inside(folder, args.operands) };
  if (makesFolders) return { mode, paths: args.operands };
  const [place, sources] = [args.operands.at(-1) ?? '', args.operands.slice(0, -1)];
  const isFolder = place.endsWith('/') || sources.length > 1;
  return { mode, paths: isFolder ? inside(place, sources) : args.operands.slice(-1) };
}

function makesFoldersOnly({ words }: Invocation): boolean {
  return words.some(({ text }) => /^-[a-zA-Z]*d|^--directory/.test(text));
}

function parseMode(text: string): Mode | undefined {
  if (/^[0-7]{1,5}$/.test(text)) return numericMode(Number.parseInt(text, 8));
  const clauses = text.split(',').map((clause) => /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause));
  if (clauses.some((clause) => !clause)) return undefined;
  const changes = clauses.flatMap((clause) =>
    [...clause![2]!.matchAll(/([-+=])([rwxXstugo]*)/g)].map(([, operator, rights]) => ({
      who: clause![1]!,
      operator: operator!,
      rights: rights!,
    })),
  );
  const special = new Set<Mode['special'][number]>();
  for (const { who, operator, rights } of changes) {
    if (operator === '-') continue;
    if (rights.includes('t')) special.add('sticky');
    if (!rights.includes('s')) continue;
    if (/[ua]|^$/.test(who)) special.add('setuid');
    if (/[ga]|^$/.test(who)) special.add('setgid');
  }
  const isPrivateOrShared = changes.some(({ who, operator, rights }) => {
    if (!/[goa]/.test(who)) return operator === '-' && who === '' && rights.includes('r');
    if (operator === '-') return rights.includes('r');
    return rights.includes('w') || (operator === '=' && !/[rugo]/.test(rights));
  });
  return { special: [...special], isPrivateOrShared };
}

function numericMode(mode: number): Mode {
  const special: Mode['special'][number][] = [];
  if (mode & 0o4000) special.push('setuid');
  if (mode & 0o2000) special.push('setgid');
  if (mode & 0o1000) special.push('sticky');
  return { special, isPrivateOrShared: (mode & 0o044) !== 0o044 || (mode & 0o022) !== 0 };
}

function findingsOf(name: string, { mode, paths }: Given, found: Mode, stage: Stage): Finding[] {
  const identities = found.special.filter((special) => special !== 'sticky');
  if (identities.length > 0) {
    const line = `z <path> ${/^\d+$/.test(mode) ? mode : '<mode>'} root root`;
    return [
      {
        code: 'lost-setuid',
        message: `\`${name}\` makes files ${identities.join(' and ')} (\`${mode}\`), which artifacts do not keep`,
        hint: `set the mode when the system starts (a line \`${line}\` in /usr/lib/tmpfiles.d) or when its image is made`,
      },
    ];
  }
  if (!isLost(found) || !paths.some((path) => isInstalled(path, stage))) return [];
  return [
    { code: 'lost-mode', message: `\`${name}\` gives the mode \`${mode}\`, which artifacts do not keep` },
  ];
}
