import { configurationOf, type MeantDeployment } from '../../definitions/meaning/deployments.js';
import type { ReadProject } from '../../project/evaluate/read-project.js';
import { compareArchitecture } from '../compare-architecture.js';
import { firstDifference } from '../compare-commands.js';
import type { Comparison } from '../comparison.js';
import { elementOfDeployment, elementOfSystem, partOfDeployment } from '../names.js';
import { compareDeployedFiles } from './compare-files.js';
import { compareVariables } from './compare-variables.js';
import type { Deployed } from './deployed.js';
import { subsystemsOf } from './plan-deployments.js';
import { installsOf, stepsFor } from './steps.js';

/** Compares a deployment: what it starts from, what is put into that, its steps in order, and what they are told. */
export function compareDeployment(
  deployment: MeantDeployment,
  whole: ReadProject,
  comparison: Comparison,
): void {
  const { project, findings } = comparison;
  const path = elementOfDeployment(deployment);
  findings.look(path);
  if (!project.files.hasElement(path)) {
    const message = 'the element of the deployment is missing';
    findings.different('element', path, message, { definition: deployment.at });
    return;
  }
  if (!compareArchitecture(deployment.system.arch, path, whole, comparison)) return;
  const element = project.element(path);
  if (!element.script) {
    const message = `it is a ${element.kind} element, and deploys nothing`;
    findings.different('element', path, message, { definition: deployment.at, project: element.at });
    return;
  }
  const deployed = { deployment, element, script: element.script };
  comparePlaces(deployed, comparison);
  compareSteps(deployed, comparison);
  compareVariables(deployed, comparison);
  compareDeployedFiles(deployed, comparison);
}

/** Compares what is staged where. */
function comparePlaces({ deployment, element, script }: Deployed, { project, findings }: Comparison): void {
  const files = partOfDeployment(deployment, 'files');
  const wanted = new Map([
    ['base/deployment-tools.bst', '/'],
    ['base/deployment-steps.bst', '/steps'],
    [elementOfSystem(deployment.system), '/buildstream'],
    ...subsystemsOf(deployment).flatMap((subsystem): [string, string][] =>
      placeOf(subsystem) === undefined
        ? []
        : [[stagedFor(subsystem, deployment), `/subsystems/${subsystem.name}`]],
    ),
    ...(project.files.hasElement(files) ? [[files, '/deployment'] as const] : []),
    // Of what steps read it matters that it is right where they read it, which is seen there.
    ...[...script.places].filter(([, place]) => place === '/extensions' || /^\/install-files\//.test(place)),
  ]);
  const depends = new Map(element.dependencies.map((each) => [each.element, each]));
  const definition = deployment.at;
  for (const [path, place] of wanted) {
    const found = depends.has(path) ? script.places.get(path) : undefined;
    if (found === place) continue;
    const message = found === undefined ? `${path} is not staged` : `${path} is staged in another place`;
    findings.different('deployment', element.path, message, {
      wanted: place,
      found,
      definition,
      project: depends.get(path)?.at ?? element.at,
    });
  }
  for (const { element: path, at } of element.dependencies) {
    if (wanted.has(path)) continue;
    const message = `${path} is staged, which is not part of the deployment`;
    findings.different('deployment', element.path, message, { definition, project: at });
  }
}

/** What is staged of a subsystem: what it makes, or, where that is for another architecture, a folder that has it. */
function stagedFor(subsystem: MeantDeployment, { system }: MeantDeployment): string {
  const isOther = subsystem.system.arch.text !== system.arch.text;
  return isOther ? partOfDeployment(subsystem, 'tree') : elementOfDeployment(subsystem);
}

/** Where a subsystem is put; undefined, after `convert` has said so, where that is nowhere below the root. */
function placeOf({ variables }: MeantDeployment): string | undefined {
  const place = variables.get('location')?.text.replace(/^\/+|\/+$/g, '') ?? '';
  return place === '' || /(^|\/)\.\.?(\/|$)/.test(place) ? undefined : place;
}

function compareSteps({ deployment, element, script }: Deployed, { plan, project, findings }: Comparison) {
  const subsystems = subsystemsOf(deployment).flatMap((each) => {
    const place = placeOf(each);
    return place === undefined ? [] : [{ name: each.name, place, at: each.at }];
  });
  const steps = configurationOf(deployment, plan.definitions);
  for (const step of steps) {
    if (step.kind !== 'lost') continue;
    findings.deliberate('missing-extension', `${step.name} cannot be run, and is left out`, element.path);
  }
  const wanted = stepsFor(deployment, subsystems, steps, plan.definitions, installsOf(script.commands));
  const difference = firstDifference(wanted, script.commands, project.files.dialect.trimsTexts);
  if (!difference) return;
  const { message, ...evidence } = difference;
  findings.different('deployment', element.path, `steps: ${message}`, {
    ...evidence,
    definition: evidence.definition ?? deployment.at,
    project: evidence.project ?? element.at,
  });
}
