import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;

/** The documents whose blocks are tested: all that a reader of the repository finds. */
export const guides: readonly string[] = [
  'README.md',
  'MIGRATION.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

/** A block of code in a guide. */
export interface Block {
  readonly guide: string;
  /** The line of its fence, or of its first line if it is indented; from 1. */
  readonly line: number;
  /** The heading that it stands under. */
  readonly heading: string;
  /** What the fence says; empty if it says nothing, undefined for a block that is indented. */
  readonly language: string | undefined;
  readonly lines: readonly string[];
  /** The text of the HTML comment right before it. */
  readonly comment: string | undefined;
  /** The last line of text before it. */
  readonly before: string;
}

/** All blocks of a guide, fenced or indented, in order. */
export function readBlocks(guide: string): Block[] {
  return blocksOf(guide, readFileSync(join(root, guide), 'utf8'));
}

/** The same for a text. */
export function blocksOf(guide: string, text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let heading = '';
  for (let at = 0; at < lines.length; at++) {
    const fence = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(lines[at]!);
    const start = at;
    if (fence) {
      const [, indent, ticks, language] = fence;
      const isEnd = (line: string) =>
        line.trim().startsWith(ticks!) && line.trim() === line.trim()[0]!.repeat(line.trim().length);
      while (++at < lines.length && !isEnd(lines[at]!));
      const inside = lines
        .slice(start + 1, at)
        .map((line) => (line.startsWith(indent!) ? line.slice(indent!.length) : line));
      blocks.push({
        guide,
        line: start + 1,
        heading,
        language: language!.trim(),
        lines: inside,
        comment: commentBefore(lines, start),
        before: textBefore(lines, start),
      });
    } else if (/^ {4}/.test(lines[at]!)) {
      const isInside = (line: string | undefined) =>
        line !== undefined && (/^ {4}/.test(line) || line === '');
      while (isInside(lines[at + 1]) && (lines[at + 1] !== '' || /^ {4}/.test(lines[at + 2] ?? ''))) at++;
      const inside = lines.slice(start, at + 1).map((line) => line.slice(4));
      blocks.push({
        guide,
        line: start + 1,
        heading,
        language: undefined,
        lines: inside,
        comment: commentBefore(lines, start),
        before: textBefore(lines, start),
      });
    } else heading = /^#+ (.*)$/.exec(lines[at]!)?.[1] ?? heading;
  }
  return blocks;
}

const textBefore = (lines: readonly string[], at: number) =>
  lines.slice(0, at).findLast((line) => line !== '') ?? '';

/** The comment that ends in the line before, or before an empty line. */
function commentBefore(lines: readonly string[], at: number): string | undefined {
  const before = lines.slice(0, at).join('\n').replace(/\n$/, '');
  return /<!--((?:(?!-->)[\s\S])*)-->\s*$/.exec(before)?.[1]?.replace(/\s+/g, ' ').trim();
}
