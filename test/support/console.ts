import { diffArrays } from 'diff';

/** A command of a block ```console, and what the guide says that it prints. */
export interface Step {
  readonly command: string;
  /** From 0, in the block. */
  readonly line: number;
  /** Number of lines that the command takes in the block. */
  readonly length: number;
  /** A line `...` stands for any lines. Empty: nothing is said. */
  readonly output: readonly string[];
}

/**
 * The commands of a block: they begin with `$ `, and go on after a backslash and through here-documents, with or
 * without the `> ` of a shell before the lines.
 */
export function readSteps(lines: readonly string[]): Step[] {
  const steps: { command: string; line: number; length: number; output: string[] }[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at]!.startsWith('$ ')) {
      const step = steps.at(-1);
      if (!step) throw new Error(`what comes before the first command is the output of none: ${lines[at]}`);
      step.output.push(lines[at]!);
      continue;
    }
    const line = at;
    const command = [lines[at]!.slice(2)];
    const next = () => {
      const text = lines[++at];
      if (text === undefined) throw new Error(`a command without an end: ${command[0]}`);
      command.push(text.replace(/^> /, ''));
    };
    while (command.at(-1)!.endsWith('\\')) next();
    const end = /<<-?\s*(["']?)(\w+)\1/.exec(command.join('\n'))?.[2];
    if (end) while (command.at(-1)!.trim() !== end) next();
    steps.push({ command: command.join('\n'), line, length: at - line + 1, output: [] });
  }
  return steps.map((step) => ({ ...step, output: withoutEmptyEnd(step.output) }));
}

const withoutEmptyEnd = (lines: readonly string[]) =>
  lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);

/** Whether a command printed what is shown. */
export function isShown(shown: readonly string[], printed: readonly string[]): boolean {
  const parts: string[][] = [[]];
  for (const line of shown) line === '...' ? parts.push([]) : parts.at(-1)!.push(line);
  const isAt = (part: readonly string[], at: number) =>
    part.every((line, index) => line === printed[at + index]);
  const [first, last] = [parts.shift()!, parts.pop()];
  if (!isAt(first, 0)) return false;
  if (!last) return printed.length === first.length;
  let at = first.length;
  for (const part of parts) {
    while (!isAt(part, at)) if (++at > printed.length) return false;
    at += part.length;
  }
  return printed.length - last.length >= at && isAt(last, printed.length - last.length);
}

/** What to show now that a command prints something else: `...` stays in those parts that do not change. */
export function renewShown(shown: readonly string[], printed: readonly string[]): string[] {
  const renewed: string[] = [];
  const changes = diffArrays([...shown], [...printed]);
  for (let at = 0; at < changes.length; at++) {
    const { added, removed, value } = changes[at]!;
    if (!added && !removed) renewed.push(...value);
    else {
      const other =
        changes[at + 1]?.added !== undefined && (changes[at + 1]!.added || changes[at + 1]!.removed);
      const pair = other ? [changes[at]!, changes[++at]!] : [changes[at]!];
      const old = pair.find((change) => change.removed)?.value ?? [];
      const now = pair.find((change) => change.added)?.value ?? [];
      renewed.push(...renewPart(old, now));
    }
  }
  return renewed;
}

/** As many lines before and after `...` as there were. */
function renewPart(old: readonly string[], now: readonly string[]): readonly string[] {
  const first = old.indexOf('...');
  if (first < 0) return now;
  const after = old.length - 1 - old.lastIndexOf('...');
  if (first + after > now.length) return now;
  return [...now.slice(0, first), '...', ...now.slice(now.length - after)];
}
