import { forEachChild, parse, type SyntaxNode, type Word } from 'unbash';
import { commandName, isPrivilegeVariable } from './command-name.js';
import { givenScripts } from './given-scripts.js';
import { roughInvocations } from './rough-scan.js';
import { outermost, type ShellSource, unescapeBackquoted } from './source.js';
import { wrappedCommands } from './wrappers.js';

/** A word of a command without its quotes, and where it stands. Expansions are as they were written. */
export interface ShellWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** One command that a piece of shell would run. */
export interface Invocation {
  /** What is run: `chown` for `/bin/chown`, else as it is written. */
  readonly name: string;
  /** The name as it is written and the arguments; redirections are not among them. */
  readonly words: readonly ShellWord[];
  readonly start: number;
  readonly end: number;
}

/** A command of the syntax tree. */
export type CommandNode = Extract<SyntaxNode, { type: 'Command' }>;

/** Commands within commands, as in `sudo env sh -c "sudo …"`, are looked into so deep. */
const MAX_DEPTH = 10;

/** No command of a person nests more than this; what does would only keep the parser busy. */
const MAX_OPENERS = 500;

/** Longer texts are not taken apart with care. */
const MAX_LENGTH = 500_000;

/**
 * Finds every command that a piece of shell would run: in conditions, loops, subshells, functions and
 * substitutions, behind wrappers such as `env` and `sudo` (the wrappers are among the commands), and in scripts that
 * are given to a shell. Text in comments, here-documents and quotes is not a command.
 *
 * Where the text is no valid shell, what the parser could make of it is completed with what a rough reading, line by
 * line, takes for commands. Never throws, and its time is in proportion to the text.
 */
export function findInvocations(text: string): readonly Invocation[] {
  const found = known.get(text) ?? invocationsIn(text);
  if (text.length <= LONGEST_KNOWN) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, found);
  }
  return found;
}

/** What was found in the last texts that are not long: several parts of a conversion look at the same commands. */
const known = new Map<string, readonly Invocation[]>();
const MOST_KNOWN = 1000;
const LONGEST_KNOWN = 2000;

function invocationsIn(text: string): readonly Invocation[] {
  const collector = new Collector(text.length);
  collector.collect(outermost(text), 0);
  return collector.invocations;
}

class Collector {
  constructor(readonly length: number) {}

  readonly #found = new Map<string, Invocation>();

  /** In the order of the text; each once, even if two readings of the text have led to it. */
  get invocations(): Invocation[] {
    return [...this.#found.values()].sort((a, b) => a.start - b.start);
  }

  /** In broken shell a word may be empty, or said to end behind the text. */
  #take(name: string, words: readonly ShellWord[]): void {
    const start = Math.min(words[0]!.start, this.length);
    const end = Math.min(Math.max(start, words.at(-1)!.end), this.length);
    const key = `${start} ${name}`;
    if (!this.#found.has(key)) this.#found.set(key, { name, words, start, end });
  }

  collect(source: ShellSource, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const { text } = source;
    if (text.length <= MAX_LENGTH && countOpeners(text) <= MAX_OPENERS) {
      try {
        if (!this.#collectTree(parse(text), source, depth)) return;
      } catch {
        // Nested too deeply, or more than the parser was made for: the rough reading has to do.
      }
    }
    for (const words of roughInvocations(source)) this.#takeRough(words, depth);
  }

  /** Takes the commands of a syntax tree; returns true if any part of it is no valid shell. */
  #collectTree(root: SyntaxNode, source: ShellSource, depth: number): boolean {
    const commands: CommandNode[] = [];
    const functions = new Set<string>();
    let isBroken = false;
    const visit = (node: SyntaxNode): void => {
      if (node.type === 'Script' && 'errors' in node && node.errors?.length) isBroken = true;
      else if (node.type === 'Function') functions.add(node.name.value);
      else if (node.type === 'Command') commands.push(node);
      else if (node.type === 'CommandExpansion' && node.script?.source !== undefined) {
        const inside = unescapeBackquoted(source, node.pos, node.end);
        const isExact = inside.text === node.script.source;
        const at = isExact ? inside.at : () => source.at(node.pos);
        if (this.#collectTree(node.script, { text: node.script.source, at }, depth)) isBroken = true;
        return;
      }
      forEachChild(node, visit);
    };
    visit(root);
    for (const command of commands) {
      if (command.name) this.#takeCommand(wordsOf(command), command, source, functions, depth);
    }
    return isBroken;
  }

  #takeCommand(
    words: readonly Word[],
    command: CommandNode,
    source: ShellSource,
    functions: ReadonlySet<string>,
    depth: number,
  ): void {
    const [first] = words;
    if (!first || functions.has(first.value) || depth > MAX_DEPTH) return;
    const name = commandName(first.value);
    for (const script of givenScripts(name, words, command, source)) this.collect(script, depth + 1);
    const values = words.map(({ value }) => value);
    for (const rest of wrappedCommands(name, values)) {
      this.#takeCommand(words.slice(rest.start, rest.end), command, source, functions, depth + 1);
    }
    if (isPrivilegeVariable(first.value)) return;
    this.#take(
      name,
      words.map((word) => placed(word, source)),
    );
  }

  #takeRough(words: readonly ShellWord[], depth: number): void {
    const [first] = words;
    if (!first || depth > MAX_DEPTH) return;
    const name = commandName(first.text);
    const values = words.map(({ text }) => text);
    for (const { start, end } of wrappedCommands(name, values)) {
      this.#takeRough(words.slice(start, end), depth + 1);
    }
    this.#take(name, words);
  }
}

/** How often something begins that has to be ended. */
function countOpeners(text: string): number {
  return text.match(/[({`]|<<|\[\[|\b(?:case|if)\b/g)?.length ?? 0;
}

/** The name and the arguments; one that looks like an assignment is a word like any other. */
function wordsOf({ name, args }: CommandNode): Word[] {
  const rest = args.map((each): Word => {
    if (each.type === 'Word') return each;
    return { type: 'Word', text: each.text, value: each.text, pos: each.pos, end: each.end };
  });
  return [name!, ...rest];
}

function placed({ value, pos, end }: Word, { at }: ShellSource): ShellWord {
  return { text: value, start: at(pos), end: at(end - 1) + 1 };
}
