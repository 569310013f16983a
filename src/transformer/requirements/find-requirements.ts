import { findInvocations, type Invocation } from '../../shell/invocations.js';
import { mayHoldWords } from '../../shell/quotes.js';
import { asksForHelp } from './arguments.js';
import { makesRepository } from './git.js';
import type { Finding, Rule, Stage } from './rule.js';
import { rules } from './rules.js';

/** Something that a command needs, and which characters of the text are the command. */
export interface Requirement extends Finding {
  readonly start: number;
  readonly end: number;
}

const byName = new Map<string, Rule[]>();
for (const rule of rules) {
  for (const name of rule.names) byName.set(name, [...(byName.get(name) ?? []), rule]);
}

/**
 * Finds what the commands of a list need that BuildStream does not have, or do that it does not keep.
 *
 * @param texts the commands in the order in which they run, one after the other in the same folder.
 * @returns for each command what was found in it, in the order of its text.
 */
export function findRequirements(texts: readonly string[], stage: Stage): Requirement[][] {
  let hasRepository = false;
  return texts.map((text) => {
    if (!mayHoldWords(text, mayMatter)) return [];
    return findInvocations(text).flatMap((command) => {
      const found = requirementsOf(command, stage, hasRepository);
      if (makesRepository(command)) hasRepository = true;
      return found;
    });
  });
}

function requirementsOf(command: Invocation, stage: Stage, hasRepository: boolean): Requirement[] {
  const { name, start, end } = command;
  if (asksForHelp(command)) return [];
  return (byName.get(name) ?? []).flatMap((rule) =>
    rule.check(command, { stage, hasRepository }).map((finding) => ({ ...finding, start, end })),
  );
}

/** A quick look at the words, so that most commands need not be parsed. */
function mayMatter(text: string): boolean {
  const words = text.match(/[A-Za-z][\w.-]*/g) ?? [];
  return words.some((word) => byName.get(word)?.some(({ sign }) => !sign || sign.test(text)));
}
