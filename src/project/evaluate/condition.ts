import { Malformed } from './malformed.js';
import type { Position } from './node.js';

/** The values that the options of a project have, by name. */
export type Options = ReadonlyMap<string, string>;

type Value = string | boolean | readonly string[];

/**
 * Evaluates the condition of a `(?)`: comparisons of options with texts, `in`, `and`, `or`, `not` and brackets
 * (BuildStream docs, "Project options", of which Jinja's expressions are the base).
 *
 * @throws {Malformed} if it is something else, or names no option of the project.
 */
export function evaluateCondition(expression: string, options: Options, at: Position): boolean {
  const tokens = expression.match(/"[^"]*"|'[^']*'|[\w-]+|==|!=|[(),[\]]|\S/g) ?? [];
  let next = 0;
  const fail = (): never => {
    throw new Malformed(at, `the condition \`${expression}\` cannot be evaluated`);
  };
  const takes = (token: string): boolean => {
    const isNext = tokens[next] === token;
    if (isNext) next += 1;
    return isNext;
  };
  const alternatives = (): Value => {
    let value = conjunction();
    while (takes('or')) value = [conjunction(), value].some(isTrue);
    return value;
  };
  const conjunction = (): Value => {
    let value = negation();
    while (takes('and')) value = [negation(), value].every(isTrue);
    return value;
  };
  const negation = (): Value => (takes('not') ? !isTrue(negation()) : comparison());
  const comparison = (): Value => {
    const left = operand();
    if (takes('==')) return left === operand();
    if (takes('!=')) return left !== operand();
    const isNegated = tokens[next] === 'not' && tokens[next + 1] === 'in' && takes('not');
    if (!takes('in')) return left;
    const right = operand();
    if (typeof left !== 'string' || typeof right === 'boolean') return fail();
    return right.includes(left) !== isNegated;
  };
  const operand = (): Value => {
    const token = tokens[next];
    if (token === undefined) return fail();
    next += 1;
    if (/^["']/.test(token)) return token.slice(1, -1);
    if (token === '(' || token === '[') return bracket(token === '(' ? ')' : ']');
    if (/^(true|false)$/i.test(token)) return token.toLowerCase() === 'true';
    const value = options.get(token);
    if (value === undefined) throw new Malformed(at, `there is no option \`${token}\``);
    return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;
  };
  const bracket = (end: string): Value => {
    const members: Value[] = [];
    while (!takes(end)) {
      members.push(alternatives());
      if (!takes(',') && tokens[next] !== end) return fail();
      if (end === ')' && members.length === 1 && tokens[next] === end && tokens[next - 1] !== ',') {
        next += 1;
        return members[0]!;
      }
    }
    return members.every((member) => typeof member === 'string') ? members : fail();
  };
  const result = alternatives();
  return next === tokens.length ? isTrue(result) : fail();
}

function isTrue(value: Value): boolean {
  return typeof value === 'boolean' ? value : value.length > 0;
}
