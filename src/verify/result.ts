import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/place.js';

/** What is compared of an element. */
export const aspects = [
  'element',
  'architecture',
  'staging',
  'commands',
  'environment',
  'sources',
  'integration',
  'artifacts',
  'contents',
  'deployment',
] as const;

/** One of them. */
export type Aspect = (typeof aspects)[number];

/** Something that a project does otherwise than its definitions mean. */
export interface Difference {
  readonly aspect: Aspect;
  /** The element of the project, whether it is there or not. */
  readonly element: string;
  /** What the matter is, in one sentence without a full stop. */
  readonly message: string;
  /** What the definitions mean, and what the project does instead, where it can be quoted. */
  readonly wanted?: string;
  readonly found?: string;
  /** Where the definitions say it. */
  readonly definition?: Place;
  /** Where the project says it. */
  readonly project?: Place;
  /** The architectures for which it is so, if it is not so for all that the element was looked at with. */
  readonly architectures?: readonly string[];
  /** Other elements of which the very same is to be said. */
  readonly alsoIn?: readonly string[];
}

/** A difference that is meant, and told of in MIGRATION.md; it does not count. */
export interface Deliberate {
  /** The diagnostic that `convert` has for it, or another name. */
  readonly what: string;
  readonly message: string;
  /** What it concerns: elements, or whatever the message speaks of. */
  readonly of: readonly string[];
}

/** Something in the project or the definitions that was not compared, and why. */
export interface NotCompared {
  readonly why: string;
  readonly of: readonly string[];
}

/** How many of each there are. */
export interface Counts {
  readonly chunks: number;
  readonly strata: number;
  readonly systems: number;
  readonly deployments: number;
}

/** What comparing a project with definitions came to. */
export interface Verification {
  readonly status: 'equal' | 'different' | 'failed';
  readonly differences: readonly Difference[];
  readonly deliberate: readonly Deliberate[];
  readonly notCompared: readonly NotCompared[];
  /** How much was compared. */
  readonly counts: Counts;
  /** What kept it from being compared: errors in the definitions or in the project. */
  readonly diagnostics: readonly Diagnostic[];
}
