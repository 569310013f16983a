import type { ImportElement, ProjectFile } from '../../project/model.js';
import { escapeName } from '../names.js';
import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';

/** The folders of trees that a person puts into the project, by the subsystem that each is of. */
export type SubsystemTrees = Map<string, PlannedDeployment>;

/**
 * A subsystem of another architecture than the system that it is put into: no project loads with two values of one
 * option, so that it has to be built first, and its files taken from a folder of the project.
 */
export function subsystemTree(
  subsystem: PlannedDeployment,
  parent: PlannedDeployment,
  trees: SubsystemTrees,
  scope: Scope,
): { element: ImportElement; files: [string, ProjectFile][] } {
  const folder = folderOf(subsystem, trees);
  const arch = subsystem.system.arch.text;
  const message = `\`${subsystem.name}\` is for ${arch}, and is put into \`${parent.name}\`, which is for ${parent.system.arch.text}`;
  const hint = `build ${subsystem.path}.bst with --option arch ${arch}, and put what it makes into ${folder}`;
  scope.manual('mixed-arch-deployment', subsystem.at, folder, message, hint);
  return {
    element: {
      kind: 'import',
      path: `${subsystem.path}/tree.bst`,
      description: `What ${subsystem.name} is, built for ${arch} and put here: see ${folder}.README.`,
      dependencies: [],
      sources: [{ kind: 'local', path: folder }],
    },
    files: [
      [`${folder}/.keep`, { content: '' }],
      [`${folder}.README`, { content: readme(subsystem, folder, arch) }],
    ],
  };
}

function folderOf(subsystem: PlannedDeployment, trees: SubsystemTrees): string {
  for (const name of [escapeName(subsystem.name), subsystem.path.replaceAll('/', '.')]) {
    const folder = `files/subsystems/${name}`;
    const other = trees.get(folder);
    if (other && other.path !== subsystem.path) continue;
    trees.set(folder, subsystem);
    return folder;
  }
  return `files/subsystems/${subsystem.path}`;
}

function readme({ name, path }: PlannedDeployment, folder: string, arch: string): string {
  return `\`${name}\` is for ${arch}, and is put into a system of another architecture. Build it on a machine or
with a worker of that architecture, and put what it makes beside this file, into ${folder}:

    bst --option arch ${arch} build ${path}.bst
    bst --option arch ${arch} artifact checkout --directory ${folder} ${path}.bst

(BuildStream 1: bst --option arch ${arch} checkout --force ${path}.bst ${folder})
`;
}
