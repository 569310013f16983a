import { deploymentsOf, isUpgradeOnly, type MeantDeployment } from '../../definitions/meaning/deployments.js';
import { resolvePath } from '../../definitions/resolve.js';
import type { ProjectFiles } from '../../project/evaluate/project-files.js';
import type { Findings } from '../findings.js';
import { elementOfDeployment } from '../names.js';
import type { Plan } from '../plan.js';

/**
 * The deployments that the project has to have an element for, each with its subsystems after it.
 *
 * @param generated the files that a conversion wrote, if the project says so.
 */
export function planDeployments(
  plan: Plan,
  files: ProjectFiles,
  generated: ReadonlySet<string> | undefined,
  findings: Findings,
): MeantDeployment[] {
  const { clusters } = plan.definitions;
  const paths = new Set(clusters.map(({ path }) => `${path}.morph`));
  const named = plan.options.systems?.map((name) => resolvePath(name, paths));
  const isWanted = (deployment: MeantDeployment): boolean => {
    const element = elementOfDeployment(deployment);
    if (!plan.systems.includes(deployment.system)) return false;
    if (files.hasElement(element)) return true;
    if (named) return named.includes(`${deployment.cluster.path}.morph`);
    return generated === undefined || generated.has(files.elementPath + element);
  };
  const found: MeantDeployment[] = [];
  for (const cluster of clusters) {
    for (const outer of deploymentsOf(cluster, plan.options.deployments ?? {})) {
      if (isUpgradeOnly(outer)) {
        findings.deliberate('upgrade-only', 'only upgrades a running system', elementOfDeployment(outer));
      } else if (isWanted(outer)) found.push(...withSubsystems(outer));
      else findings.notCompared('the project was not converted for it', nameOf(outer));
    }
  }
  return found;
}

function withSubsystems(deployment: MeantDeployment): MeantDeployment[] {
  return [deployment, ...subsystemsOf(deployment).flatMap(withSubsystems)];
}

/** What is put into a deployment's system. */
export function subsystemsOf({ subsystems }: MeantDeployment): MeantDeployment[] {
  return subsystems.filter((each) => !isUpgradeOnly(each));
}

/** A deployment as a person calls it: the file, and the name in it. */
function nameOf({ cluster, names }: MeantDeployment): string {
  return `${cluster.path}.morph (${names.join('/')})`;
}
