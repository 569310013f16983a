import type { Invocation } from '../../shell/invocations.js';
import { argumentsOf, isInstalled, optionOf } from './arguments.js';
import type { Finding, Rule, Stage } from './rule.js';

/** What a mode grants beyond what BuildStream keeps, which is 644 or 755. */
interface Mode {
  readonly special: readonly ('setuid' | 'setgid' | 'sticky')[];
  /** Others may not read it, or may write it. */
  readonly isPrivateOrShared: boolean;
}

/** Commands that give files modes which artifacts do not keep. */
export const modes: Rule = {
  names: ['chmod', 'install', 'mkdir'],
  sign: /chmod|-\w*m|--mode/,
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
  if (folder !== undefined) return { mode, paths: [folder] };
  return { mode, paths: makesFolders ? args.operands : args.operands.slice(-1) };
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
  const isLost = found.special.length > 0 || found.isPrivateOrShared;
  if (!isLost || !paths.some((path) => isInstalled(path, stage))) return [];
  return [
    { code: 'lost-mode', message: `\`${name}\` gives the mode \`${mode}\`, which artifacts do not keep` },
  ];
}
