import { essentialExtension, essentialManifest, extensionName } from '../../definitions/extension-paths.js';
import type { Variable } from '../../definitions/model.js';
import { manifestsNamedBy } from '../../definitions/named-paths.js';
import { type PlannedDeployment, withSubsystems } from './plan.js';

/** A manifest of install-files: named by a deployment's variable, or by an extension that always installs it. */
export interface ManifestReference {
  readonly path: string;
  readonly by: Variable | undefined;
  readonly deployment: string;
}

/** True for the extensions that install the files of manifests. */
export function installsFiles(extension: string): boolean {
  return extension === 'install-files' || extension === essentialExtension;
}

/** The manifests that an extension installs for a deployment. */
export function manifestsOf({ name, variables }: PlannedDeployment, extension: string): ManifestReference[] {
  if (extension === essentialExtension) return [{ path: essentialManifest, by: undefined, deployment: name }];
  const by = variables.get('INSTALL_FILES');
  if (typeof by?.value !== 'string') return [];
  return manifestsNamedBy(by.value).map((path) => ({ path, by, deployment: name }));
}

/**
 * The names under which projects have the files of manifests, by the manifests' paths: that of the folder which a
 * manifest lies in (`install-files/openstack/manifest` is `openstack`), with a number if several would have it.
 */
export function manifestNames(planned: readonly PlannedDeployment[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const deployment of withSubsystems(planned)) {
    const extensions = deployment.system.configurationExtensions.map(({ text }) => extensionName(text));
    for (const { path } of extensions
      .filter(installsFiles)
      .flatMap((each) => manifestsOf(deployment, each))) {
      if (names.has(path)) continue;
      const stem = (path.split('/').at(-2) ?? 'files').replace(/[^\w.-]/g, '_');
      let name = stem;
      for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem}-${number}`;
      taken.add(name.toLowerCase());
      names.set(path, name);
    }
  }
  return names;
}
