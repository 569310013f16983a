/** The phases of a chunk's build, in the order in which ybd runs them. */
const phases = ['configure', 'build', 'test', 'install', 'strip'] as const;

/** One phase of a chunk's build. */
export type Phase = (typeof phases)[number];

/** The name of a list of commands, as definitions write it. */
export type Step = `${'' | 'pre-' | 'post-'}${Phase}-commands`;

/** The three lists of each phase, in the order in which ybd runs them (ybd: `build_steps`). */
export function stepsOf(phase: Phase): readonly [Step, Step, Step] {
  return [`pre-${phase}-commands`, `${phase}-commands`, `post-${phase}-commands`];
}

/** All lists of commands, in the order in which ybd runs them. */
export const steps: readonly Step[] = phases.flatMap(stepsOf);
