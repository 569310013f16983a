import type { CommandShape, OptionShape } from './command-shape.js';

/** A script for zsh: a file `_baserock2bst` in a folder of `$fpath`, or `source <(baserock2bst completion zsh)`. */
export function renderZsh(commands: readonly CommandShape[]): string {
  const names = commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`);
  const cases = commands.map(({ name, options, values }) => {
    const rest = values.length > 0 ? `*:value:(${values.join(' ')})` : '*:file:_files';
    const specs = [...options.map(specOf), rest].map((spec) => `        ${quoted(spec)}`);
    return `    ${name})\n      _arguments \\\n${specs.join(' \\\n')} ;;`;
  });
  return `#compdef baserock2bst
_baserock2bst() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _baserock2bst ]; then
  _baserock2bst "$@"
else
  compdef _baserock2bst baserock2bst
fi
`;
}

function specOf({ name, description, takesValue, values }: OptionShape): string {
  const about = `*${name}[${description.replace(/[[\]\\:]/g, '\\$&')}]`;
  if (!takesValue) return about;
  return `${about}:value:${values.length > 0 ? `(${values.join(' ')})` : '_files'}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
