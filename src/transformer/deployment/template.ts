/** A part of a template that says more than which variable goes where, and cannot be followed. */
export class UnknownTemplate extends Error {
  constructor(
    /** Line of the template, from 1. */
    readonly line: number,
    readonly text: string,
  ) {
    super(text);
  }
}

/** One condition is being read: whether any branch was taken yet, whether the present one is, and whether it is `else`. */
interface Branch {
  readonly outer: boolean;
  taken: boolean;
  active: boolean;
  isLast?: boolean;
}

/**
 * What Jinja2 makes of a template with the variables of a deployment: `{{ NAME }}`, conditions (`if`, `elif`, `else`
 * with `==`, `!=`, `is defined`, `not`, `and`, `or`) and comments. That is what templates of install-files use.
 *
 * @throws UnknownTemplate for anything else: what Jinja2 knows besides, and what it refuses.
 */
export function renderTemplate(written: string, variables: ReadonlyMap<string, string>): string {
  // Jinja2 reads all line ends as `\n`, and takes the last one away.
  const text = written.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const branches: Branch[] = [];
  let output = '';
  let end = 0;
  let line = 1;
  const isActive = () => branches.at(-1)?.active ?? true;
  for (const match of text.matchAll(/\{\{(.*?)\}\}|\{%(.*?)%\}|\{#.*?#\}/gs)) {
    const before = text.slice(end, match.index);
    refuseOpen(before, line);
    if (isActive()) output += before;
    line += before.split('\n').length - 1;
    end = match.index + match[0].length;
    const [whole, expression, statement] = match;
    try {
      if (expression !== undefined) {
        if (isActive()) output += new Reader(expression, variables).value();
      } else if (statement !== undefined) follow(statement, branches, variables);
      else if (/^\{#[-+]|[-+]#\}$/.test(whole)) throw new SyntaxError(whole);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new UnknownTemplate(line, whole.trim());
    }
    line += whole.split('\n').length - 1;
  }
  if (branches.length > 0) throw new UnknownTemplate(line, 'an `if` without its `endif`');
  refuseOpen(text.slice(end), line);
  return output + text.slice(end);
}

/** Something that begins and does not end. */
function refuseOpen(text: string, line: number): void {
  const open = /\{[{%#].*/.exec(text);
  if (!open) return;
  const lines = text.slice(0, open.index).split('\n').length - 1;
  throw new UnknownTemplate(line + lines, open[0].trim());
}

function follow(statement: string, branches: Branch[], variables: ReadonlyMap<string, string>): void {
  const [, word = '', rest = ''] = /^\s*(\w+)(.*?)\s*$/s.exec(statement) ?? [];
  const branch = branches.at(-1);
  if (word === 'if') {
    const outer = branch?.active ?? true;
    const active = outer && new Reader(rest, variables).condition();
    branches.push({ outer, taken: active, active });
  } else if (word === 'elif' && branch && !branch.isLast) {
    branch.active = branch.outer && !branch.taken && new Reader(rest, variables).condition();
    branch.taken ||= branch.active;
  } else if (word === 'else' && rest === '' && branch && !branch.isLast) {
    branch.isLast = true;
    branch.active = branch.outer && !branch.taken;
    branch.taken = true;
  } else if (word === 'endif' && rest === '' && branch) branches.pop();
  else throw new SyntaxError(statement);
}

/** Names that mean something else in Jinja2: its operators, its constants and what it brings along. */
const notVariables =
  /^(?:if|else|elif|and|or|not|is|in|[Tt]rue|[Ff]alse|[Nn]one|self|super|caller|loop|range|dict|lipsum|cycler|joiner|namespace)$/;

/** A value of an expression: text, or that of a variable which is not there. */
type Value = string | undefined;

/** Reads one expression. All variables are text, as the environment has them. */
class Reader {
  readonly #words: readonly string[];
  #at = 0;

  constructor(
    expression: string,
    readonly variables: ReadonlyMap<string, string>,
  ) {
    const words = expression.match(/"[^"\\]*"|'[^'\\]*'|[A-Za-z_]\w*|==|!=|[()]|\S/g) ?? [];
    this.#words = words;
  }

  /** The text that an expression comes to: of a variable that is not there, nothing. */
  value(): string {
    const value = this.#operand();
    this.#finish();
    return value ?? '';
  }

  condition(): boolean {
    const value = this.#or();
    this.#finish();
    return value;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#take('or')) value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#take('and')) value = this.#not() && value;
    return value;
  }

  #not(): boolean {
    if (this.#take('not')) return !this.#not();
    if (this.#take('(')) {
      const value = this.#or();
      this.#expect(')');
      return value;
    }
    return this.#comparison();
  }

  #comparison(): boolean {
    const left = this.#operand();
    if (this.#take('==')) return left === this.#operand();
    if (this.#take('!=')) return left !== this.#operand();
    if (!this.#take('is')) return left !== undefined && left !== '';
    const isNegated = this.#take('not');
    const test = this.#next();
    if (test !== 'defined' && test !== 'undefined') throw new SyntaxError(test);
    return (left !== undefined) === ((test === 'defined') !== isNegated);
  }

  #operand(): Value {
    const word = this.#next();
    if (/^(["']).*\1$/s.test(word) && word.length > 1) return word.slice(1, -1);
    if (notVariables.test(word) || !/^[A-Za-z_]/.test(word)) throw new SyntaxError(word);
    return this.variables.get(word);
  }

  #next(): string {
    return this.#words[this.#at++] ?? '';
  }

  #take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at++;
    return true;
  }

  #expect(word: string): void {
    if (!this.#take(word)) throw new SyntaxError(word);
  }

  #finish(): void {
    if (this.#at < this.#words.length) throw new SyntaxError(this.#words[this.#at]);
  }
}
