import type { Characters } from './characters.js';

/** A regular expression or glob, taken apart. */
export type Expression =
  | { readonly kind: 'characters'; readonly characters: Characters }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly options: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly inner: Expression; readonly least: number; readonly most: number };

/** One character out of a set. */
export function oneOf(characters: Characters): Expression {
  return { kind: 'characters', characters };
}

/** One after the other. */
export function sequence(parts: readonly Expression[]): Expression {
  return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
}

/** One or the other. */
export function choice(options: readonly Expression[]): Expression {
  return options.length === 1 ? options[0]! : { kind: 'choice', options };
}

/** Any number of times. */
export function anyNumberOf(inner: Expression): Expression {
  return { kind: 'repeat', inner, least: 0, most: Number.POSITIVE_INFINITY };
}
