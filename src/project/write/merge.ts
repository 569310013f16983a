import { diff3Merge } from 'node-diff3';

/** What becomes of lines that a person and the definitions changed differently. */
export type ConflictChoice = 'abort' | 'markers' | 'ours' | 'theirs';

/** Two changes of one text as one. */
export interface Merged {
  readonly text: string;
  /** How many places both changed differently; what the text has there is what was chosen. */
  readonly conflicts: number;
}

/**
 * Merges two changes of a text, line by line (diff3).
 *
 * @param base the text that both started from.
 * @param ours what a person made of it.
 * @param theirs what the definitions make of it.
 * @param choice what stands where both changed the same lines differently; `abort` is taken for `markers`.
 */
export function merge(base: string, ours: string, theirs: string, choice: ConflictChoice): Merged {
  const regions = diff3Merge(linesOf(ours), linesOf(base), linesOf(theirs), { excludeFalseConflicts: true });
  let conflicts = 0;
  const text = regions.map(({ ok, conflict }) => {
    if (!conflict) return (ok ?? []).join('');
    conflicts += 1;
    if (choice === 'ours') return conflict.a.join('');
    if (choice === 'theirs') return conflict.b.join('');
    return [
      '<<<<<<< changed by hand\n',
      ...ended(conflict.a),
      '=======\n',
      ...ended(conflict.b),
      '>>>>>>> changed in the definitions\n',
    ].join('');
  });
  return { text: text.join(''), conflicts };
}

/** The lines of a text, each with its end. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function ended(lines: readonly string[]): string[] {
  return lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`));
}
