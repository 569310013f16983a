import type { CommandShape } from './command-shape.js';

/** A script for bash: `source <(baserock2bst completion bash)`. Where it has nothing to say, files are completed. */
export function renderBash(commands: readonly CommandShape[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter((option) => option.takesValue)
      .map((option) => `    '${name} ${option.name}') words='${option.values.join(' ')}' ;;`),
  );
  const words = commands.map(
    ({ name, options, values: own }) =>
      `      ${name}) options='${options.map((option) => option.name).join(' ')}' words='${own.join(' ')}' ;;`,
  );
  return `_baserock2bst() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  local options='' words=''
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$current"))
    return
  fi
  case "$command $previous" in
${values.join('\n')}
    *) case $command in
${words.join('\n')}
    esac ;;
  esac
  [[ $current == -* ]] && words=$options
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _baserock2bst baserock2bst
`;
}
