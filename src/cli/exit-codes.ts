/** Exit codes of all commands. */
export const exitCodes = {
  done: 0,
  /** Done, but with `--keep-going` something was left out, or with `--strict` something needs a hand. */
  needsHand: 1,
  /** `diff` found that something would change. */
  different: 1,
  /** `trace` found that no definition has to do with it. */
  none: 1,
  /** The input, the usage or the file system is at fault; nothing was written. */
  failed: 2,
} as const;

/** What they mean, to a person. */
export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'Done.'],
  [
    1,
    'Done, but: with --keep-going something was left out, with --strict something needs a hand, diff or verify found a difference, trace no origin, or sources --check something that is gone.',
  ],
  [2, 'The input, the usage or the file system is at fault; nothing was written.'],
];
