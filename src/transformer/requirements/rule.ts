import type { Code } from '../../diagnostics/catalogue.js';
import type { Invocation } from '../../shell/invocations.js';

/** Where a command runs: in the build of a chunk, or in a system that is being put together. */
export type Stage = 'build' | 'integration';

/** What a rule may know besides the command itself. */
export interface Situation {
  readonly stage: Stage;
  /** An earlier command has made a git repository. */
  readonly hasRepository: boolean;
}

/** Something that a command needs and BuildStream does not have, or does that BuildStream does not keep. */
export interface Finding {
  readonly code: Code;
  readonly message: string;
  /** What to do about this very command, if that is more than the catalogue says. */
  readonly hint?: string;
}

/** Looks at commands of some names. */
export interface Rule {
  readonly names: readonly string[];
  /** True of a text if the rule can find anything in it: spares parsing the others. */
  readonly sign?: Pick<RegExp, 'test'>;
  readonly check: (command: Invocation, situation: Situation) => readonly Finding[];
}
