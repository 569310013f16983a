import type { MeantDeployment } from '../definitions/meaning/deployments.js';
import type { Evaluation } from '../project/evaluate/evaluation.js';
import type { Findings } from './findings.js';
import {
  elementOfBuildDepends,
  elementOfDeployment,
  elementOfStratum,
  elementOfSystem,
  markerElement,
  partOfDeployment,
  partOfSystem,
} from './names.js';
import { elementFor, type Plan } from './plan.js';

/** What all deployments share, which no definition speaks of. */
const unread: readonly string[] = ['files/deployment-steps', 'include/deployment'];

/** What is in the project and stands for no definition that was compared. */
export function listOthers(
  plan: Plan,
  deployments: readonly MeantDeployment[],
  project: Evaluation,
  findings: Findings,
): void {
  const known = new Set<string>([markerElement]);
  for (const stratum of plan.strata) {
    known.add(elementOfStratum(stratum)).add(elementOfBuildDepends(stratum));
    for (const chunk of stratum.chunks) known.add(elementFor(chunk, stratum, plan)!);
  }
  for (const system of plan.systems) {
    known.add(elementOfSystem(system));
    for (const part of ['integration', 'manifest']) known.add(partOfSystem(system, part));
  }
  for (const deployment of deployments) {
    known.add(elementOfDeployment(deployment));
    for (const part of ['files', 'tree'] as const) known.add(partOfDeployment(deployment, part));
  }
  for (const path of project.files.elements()) {
    if (!known.has(path) && !/^base(\/|\.bst$)/.test(path)) {
      findings.notCompared('no definition that was converted stands for it', path);
    }
  }
  if (deployments.length > 0) {
    const why = 'what the steps of deployments do, and the modes that they set';
    for (const path of unread) findings.notCompared(why, path);
  }
}
