import type { ImportElement, ProjectFile } from '../../project/model.js';
import type { PlannedDeployment } from './plan.js';

/** The folder of the project that is a deployment's /deployment. */
function deploymentFolder({ path }: PlannedDeployment): string {
  return `files/${path}/deployment`;
}

/** The files that belong to one deployment: an element that imports them, and where the project has them. */
export function deploymentFiles(
  deployment: PlannedDeployment,
  own: ReadonlyMap<string, ProjectFile>,
): { element: ImportElement; files: [string, ProjectFile][] } | undefined {
  if (own.size === 0) return undefined;
  const folder = deploymentFolder(deployment);
  return {
    element: {
      kind: 'import',
      path: `${deployment.path}/files.bst`,
      description: `What ${deployment.name} is configured with.`,
      dependencies: [],
      sources: [{ kind: 'local', path: folder }],
    },
    files: [...own].map(([path, file]) => [`${folder}/${path}`, file]),
  };
}
