import { createHash } from 'node:crypto';
import { structuredPatch } from 'diff/lib/patch/create.js';
import { literal } from './git-binary.js';

/** A file as it was or will be. */
export interface Version {
  /** Text, or the bytes of what is none. */
  readonly content: string | Uint8Array;
  readonly executable: boolean;
}

/** How one file changes; one of the two is there. */
export interface Change {
  readonly path: string;
  readonly before: Version | undefined;
  readonly after: Version | undefined;
}

/** A change as text, and how many lines it adds and removes. */
export interface Patch {
  readonly text: string;
  readonly added: number;
  readonly removed: number;
}

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/**
 * A change in the form of `git diff`, which `git apply` and `patch -p1` take: a unified diff under git's own headers,
 * which say what a unified diff cannot (modes, empty files, odd names).
 */
export function renderPatch({ path, before, after }: Change): Patch {
  const [from, to] = [before?.content ?? '', after?.content ?? ''];
  if (typeof from !== 'string' || typeof to !== 'string') return binaryPatch({ path, before, after });
  const hunks = from === to ? [] : structuredPatch('', '', from, to, '', '', { context: CONTEXT }).hunks;
  const lines = hunks.flatMap((hunk) => [
    `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines,
  ]);
  const names = [
    `--- ${before ? quoted(`a/${path}`) : '/dev/null'}`,
    `+++ ${after ? quoted(`b/${path}`) : '/dev/null'}`,
  ];
  const all = [...header({ path, before, after }, from !== to), ...(hunks.length > 0 ? names : []), ...lines];
  const count = (sign: string) =>
    hunks.flatMap((hunk) => hunk.lines).filter((line) => line.startsWith(sign)).length;
  return { text: `${all.join('\n')}\n`, added: count('+'), removed: count('-') };
}

function header({ path, before, after }: Change, changes: boolean): string[] {
  return [
    `diff --git ${quoted(`a/${path}`)} ${quoted(`b/${path}`)}`,
    ...modes(before, after),
    ...(!changes && before && after
      ? []
      : [`index ${blob(before)}..${blob(after)}${sameMode(before, after)}`]),
  ];
}

/** A change from or to what is no text: both contents, as `git diff --binary` writes them. */
function binaryPatch(change: Change): Patch {
  const [from, to] = [bytesOf(change.before), bytesOf(change.after)];
  const changes = !from.equals(to);
  const all = [
    ...header(change, changes),
    ...(changes ? ['GIT binary patch', ...literal(to), '', ...literal(from), ''] : []),
  ];
  return { text: `${all.join('\n')}\n`, added: 0, removed: 0 };
}

/** A range of a hunk; one without lines is named by the line before it. */
function range(start: number, count: number): string {
  const first = count === 0 ? start - 1 : start;
  return count === 1 ? `${first}` : `${first},${count}`;
}

function mode({ executable }: Version): string {
  return executable ? '100755' : '100644';
}

function modes(before: Version | undefined, after: Version | undefined): string[] {
  if (!before) return [`new file mode ${mode(after!)}`];
  if (!after) return [`deleted file mode ${mode(before)}`];
  if (before.executable === after.executable) return [];
  return [`old mode ${mode(before)}`, `new mode ${mode(after)}`];
}

function sameMode(before: Version | undefined, after: Version | undefined): string {
  return before && after && before.executable === after.executable ? ` ${mode(after)}` : '';
}

/** What git calls a content. */
function blob(version: Version | undefined): string {
  if (!version) return '0'.repeat(40);
  const content = bytesOf(version);
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

function bytesOf(version: Version | undefined): Buffer {
  return Buffer.from(version?.content ?? '');
}

const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '"': '\\"', '\\': '\\\\' };

/** A name as git writes it: between quotes, with escapes, if there is something odd in it. */
function quoted(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name) && !/["\\]/.test(name)) return name;
  const bytes = [...Buffer.from(name)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (escapes[character]) return escapes[character];
    return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : character;
  });
  return `"${bytes.join('')}"`;
}
