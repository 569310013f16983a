import fc from 'fast-check';

/*
 * Baserock's rules and BuildStream's domains as their own tools read them, written down apart from the code that turns
 * one into the other.
 */

/** An ordered rule of Baserock: the first that matches a path decides. */
export interface Rule {
  readonly artifact: string;
  readonly include: readonly string[];
}

const expressions = new Map<string, RegExp>();

function expressionOf(source: string, make: (source: string) => string, flags: string): RegExp {
  const key = `${flags}${make.name}${source}`;
  const known = expressions.get(key);
  if (known) return known;
  const made = new RegExp(make(source), flags);
  expressions.set(key, made);
  return made;
}

/** True if a regular expression matches a path as ybd tries it: the whole path, as it is and as a directory. */
export function matchesPath(pattern: string, path: string): boolean {
  const whole = (source: string) => `^(?:${source})$`;
  const expression = expressionOf(pattern, whole, 'u');
  return expression.test(path) || expression.test(`${path}/`);
}

/** The artifact that a path belongs to by ybd's rules (ybd: `splitting.write_chunk_metafile`). */
export function artifactOf(rules: readonly Rule[], path: string): string | undefined {
  return rules.find(({ include }) => include.some((pattern) => matchesPath(pattern, path)))?.artifact;
}

/** True if BuildStream's glob matches a path (BuildStream: `_glob2re` of utils.py, in both versions). */
export function globMatches(glob: string, path: string): boolean {
  return expressionOf(glob, globExpression, 'us').test(`/${path}`);
}

/** The config of a compose element. */
export interface Composition {
  include?: string[];
  exclude?: string[];
  'include-orphans'?: boolean;
}

/** Whether a composition holds a path of an element (BuildStream: `Element.__split_filter`, in both versions). */
export function isComposed(
  composition: Composition,
  rules: ReadonlyMap<string, string[]>,
  path: string,
): boolean {
  const { include = [], exclude = [], 'include-orphans': orphans = true } = composition;
  const claiming = [...rules].flatMap(([domain, globs]) =>
    globs.some((glob) => globMatches(glob, path)) ? [domain] : [],
  );
  const wanted = include.length > 0 ? include : [...rules.keys()];
  const isIncluded = claiming.length === 0 ? orphans : claiming.some((domain) => wanted.includes(domain));
  return isIncluded && !claiming.some((domain) => exclude.includes(domain));
}

function globExpression(glob: string): string {
  let expression = '';
  let at = 0;
  while (at < glob.length) {
    const character = String.fromCodePoint(glob.codePointAt(at)!);
    at += character.length;
    if (character === '*') {
      if (glob[at] === '*') {
        expression += '.*';
        at += 1;
      } else expression += '[^/]*';
    } else if (character === '?') expression += '[^/]';
    else if (character === '[') {
      let end = at;
      if (glob[end] === '!') end += 1;
      if (glob[end] === ']') end += 1;
      end = glob.indexOf(']', end);
      if (end < 0) expression += '\\[';
      else {
        expression += classExpression(glob.slice(at, end));
        at = end + 1;
      }
    } else expression += character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return `^(?:${expression})$`;
}

/** Python's classes take `[`, `]` and the like as they stand; those of JavaScript want them escaped. */
function classExpression(inside: string): string {
  const isNegated = inside.startsWith('!');
  const members = (isNegated ? inside.slice(1) : inside).replace(/[\\[\]^]/g, '\\$&');
  const withDash = members.replace(/^-/, '\\-').replace(/-$/, '\\-');
  return `[${isNegated ? '^' : ''}${withDash}]`;
}

/** A path that a normal file system can hold; undefined for other texts. */
function asPath(text: string): string | undefined {
  const path = text.replace(/\/+/g, '/').replace(/^\/|\/$/g, '');
  const isNormal = path.split('/').every((name) => !['', '.', '..'].includes(name));
  return isNormal && !/[\n\0]/.test(path) ? path : undefined;
}

const characters = [...'ab019./-_sol', 'usr/', 'lib', '.so', '/lib', '.a', '64/', 'é'];

/** Paths near the edge of what a regular expression matches: some of its texts, and these with a little changed. */
export function pathsNear(pattern: string): fc.Arbitrary<string | undefined> {
  const edit = fc.record({
    at: fc.nat(40),
    remove: fc.nat({ max: 2 }),
    insert: fc.constantFrom('', ...characters),
  });
  const matching = fc.stringMatching(new RegExp(`^(?:${pattern})$`), { maxLength: 40 });
  return fc.tuple(matching, fc.array(edit, { maxLength: 2 })).map(([text, edits]) => {
    const edited = edits.reduce(
      (whole, { at, remove, insert }) => whole.slice(0, at) + insert + whole.slice(at + remove),
      text,
    );
    return asPath(edited);
  });
}
