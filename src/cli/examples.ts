/** A command line that shows what a command is for; `what` says what it does. */
export interface CommandExample {
  readonly line: string;
  readonly what: string;
}

const example = (line: string, what: string): CommandExample => ({ line: `baserock2bst ${line}`, what });

/** What `--help` of each command shows, in an order in which they can be run one after the other. */
export const commandExamples: ReadonlyMap<string, readonly CommandExample[]> = new Map([
  [
    'audit',
    [
      example('audit definitions', 'writes report/report.html: how far it gets, and what is left to do'),
      example('audit definitions --format markdown', 'prints the same, and writes nothing'),
    ],
  ],
  [
    'convert',
    [
      example('convert definitions project --dry-run', 'says what would be written'),
      example('convert definitions project', 'converts everything, for BuildStream 2'),
      example('convert definitions old --buildstream 1', 'the same for BuildStream 1.6'),
    ],
  ],
  [
    'diff',
    [
      example('diff definitions project', 'what converting again would change, as a patch'),
      example('diff definitions project --stat', 'how many lines in which files'),
    ],
  ],
  ['verify', [example('verify definitions project', 'compares what the project does with what is meant')]],
  [
    'trace',
    [
      example('trace project strata/core.bst', 'which definitions an element comes from'),
      example('trace project --from strata/core.morph', 'what a definition became'),
    ],
  ],
  [
    'sources',
    [
      example('sources definitions', 'the servers that sources come from'),
      example('sources definitions --all', 'and each repository'),
    ],
  ],
  [
    'explain',
    [
      example('explain', 'lists all codes'),
      example('explain needs-root', 'what this one means, and what to do'),
    ],
  ],
  ['completion', [example('completion bash', 'for `source <(baserock2bst completion bash)` in ~/.bashrc')]],
  ['recover', [example('recover project', 'makes it the old or the new project after an interruption')]],
]);

/** The examples of a command, as its help shows them. */
export function renderExamples(examples: readonly CommandExample[]): string {
  const lines = examples.map(({ line, what }) => `  ${line}\n      ${what}\n`);
  return `\nExamples:\n${lines.join('')}`;
}
