import type { Place } from '../../diagnostics/place.js';
import type { GivenVariables } from '../deployed-files.js';
import { essentialExtension, essentialManifest, extensionName, extensionPaths } from '../extension-paths.js';
import type { Cluster, ClusterSystem, Definitions, System, TextAt, TreeFile, Variables } from '../model.js';
import { linkedPath, manifestsNamedBy } from '../named-paths.js';
import { pythonText } from '../python-text.js';

/** One deployment of a system, with all that is said of it. */
export interface MeantDeployment {
  readonly name: string;
  readonly at: Place;
  readonly cluster: Cluster;
  readonly system: System;
  /** The names of the deployments that it is put into, outermost first, and its own. */
  readonly names: readonly string[];
  readonly variables: Variables;
  readonly subsystems: readonly MeantDeployment[];
}

/**
 * The deployments of a cluster: what each says goes before `deploy-defaults`, and what is given to it before both
 * (morph: `deploy_plugin.py`).
 */
export function deploymentsOf(cluster: Cluster, given: GivenVariables): MeantDeployment[] {
  const of = (
    { system, defaults, deployments, subsystems }: ClusterSystem,
    outer: readonly string[],
  ): MeantDeployment[] => {
    if (!system) return [];
    return deployments.map(({ name, at, variables }) => {
      const names = [...outer, name];
      const added = Object.entries(given[name] ?? {}).map(
        ([key, value]) => [key, { value, text: pythonText(value), at: undefined }] as const,
      );
      return {
        name,
        at,
        cluster,
        system,
        names,
        variables: new Map([...defaults, ...variables, ...added]),
        subsystems: subsystems.flatMap((each) => of(each, names)),
      };
    });
  };
  return cluster.systems.flatMap((each) => of(each, []));
}

/** A deployment that makes nothing, and only upgrades what was deployed before. */
export function isUpgradeOnly({ variables }: MeantDeployment): boolean {
  return !variables.has('type') && variables.has('upgrade-type');
}

/** What a configuration extension does with a system. */
export type ConfigurationStep =
  /** One that morph had, or the definitions have, under a well-known name. */
  | { readonly kind: 'common'; readonly name: string; readonly at: Place }
  /** Puts there what manifests list. */
  | { readonly kind: 'manifests'; readonly paths: readonly string[]; readonly at: Place }
  /** A script of the definitions. */
  | { readonly kind: 'script'; readonly path: string; readonly at: Place }
  /** One that nothing can be run for: there is no script, or it needs Python 2. */
  | { readonly kind: 'lost'; readonly name: string; readonly at: Place };

const commonNames: readonly string[] = [
  'set-hostname',
  'add-config-files',
  'fstab',
  'hosts',
  'nfsboot',
  'simple-network',
];

/** What the configuration extensions of a deployment's system do, in their order. */
export function configurationOf(
  { system, variables }: MeantDeployment,
  { tree }: Definitions,
): ConfigurationStep[] {
  return system.configurationExtensions.map((extension): ConfigurationStep => {
    const { at } = extension;
    const name = extensionName(extension.text);
    if (name === essentialExtension) return { kind: 'manifests', paths: [essentialManifest], at };
    if (name === 'install-files') {
      const value = variables.get('INSTALL_FILES')?.value;
      return { kind: 'manifests', paths: typeof value === 'string' ? manifestsNamedBy(value) : [], at };
    }
    if (commonNames.includes(name)) return { kind: 'common', name, at };
    const path = scriptOf(extension, tree);
    return path === undefined ? { kind: 'lost', name, at } : { kind: 'script', path, at };
  });
}

function scriptOf(extension: TextAt, tree: Definitions['tree']): string | undefined {
  const path = extensionPaths(extension.text, 'configure').find((each) => fileAt(tree, each));
  const text = path === undefined ? undefined : contentText(fileAt(tree, path)!.content);
  if (text === undefined || !text.startsWith('#!')) return undefined;
  return /^#!.*\bpython(?:2(?:\.\d)?)?(?:\s|$)/.test(text.split('\n')[0]!) ? undefined : path;
}

/** The file at a path of the tree, through links that stay in it. */
export function fileAt(
  tree: ReadonlyMap<string, TreeFile>,
  path: string,
): (TreeFile & { kind: 'file' }) | undefined {
  let at = path;
  for (let links = 0; links < 10; links++) {
    const found = tree.get(at);
    if (found?.kind === 'file') return found;
    if (found?.kind !== 'link') return undefined;
    at = linkedPath(at, found.target) ?? '';
  }
  return undefined;
}

/** The text of bytes; undefined if they are none. */
export function contentText(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** The folder of the tree whose files `add-config-files` puts into /etc; empty if there is none. */
export function configFolder(variables: Variables): string {
  return variables.get('SRC_CONFIG_DIR')?.text.replace(/^(?:\.\/)+|\/+$/g, '') ?? '';
}

/** The files and links below a folder of the tree, by path; none for what is no folder. */
export function filesBelow(folder: string, tree: Definitions['tree']): [string, TreeFile][] {
  const found = tree.get(folder);
  if (found?.kind !== 'folder') return [];
  return found.entries.flatMap((entry) => {
    const path = `${folder}/${entry}`;
    const file = tree.get(path);
    return file?.kind === 'folder' ? filesBelow(path, tree) : file ? [[path, file]] : [];
  });
}
