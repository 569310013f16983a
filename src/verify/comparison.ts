import type { Staging } from '../definitions/meaning/staging.js';
import type { Evaluation } from '../project/evaluate/evaluation.js';
import type { Findings } from './findings.js';
import type { Plan } from './plan.js';

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
}
