import type { ShellWord } from './invocations.js';
import type { ShellSource } from './source.js';

/** A word, with quotes in it that are closed on the same line. */
const word = /(?:[^\s;&|()<>"'`#]|"[^"\n]*"|'[^'\n]*'|#(?<=[^\s;&|()]#))+/y;

/** Words after which a command begins. */
const introducers: ReadonlySet<string> = new Set('! { do elif else if then time until while'.split(' '));

/**
 * Finds commands in shell that the parser cannot make sense of: line by line, words that stand where a command could
 * begin. It sees less than the parser (no nested scripts, no quotes over several lines) and takes here-documents for
 * commands, but it never fails and its time is in proportion to the text.
 */
export function roughInvocations({ text, at }: ShellSource): ShellWord[][] {
  const found: ShellWord[][] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const start = offset;
    for (const command of commandsOfLine(line, (index) => at(start + index))) found.push(command);
    offset += line.length + 1;
  }
  return found;
}

function commandsOfLine(line: string, at: (index: number) => number): ShellWord[][] {
  const commands: ShellWord[][] = [];
  let current: ShellWord[] | undefined;
  for (let i = 0; i < line.length; ) {
    word.lastIndex = i;
    const written = word.exec(line)?.[0];
    if (written === undefined) {
      if (line[i] === '#') break;
      if (!/\s/.test(line[i]!)) current = undefined;
      i++;
      continue;
    }
    const text = written.replace(/["'\\]/g, '');
    const placed = { text, start: at(i), end: at(i + written.length - 1) + 1 };
    i += written.length;
    if (current) current.push(placed);
    else if (!introducers.has(text) && !/^[A-Za-z_]\w*=/.test(text)) {
      current = [placed];
      commands.push(current);
    }
  }
  return commands;
}
