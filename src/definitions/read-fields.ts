import type { Place } from '../diagnostics/place.js';
import type { Command, CommandLists, SplitRule, TextAt } from './model.js';
import type { ProductsShape } from './schema.js';
import { type Step, steps } from './steps.js';
import type { YamlDocument } from './yaml-document.js';

/** The text of `container[key]` and its place; undefined if it is missing, null or empty. */
export function textAt(
  document: YamlDocument,
  container: object | undefined | null,
  key: string | number,
): TextAt | undefined {
  if (!container) return undefined;
  const text = document.textOf(container, key);
  return text === undefined || text === '' ? undefined : { text, at: document.placeOf(container, key) };
}

/** A description: text, or a list of paragraphs, which are joined. */
export function readDescription(document: YamlDocument, container: object): string | undefined {
  const { description } = container as { description?: unknown };
  if (!Array.isArray(description)) return textAt(document, container, 'description')?.text;
  return textsAt(document, description)
    .map(({ text }) => text)
    .join('\n');
}

/** Where the description of a mapping stands, if it has one. */
export function placeOfDescription(document: YamlDocument, container: object): Place | undefined {
  return readDescription(document, container) === undefined
    ? undefined
    : document.placeOf(container, 'description');
}

/** A list of texts, with the place of each; items that are empty are left out. */
export function textsAt(document: YamlDocument, list: readonly unknown[] | undefined | null): TextAt[] {
  return (list ?? []).flatMap((_, index) => textAt(document, list!, index) ?? []);
}

/**
 * A list of commands, verbatim. A boolean among them is the word that it means in YAML 1.1, because ybd turns
 * `- true` and `- yes` into the command `true`.
 */
export function readCommands(document: YamlDocument, list: readonly unknown[]): Command[] {
  return list.map((item, index) => ({
    text: typeof item === 'boolean' ? String(item) : (document.textOf(list, index) ?? ''),
    at: document.placeOf(list, index),
    comments: document.commentsOf(list, index),
  }));
}

/** All the lists of commands that a mapping has. A step that is null counts as missing, as in ybd. */
export function readCommandLists(document: YamlDocument, object: object | undefined | null): CommandLists {
  const lists = new Map<Step, readonly Command[]>();
  for (const step of steps) {
    const list = (object as Record<string, unknown[] | null | undefined> | undefined)?.[step];
    if (list) lists.set(step, readCommands(document, list));
  }
  return lists;
}

/** Ordered rules for splitting: of a chunk or a stratum (`products`), or of DEFAULTS. */
export function readSplitRules(document: YamlDocument, products: ProductsShape): SplitRule[] {
  return (products ?? []).flatMap((product) => {
    const artifact = textAt(document, product, 'artifact');
    return artifact ? [{ artifact, include: textsAt(document, product.include) }] : [];
  });
}

/**
 * The comments of a mapping, under the field that they speak of. Those of fields in `inside` are only the ones on
 * the field itself, because what is inside keeps its own.
 */
export function readComments(
  document: YamlDocument,
  object: object,
  inside: readonly string[],
): Map<string, readonly string[]> {
  const comments = new Map<string, readonly string[]>();
  if (!document.hasComments) return comments;
  for (const field of Object.keys(object)) {
    const texts = inside.includes(field)
      ? document.commentsOnKey(object, field)
      : document.commentsOf(object, field);
    if (texts.length > 0) comments.set(field, texts);
  }
  return comments;
}
