import { type Characters, charactersOf, complement, only } from './characters.js';
import { anyNumberOf, choice, type Expression, oneOf, sequence } from './expression.js';

const withinName = complement(only('/'));

/**
 * The expression with every repetition that no glob can say made as wide as a glob that keeps its ends: `(\.\d+)*`
 * also matches what begins with a dot, ends with a digit and has anything but a slash between.
 */
export function widen(expression: Expression): Expression {
  switch (expression.kind) {
    case 'characters':
      return expression;
    case 'sequence':
      return sequence(expression.parts.map(widen));
    case 'choice':
      return choice(expression.options.map(widen));
    case 'repeat': {
      const inner = widen(expression.inner);
      if (expression.most <= 1 || isGlobbable(inner)) return { ...expression, inner };
      const wide = sequence([oneOf(ends(inner, 0)), anyNumberOf(oneOf(withinName)), oneOf(ends(inner, -1))]);
      return choice([{ ...expression, inner }, wide]);
    }
  }
}

/** True for what `*` or `**` can repeat. */
function isGlobbable(expression: Expression): boolean {
  if (expression.kind !== 'characters') return false;
  const excluded = complement(expression.characters);
  return excluded.every(([from, to]) => from === to && (from === 0x2f || from === 0x0a));
}

/** The characters that an expression can begin or end with. */
function ends(expression: Expression, side: 0 | -1): Characters {
  switch (expression.kind) {
    case 'characters':
      return expression.characters;
    case 'choice':
      return charactersOf(expression.options.flatMap((option) => ends(option, side)));
    case 'repeat':
      return ends(expression.inner, side);
    case 'sequence': {
      const found: (readonly [number, number])[] = [];
      const parts = side === 0 ? expression.parts : [...expression.parts].reverse();
      for (const part of parts) {
        found.push(...ends(part, side));
        if (!canBeEmpty(part)) break;
      }
      return charactersOf(found);
    }
  }
}

function canBeEmpty(expression: Expression): boolean {
  switch (expression.kind) {
    case 'characters':
      return false;
    case 'choice':
      return expression.options.some(canBeEmpty);
    case 'repeat':
      return expression.least === 0 || canBeEmpty(expression.inner);
    case 'sequence':
      return expression.parts.every(canBeEmpty);
  }
}
