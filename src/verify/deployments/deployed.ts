import type { MeantDeployment } from '../../definitions/meaning/deployments.js';
import type { EvaluatedElement, Script } from '../../project/evaluate/element.js';

/** One deployment with its element. */
export interface Deployed {
  readonly deployment: MeantDeployment;
  readonly element: EvaluatedElement;
  readonly script: Script;
}
