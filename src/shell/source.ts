import type { HereDocBody, Word, WordPart } from 'unbash';

/** A piece of shell, and where each of its characters stands in the text that it was taken from. */
export interface ShellSource {
  readonly text: string;
  /** The offset in the outermost text of the character at `offset`. */
  readonly at: (offset: number) => number;
}

/** A text that was not taken from another one. */
export function outermost(text: string): ShellSource {
  return { text, at: (offset) => offset };
}

/** Sources one after the other, with a space between them, as `eval` joins its words. */
export function join(sources: readonly ShellSource[]): ShellSource {
  const builder = new Builder();
  for (const [index, { text, at }] of sources.entries()) {
    if (index > 0) builder.add(' ', at(0));
    for (let i = 0; i < text.length; i++) builder.add(text[i]!, at(i));
  }
  return builder.source;
}

/** Stands for what a substitution comes to. */
const SUBSTITUTED = '$_';

/**
 * What a word comes to when its quotes are taken away. Variables stay as they are written; of substitutions, which
 * are commands in their own right, only a sign remains.
 */
export function unquote(source: ShellSource, word: Word): ShellSource {
  const { text, at } = source;
  const expansions = expansionsIn(word.parts ?? []);
  const builder = new Builder();
  let quote: "'" | '"' | undefined;
  for (let i = word.pos; i < word.end; i++) {
    const character = text[i]!;
    const expansion = quote === "'" ? undefined : expansions.get(i);
    if (expansion !== undefined) {
      addExpansion(builder, source, i, expansion);
      i = expansion - 1;
    } else if (character === '\\' && quote !== "'" && isEscape(text[i + 1], quote)) {
      i++;
      if (text[i] !== '\n') builder.add(text[i]!, at(i));
    } else if (character === quote) quote = undefined;
    else if (quote === undefined && (character === "'" || character === '"')) quote = character;
    else if (quote !== undefined || character !== '$' || !/['"]/.test(text[i + 1] ?? '')) {
      builder.add(character, at(i));
    }
  }
  return builder.source;
}

/** The text of a here-document, in which a shell has put the values of expansions. */
export function expandBody(source: ShellSource, { pos, end, parts }: HereDocBody): ShellSource {
  const expansions = expansionsIn(parts ?? []);
  const builder = new Builder();
  for (let i = pos; i < end; i++) {
    const expansion = expansions.get(i);
    if (expansion === undefined) builder.add(source.text[i]!, source.at(i));
    else {
      addExpansion(builder, source, i, expansion);
      i = expansion - 1;
    }
  }
  return builder.source;
}

function addExpansion(builder: Builder, { text, at }: ShellSource, start: number, end: number): void {
  if (/`|[$<>]\(/.test(text.slice(start, end))) {
    for (const character of SUBSTITUTED) builder.add(character, at(start));
  } else for (let i = start; i < end; i++) builder.add(text[i]!, at(i));
}

/** What stands between backquotes, without the backslashes that the backquotes made necessary. */
export function unescapeBackquoted(source: ShellSource, start: number, end: number): ShellSource {
  const builder = new Builder();
  for (let i = start + 1; i < end - 1; i++) {
    if (source.text[i] === '\\' && /[`\\$]/.test(source.text[i + 1] ?? '')) i++;
    builder.add(source.text[i]!, source.at(i));
  }
  return builder.source;
}

/** A backslash in double quotes is one only before what it is needed for. */
function isEscape(next: string | undefined, quote: string | undefined): boolean {
  return next !== undefined && (quote === undefined || /["$`\\\n]/.test(next));
}

/** Start → end of every expansion of a word. */
function expansionsIn(parts: readonly WordPart[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const part of parts) {
    if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') {
      for (const [start, end] of expansionsIn(part.parts)) found.set(start, end);
    } else if (part.type.endsWith('Expansion') || part.type === 'ProcessSubstitution') {
      if (part.type !== 'BraceExpansion') found.set(part.pos, part.end);
    }
  }
  return found;
}

class Builder {
  readonly #characters: string[] = [];
  readonly #offsets: number[] = [];

  add(character: string, offset: number): void {
    this.#characters.push(character);
    this.#offsets.push(offset);
  }

  get source(): ShellSource {
    const offsets = this.#offsets;
    const end = (offsets.at(-1) ?? -1) + 1;
    return { text: this.#characters.join(''), at: (offset) => offsets[offset] ?? end };
  }
}
