import { essentialExtension, essentialManifest, extensionName, extensionPaths } from './extension-paths.js';
import { readInstallManifest } from './install-manifest.js';
import type { Cluster, ClusterSystem, TreeFile, Variables } from './model.js';
import { isInside, linkedPath, manifestsNamedBy, pathsNamedBy } from './named-paths.js';

/** Variables by the deployment that they are given to, in addition to those that the definitions give. */
export type GivenVariables = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The paths of a tree that deployments name and that have not been looked at yet: scripts of extensions, what the
 * values of variables mean, manifests and the files that these install. What is found at them leads to more, so this
 * is asked until there is nothing new.
 *
 * @param known what is at the paths that have been looked at.
 */
export function wantedPaths(
  clusters: readonly Cluster[],
  given: GivenVariables,
  known: ReadonlyMap<string, TreeFile | undefined>,
): string[] {
  const wanted = new Set<string>();
  const decoder = new TextDecoder();
  const want = (path: string, mayBeFolder: boolean, through: readonly string[] = []) => {
    if (!isInside(path) || through.includes(path)) return;
    wanted.add(path);
    const found = known.get(path);
    if (found?.kind === 'link') want(linkedPath(path, found.target) ?? '', false, [...through, path]);
    if (found?.kind !== 'folder' || !mayBeFolder) return;
    for (const entry of found.entries) want(`${path}/${entry}`, true);
  };
  const manifests = new Set<string>();
  const wantManifest = (path: string) => {
    if (manifests.has(path)) return;
    manifests.add(path);
    want(path, false);
    const found = known.get(path);
    if (found?.kind !== 'file') return;
    const { entries } = readInstallManifest(path, decoder.decode(found.content));
    for (const entry of entries) {
      if (entry.kind === 'file' || entry.kind === 'link') want(`${folderOf(path)}${entry.path}`, false);
    }
  };
  const systems = clusters.flatMap((cluster) => cluster.systems.flatMap(withSubsystems));
  for (const system of new Set(systems.map((each) => each.system))) {
    for (const { text } of system?.configurationExtensions ?? []) {
      for (const path of extensionPaths(text, 'configure')) want(path, false);
      if (extensionName(text) === essentialExtension) wantManifest(essentialManifest);
    }
  }
  for (const system of systems) {
    for (const variables of variablesOf(system, given)) {
      for (const [name, value] of variables) {
        if (name === 'type' && typeof value === 'string') {
          for (const kind of ['write', 'check'] as const) {
            for (const path of extensionPaths(value, kind)) want(path, false);
          }
        }
        for (const { path, mayBeFolder } of pathsNamedBy(name, value)) want(path, mayBeFolder);
        if (name === 'INSTALL_FILES' && typeof value === 'string') {
          for (const path of manifestsNamedBy(value)) wantManifest(path);
        }
      }
    }
  }
  return [...wanted].filter((path) => !known.has(path)).sort();
}

/** The folder of a manifest, with a slash behind it: what its entries are relative to. */
export function folderOf(manifest: string): string {
  return manifest.slice(0, manifest.lastIndexOf('/') + 1);
}

function withSubsystems(system: ClusterSystem): ClusterSystem[] {
  return [system, ...system.subsystems.flatMap(withSubsystems)];
}

function variablesOf(
  { defaults, deployments }: ClusterSystem,
  given: GivenVariables,
): (readonly (readonly [string, unknown])[])[] {
  const values = (variables: Variables) => [...variables].map(([name, { value }]) => [name, value] as const);
  return [
    values(defaults),
    ...deployments.flatMap(({ name, variables }) => [values(variables), Object.entries(given[name] ?? {})]),
  ];
}
