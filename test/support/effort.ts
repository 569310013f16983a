/**
 * How much is tried of what has no end, or takes long: a part with `npm test`, all of it with `npm run test:long`, which
 * CI runs too. A file whose tests ask here is one of those that `test:long` runs.
 */
const isWhole = process.env.TEST_EFFORT === 'whole';

/** How many cases of something to try. */
export function tries(few: number, all: number): number {
  return isWhole ? all : few;
}

/** All of a list, or one of every `step`. */
export function someOf<T>(list: readonly T[], step: number): readonly T[] {
  return isWhole ? list : list.filter((_, index) => index % step === 0);
}
