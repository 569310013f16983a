import { anything, type Characters, charactersOf, complement, only } from './characters.js';
import { anyNumberOf, type Expression, oneOf, sequence } from './expression.js';

const withinName = complement(only('/'));

/** Takes a glob of BuildStream's split rules apart (BuildStream: `utils._glob2re`, in both versions). */
export function parseGlob(pattern: string): Expression {
  const glob = [...(pattern.startsWith('/') ? pattern : `/${pattern}`)];
  const parts: Expression[] = [];
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob[at]!;
    if (character === '*') {
      const isAny = glob[at + 1] === '*';
      if (isAny) at += 1;
      parts.push(anyNumberOf(oneOf(isAny ? anything : withinName)));
    } else if (character === '?') parts.push(oneOf(withinName));
    else if (character === '[') {
      let end = at + 1;
      if (glob[end] === '!') end += 1;
      if (glob[end] === ']') end += 1;
      while (end < glob.length && glob[end] !== ']') end += 1;
      if (end >= glob.length) parts.push(oneOf(only('[')));
      else {
        parts.push(oneOf(readClass(glob.slice(at + 1, end))));
        at = end;
      }
    } else parts.push(oneOf(only(character)));
  }
  return sequence(parts);
}

function readClass(inside: readonly string[]): Characters {
  const isNegated = inside[0] === '!';
  const members = isNegated ? inside.slice(1) : inside;
  const ranges: [number, number][] = [];
  for (let at = 0; at < members.length; at += 1) {
    const from = members[at]!.codePointAt(0)!;
    const isRange = members[at + 1] === '-' && members[at + 2] !== undefined;
    ranges.push([from, isRange ? members[at + 2]!.codePointAt(0)! : from]);
    if (isRange) at += 2;
  }
  const found = charactersOf(ranges.filter(([from, to]) => from <= to));
  return isNegated ? complement(found) : found;
}
