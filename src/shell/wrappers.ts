import { isPrivilegeVariable } from './command-name.js';

/** How a command that runs another one takes the words before it. */
export interface Wrapper {
  /** Short options that take a value, as letters. */
  readonly values?: string;
  /** Long options that take a value as a word of its own. */
  readonly longValues?: readonly string[];
  /** How many words come between the options and the command. */
  readonly operands?: number;
  /** `NAME=value` may stand before the command. */
  readonly assignments?: boolean;
  /** With one of these options it does not run anything. */
  readonly unless?: string;
}

/** Commands that run the command which their last words are. */
const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ['builtin', {}],
  ['busybox', {}],
  ['catchsegv', {}],
  ['ccache', {}],
  ['chronic', {}],
  ['command', { unless: 'vV' }],
  ['dbus-run-session', {}],
  ['doas', { values: 'uC' }],
  ['eatmydata', {}],
  ['env', { values: 'uC', longValues: ['unset', 'chdir'], assignments: true }],
  ['exec', { values: 'a' }],
  ['fakeroot', { values: 'lsib', longValues: ['lib', 'faked'] }],
  ['flock', { values: 'wE', operands: 1 }],
  ['ionice', { values: 'cnp' }],
  ['linux32', {}],
  ['linux64', {}],
  ['nice', { values: 'n' }],
  ['nohup', {}],
  ['pkexec', { longValues: ['user'] }],
  ['setarch', { operands: 1 }],
  ['setsid', {}],
  ['stdbuf', { values: 'ioe' }],
  ['strace', { values: 'aebEoPpsSuUX' }],
  ['sudo', { values: 'CDghpRrtTUu', longValues: ['user', 'group', 'chdir', 'prompt'], assignments: true }],
  ['time', { values: 'fo' }],
  ['timeout', { values: 'ks', longValues: ['kill-after', 'signal'], operands: 1 }],
  ['xargs', { values: 'adEILnPs', longValues: ['max-args', 'max-procs', 'delimiter', 'arg-file'] }],
  ['xvfb-run', { values: 'efnps' }],
]);

/** Shells: `-c` takes a script, and so does standard input if there is no operand. */
export const shells: ReadonlySet<string> = new Set(['ash', 'bash', 'dash', 'ksh', 'mksh', 'sh', 'zsh']);

/** Commands that take a script after `-c`, but are no shells. */
export const scriptTakers: ReadonlySet<string> = new Set(['flock', 'runuser', 'script', 'su']);

/** A stretch of the words of a command. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The commands that a command runs which are words of it: behind `env`, or after `-exec` of `find`. */
export function wrappedCommands(name: string, words: readonly string[]): Stretch[] {
  if (name === 'find') return executedByFind(words);
  const wrapper = isPrivilegeVariable(words[0]!) ? {} : wrappers.get(name);
  const start = wrapper ? wrappedIndex(wrapper, words) : words.length;
  return start < words.length ? [{ start, end: words.length }] : [];
}

function executedByFind(words: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let i = 0; i < words.length; i++) {
    if (!/^-(?:exec|ok)(?:dir)?$/.test(words[i]!)) continue;
    const start = i + 1;
    while (i < words.length && words[i] !== ';' && words[i] !== '+') i++;
    if (start < i) stretches.push({ start, end: i });
  }
  return stretches;
}

/** The index of the first word that belongs to the wrapped command; that of the end if there is none. */
function wrappedIndex(wrapper: Wrapper, words: readonly string[]): number {
  let operands = wrapper.operands ?? 0;
  for (let i = 1; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--') return Math.min(words.length, i + 1 + operands);
    if (/^--./.test(word)) {
      if (wrapper.longValues?.includes(word.slice(2))) i++;
    } else if (/^-./.test(word)) {
      if (wrapper.unless && [...wrapper.unless].some((letter) => word.includes(letter))) return words.length;
      if (endsInValueOption(word, wrapper.values ?? '')) i++;
    } else if (wrapper.assignments && /^[A-Za-z_]\w*=/.test(word)) continue;
    else if (operands > 0) operands--;
    else return i;
  }
  return words.length;
}

/** True for `-u` and `-nu` where `u` takes a value, which is then the next word; false for `-uroot`. */
function endsInValueOption(word: string, values: string): boolean {
  const first = [...word.slice(1)].findIndex((letter) => values.includes(letter));
  return first >= 0 && first === word.length - 2;
}
