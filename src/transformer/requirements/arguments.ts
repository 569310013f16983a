import type { Invocation } from '../../shell/invocations.js';

/** The arguments of a command, taken apart as GNU getopt does. */
export interface Arguments {
  /** Options by letter or long name (without dashes), in order; the value is empty where there is none. */
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly operands: readonly string[];
}

/**
 * Takes the arguments of a command apart.
 *
 * @param values the options that take a value: letters, and long names that take it as a word of its own.
 */
export function argumentsOf(
  { words }: Invocation,
  values: string,
  longValues: readonly string[] = [],
): Arguments {
  const options: [string, string][] = [];
  const operands: string[] = [];
  for (let i = 1; i < words.length; i++) {
    const { text } = words[i]!;
    if (text === '--') {
      for (const word of words.slice(i + 1)) operands.push(word.text);
      break;
    }
    const long = /^--([^=]+)(?:=(.*))?$/s.exec(text);
    if (long) {
      const [, name, value] = long;
      const takesNext = value === undefined && longValues.includes(name!);
      options.push([name!, value ?? (takesNext ? (words[++i]?.text ?? '') : '')]);
    } else if (/^-./s.test(text)) {
      for (let at = 1; at < text.length; at++) {
        if (!values.includes(text[at]!)) options.push([text[at]!, '']);
        else {
          options.push([text[at]!, text.slice(at + 1) || (words[++i]?.text ?? '')]);
          break;
        }
      }
    } else operands.push(text);
  }
  return { options, operands };
}

/** The value of the last option with one of these names; undefined if there is none. */
export function optionOf({ options }: Arguments, ...names: string[]): string | undefined {
  return options.findLast(([name]) => names.includes(name))?.[1];
}

/** True if a command only says what it is. */
export function asksForHelp({ words }: Invocation): boolean {
  return words.some(({ text }) => text === '--help' || text === '--version');
}

/** True for a path in what is installed, or in the system that is being put together. */
export function isInstalled(path: string, stage: 'build' | 'integration'): boolean {
  return path.includes('DESTDIR') || (stage === 'integration' && path.startsWith('/'));
}
