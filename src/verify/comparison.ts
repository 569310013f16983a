import type { Staging } from '../definitions/meaning/staging.js';
import type { Chunk } from '../definitions/model.js';
import type { Evaluation } from '../project/evaluate/evaluation.js';
import type { Findings } from './findings.js';
import type { Plan } from './plan.js';
import type { Aspect } from './result.js';

/** What the comparison of one thing may look at. */
export interface Comparison {
  readonly plan: Plan;
  readonly staging: Staging;
  /** The project for the architecture that is being looked at. */
  readonly project: Evaluation;
  readonly architecture: string;
  /** Where integration commands are. */
  readonly integration: 'guarded' | 'everywhere' | 'system';
  readonly findings: Findings;
  /** No option changes an element that is not a system. */
  readonly isFixed: boolean;
  /**
   * Whether something has not been compared with a chunk before, for another architecture. Most of it is the very same
   * object for all.
   */
  readonly isNew: (aspect: Aspect, chunk: Chunk, what: object) => boolean;
}
