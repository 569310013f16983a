import type { Word } from 'unbash';
import type { CommandNode } from './invocations.js';
import { expandBody, join, type ShellSource, unquote } from './source.js';
import { scriptTakers, shells } from './wrappers.js';

/** Options of shells that take a value. */
const shellValues = /^(?:[-+]\w*[oO]|--(?:rcfile|init-file))$/;

/** The scripts that a command gets to run: after `-c`, on standard input, or as the words of `eval` and `trap`. */
export function givenScripts(
  name: string,
  words: readonly Word[],
  command: CommandNode,
  source: ShellSource,
): ShellSource[] {
  const [, ...args] = words;
  const texts = (script: readonly Word[]) => script.map((word) => unquote(source, word));
  if (name === 'eval') return args.length > 0 ? [join(texts(args))] : [];
  if (name === 'trap') return texts(args.filter(({ value }) => value !== '--').slice(0, 1));
  if (scriptTakers.has(name)) return texts(afterOption(args, /^(?:-c|--command)$/));
  if (!shells.has(name)) return [];
  const isScript = args.some(({ value }) => /^-[a-zA-Z]*c[a-zA-Z]*$/.test(value));
  const operand = args.findIndex(
    ({ value }, index) => !/^[-+]./.test(value) && !shellValues.test(args[index - 1]?.value ?? ''),
  );
  if (isScript) return operand < 0 ? [] : texts([args[operand]!]);
  return operand < 0 || args.some(({ value }) => value === '-s') ? fromStandardInput(command, source) : [];
}

/** A here-document or a here-string that a shell reads is a script after all. */
function fromStandardInput({ redirects }: CommandNode, source: ShellSource): ShellSource[] {
  return redirects.flatMap((redirect) => {
    if (redirect.type === 'HereString') return redirect.target ? [unquote(source, redirect.target)] : [];
    return redirect.type === 'HereDoc' ? [expandBody(source, redirect.body)] : [];
  });
}

function afterOption(args: readonly Word[], option: RegExp): readonly Word[] {
  const index = args.findIndex(({ value }) => option.test(value));
  return index < 0 ? [] : args.slice(index + 1, index + 2);
}
