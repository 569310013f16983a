import type { Cluster, ClusterSystem, Deployment, System, Variables } from '../../definitions/model.js';
import { pythonText } from '../../definitions/python-text.js';
import type { Place } from '../../diagnostics/place.js';
import type { Context } from '../context.js';
import { deploymentPath } from '../names.js';

/** One deployment of one system, with everything that is said of it in any place. */
export interface PlannedDeployment {
  readonly name: string;
  readonly at: Place;
  readonly cluster: Cluster;
  readonly system: System;
  /** Path of its element without the suffix: `clusters/release/image`. */
  readonly path: string;
  /** `deploy-defaults`, its own variables and those that the caller gives, the later ones before the earlier. */
  readonly variables: Variables;
  /** What is put into its system first. */
  readonly subsystems: readonly PlannedDeployment[];
}

/**
 * The deployments of clusters. Variables come together as in `morph deploy`: the deployment's own ones take precedence
 * over `deploy-defaults`, those that the caller gives over both.
 *
 * @param isConverted false for a system that is left out: its deployments are, too.
 */
export function planDeployments(
  clusters: readonly Cluster[],
  isConverted: (system: System) => boolean,
  context: Context,
): PlannedDeployment[] {
  const plan = (cluster: Cluster, entry: ClusterSystem, parent: string | undefined): PlannedDeployment[] => {
    const { system } = entry;
    if (!system) return [];
    if (!isConverted(system)) {
      reportLeftOut(cluster, entry, system, context);
      return [];
    }
    return entry.deployments.map((deployment) => {
      const path = deploymentPath(cluster, parent, deployment.name);
      return {
        name: deployment.name,
        at: deployment.at,
        cluster,
        system,
        path,
        variables: variablesOf(deployment, entry, context),
        subsystems: entry.subsystems.flatMap((each) => plan(cluster, each, path)),
      };
    });
  };
  const planned = clusters.flatMap((cluster) =>
    cluster.systems.flatMap((entry) => plan(cluster, entry, undefined)),
  );
  checkGiven(planned, context);
  return planned;
}

function reportLeftOut(
  { name }: Cluster,
  { at, deployments }: ClusterSystem,
  system: System,
  { report }: Context,
) {
  if (deployments.length === 0) return;
  const names = deployments.map((deployment) => `\`${deployment.name}\``).join(', ');
  const are = deployments.length === 1 ? 'is' : 'are';
  report(
    'left-out',
    at,
    `${names} of the cluster \`${name}\` ${are} left out: it needs ${system.path}, which is left out`,
  );
}

function variablesOf(
  { name, variables }: Deployment,
  { defaults }: ClusterSystem,
  { options }: Context,
): Variables {
  const given = Object.entries(options.deployments?.[name] ?? {}).map(
    ([key, value]) => [key, { value, text: pythonText(value), at: undefined }] as const,
  );
  return new Map([...defaults, ...variables, ...given]);
}

function checkGiven(planned: readonly PlannedDeployment[], { options, report }: Context): void {
  const names = new Set(withSubsystems(planned).map(({ name }) => name));
  for (const name of Object.keys(options.deployments ?? {})) {
    if (names.has(name)) continue;
    report('bad-option', undefined, `\`${name}\` is given variables, but there is no such deployment`);
  }
}

/** Deployments and all that is put into them, parents first. */
export function withSubsystems(planned: readonly PlannedDeployment[]): PlannedDeployment[] {
  return planned.flatMap((each) => [each, ...withSubsystems(each.subsystems)]);
}
