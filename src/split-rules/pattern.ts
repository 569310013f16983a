import { anyCharacter, type CharacterSet, intersection, isSame, union } from './character-set.js';

/** A regular expression, as far as it matters which paths it matches as a whole. */
export type Pattern =
  | { readonly kind: 'character'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly kind: 'alternatives'; readonly items: readonly Pattern[] }
  | { readonly kind: 'optional'; readonly item: Pattern }
  /** Once or more often. */
  | { readonly kind: 'repeated'; readonly item: Pattern }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

/** Matches the empty text alone. */
export const empty: Pattern = { kind: 'sequence', items: [] };

/** Matches nothing at all. */
export const nothing: Pattern = { kind: 'alternatives', items: [] };

export function character(set: CharacterSet): Pattern {
  return { kind: 'character', set };
}

export function sequence(items: readonly Pattern[]): Pattern {
  return items.length === 1 ? items[0]! : { kind: 'sequence', items };
}

/** Alternatives of one character each are one set of characters. */
export function alternatives(items: readonly Pattern[]): Pattern {
  const sets = items.flatMap((item) => (item.kind === 'character' ? [item.set] : []));
  if (sets.length > 0 && sets.length === items.length) return character(sets.reduce(union));
  return { kind: 'alternatives', items };
}

export function optional(item: Pattern): Pattern {
  return { kind: 'optional', item };
}

export function repeated(item: Pattern): Pattern {
  return { kind: 'repeated', item };
}

/** `x*`: none, or once or more often. */
export function anyNumberOf(item: Pattern): Pattern {
  return optional(repeated(item));
}

/** True if all characters that the pattern can match are in the set. */
export function staysWithin(pattern: Pattern, set: CharacterSet): boolean {
  switch (pattern.kind) {
    case 'character':
      return isSame(intersection(pattern.set, set), pattern.set);
    case 'sequence':
    case 'alternatives':
      return pattern.items.every((item) => staysWithin(item, set));
    case 'optional':
    case 'repeated':
      return staysWithin(pattern.item, set);
    default:
      return true;
  }
}

/** `.*`. */
export const anyText: Pattern = anyNumberOf(character(anyCharacter));
