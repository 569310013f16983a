import {
  type Characters,
  charactersOf,
  complement,
  digits,
  only,
  spaces,
  wordCharacters,
} from './characters.js';
import { choice, type Expression, oneOf, sequence } from './expression.js';

const newline = only('\n');
const classes: Readonly<Record<string, Characters>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
};
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };

/**
 * Takes a regular expression of Python apart that has to match a whole path.
 *
 * @returns undefined for what no regular language has (groups that are looked back at, lookahead) and for what is no
 *   regular expression.
 */
export function parseRegex(pattern: string): Expression | undefined {
  try {
    return new Reader([...pattern]).whole();
  } catch (error) {
    if (error instanceof NotRegular) return undefined;
    throw error;
  }
}

class NotRegular extends Error {}

class Reader {
  #at = 0;

  constructor(readonly text: readonly string[]) {}

  whole(): Expression {
    const all = this.#alternatives();
    if (this.#at < this.text.length) throw new NotRegular();
    return all;
  }

  #takes(character: string): boolean {
    if (this.text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const character = this.text[this.#at];
    if (character === undefined) throw new NotRegular();
    this.#at += 1;
    return character;
  }

  #alternatives(): Expression {
    const options = [this.#sequence()];
    while (this.#takes('|')) options.push(this.#sequence());
    return choice(options);
  }

  #sequence(): Expression {
    const parts: Expression[] = [];
    for (;;) {
      const next = this.text[this.#at];
      if (next === undefined || next === '|' || next === ')') break;
      const isFirst = parts.length === 0;
      // The whole path is matched in any case, so that anchors at the ends say nothing.
      if (next === '^' && isFirst) this.#at += 1;
      else if (next === '$' && this.#endsAfter()) this.#at += 1;
      else parts.push(this.#repeated(this.#atom()));
    }
    return sequence(parts);
  }

  #endsAfter(): boolean {
    const after = this.text[this.#at + 1];
    return after === undefined || after === '|' || after === ')';
  }

  #atom(): Expression {
    const character = this.#next();
    if (character === '(') return this.#group();
    if (character === '[') return oneOf(this.#class());
    if (character === '.') return oneOf(complement(newline));
    if (character === '\\') return oneOf(this.#escape());
    if ('*+?^$'.includes(character)) throw new NotRegular();
    return oneOf(only(character));
  }

  #group(): Expression {
    if (this.#takes('?')) {
      if (this.#takes('P') && this.#takes('<')) {
        while (!this.#takes('>')) this.#next();
      } else if (!this.#takes(':')) throw new NotRegular();
    }
    const inner = this.#alternatives();
    if (!this.#takes(')')) throw new NotRegular();
    return inner;
  }

  #escape(): Characters {
    const character = this.#next();
    if (classes[character]) return classes[character];
    if (escapes[character]) return only(escapes[character]);
    if (character === 'x') {
      const code = Number.parseInt(this.#next() + this.#next(), 16);
      if (Number.isNaN(code)) throw new NotRegular();
      return [[code, code]];
    }
    if (/[A-Za-z0-9]/.test(character)) throw new NotRegular();
    return only(character);
  }

  #class(): Characters {
    const isNegated = this.#takes('^');
    const ranges: (readonly [number, number])[] = [];
    for (let isFirst = true; isFirst || !this.#takes(']'); isFirst = false) {
      const from = this.#member();
      const isRange = this.text[this.#at] === '-' && this.text[this.#at + 1] !== ']';
      if (!isRange || from.length !== 1) {
        ranges.push(...from);
        continue;
      }
      this.#at += 1;
      const to = this.#member();
      if (to[0]![0] < from[0]![0]) throw new NotRegular();
      ranges.push([from[0]![0], to[0]![0]]);
    }
    const members = charactersOf(ranges);
    return isNegated ? complement(members) : members;
  }

  #member(): Characters {
    const character = this.#next();
    return character === '\\' ? this.#escape() : only(character);
  }

  #repeated(atom: Expression): Expression {
    const counts = this.#counts();
    if (!counts) return atom;
    // What is matched does not depend on whether as much or as little as possible is taken.
    this.#takes('?');
    if (this.#counts()) throw new NotRegular();
    const [least, most] = counts;
    return { kind: 'repeat', inner: atom, least, most };
  }

  #counts(): readonly [number, number] | undefined {
    if (this.#takes('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#takes('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#takes('?')) return [0, 1];
    const braces = /^\{(\d*)(,?)(\d*)\}/.exec(this.text.slice(this.#at, this.#at + 12).join(''));
    if (!braces || (braces[1] === '' && braces[3] === '')) return undefined;
    this.#at += braces[0].length;
    const least = Number(braces[1] || 0);
    const most = braces[2] === '' ? least : braces[3] === '' ? Number.POSITIVE_INFINITY : Number(braces[3]);
    if (least > 50 || (most > 50 && most !== Number.POSITIVE_INFINITY)) throw new NotRegular();
    return [least, most];
  }
}
