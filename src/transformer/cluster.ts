import type { Cluster } from '../definitions/model.js';
import type { Context } from './context.js';

/** Reports the deployments of clusters, which are not converted. */
export function reportClusters(clusters: readonly Cluster[], { report }: Context): void {
  for (const cluster of clusters) {
    const names = cluster.systems.flatMap(({ deployments }) => deployments.map(({ name }) => name));
    const what = names.length === 0 ? 'no deployments' : names.join(', ');
    report('cluster-not-converted', cluster.at, `\`${cluster.name}\` deploys ${what}`);
  }
}
