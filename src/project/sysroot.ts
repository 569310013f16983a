import { type BuildStreamVersion, dialects } from './dialects.js';
import type { Project, ProjectFile } from './model.js';
import { list, mapping, renderYaml, type YamlMapping } from './yaml-writer.js';

/** Where an element takes a root file system from. */
export type SysrootSource =
  /** A tar file that the script `base/make-sysroot` of the project makes, and writes down. */
  | { readonly kind: 'made' }
  /** A tar file on a server. */
  | { readonly kind: 'tar'; readonly place: string; readonly ref?: string }
  /** A folder of the project. */
  | { readonly kind: 'local'; readonly place: string }
  /** A branch of an ostree repository, or an image of a docker registry. */
  | {
      readonly kind: 'ostree' | 'docker';
      readonly place: string;
      readonly ref?: string;
      readonly track?: string;
    };

/** The root file systems of a project by name: what the base is built on, and what deployments run with. */
export function sysrootsOf({ sysroot, deploymentTools }: Project): ReadonlyMap<string, SysrootSource> {
  return new Map([
    ...(sysroot ? [['sysroot', sysroot] as const] : []),
    ...(deploymentTools ? [['deployment-tools', deploymentTools] as const] : []),
  ]);
}

/** The file that says where the tar file of a root file system lies which the script of the project makes. */
export const placeFile = (name: string): string => `include/${name}-place.yml`;

/** The folder that the alias of a sysroot leads to before the script has been run: its name says what to do. */
const nowhere = (name: string) => `file:///the-${name}-is-missing/run-base-make-sysroot/`;

/** The files by which a project says where a root file system is; `made` leaves them to be written by the script. */
export function renderSysroot(name: string, source: SysrootSource): [path: string, file: ProjectFile][] {
  const isMade = source.kind === 'made';
  const start = ` Where base/${name}.bst takes its files from`;
  const content = renderYaml(mapping({ sources: list([sourceOf(name, source)]) }), [
    isMade ? `${start}: run base/make-sysroot, which writes this file.` : `${start}.`,
  ]);
  const files: [string, ProjectFile][] = [[`include/${name}.yml`, { content, once: isMade }]];
  if (isMade) {
    const place = renderYaml(mapping({ aliases: mapping({ [name]: nowhere(name) }) }), [
      ` Where ${name}.tar lies: run base/make-sysroot, which writes this file.`,
    ]);
    files.push([placeFile(name), { content: place, once: true }]);
  }
  return files;
}

function sourceOf(name: string, source: SysrootSource): YamlMapping {
  switch (source.kind) {
    case 'made':
      return mapping({ kind: 'tar', url: `${name}:${name}.tar`, 'base-dir': '' });
    case 'tar':
      return mapping({ kind: 'tar', url: source.place, ref: source.ref, 'base-dir': '' });
    case 'local':
      return mapping({ kind: 'local', path: source.place });
    case 'ostree':
      return mapping({ kind: 'ostree', url: source.place, track: source.track, ref: source.ref });
    case 'docker':
      return mapping({ kind: 'docker', image: source.place, track: source.track, ref: source.ref });
  }
}

/** True if a version of BuildStream has a plugin for a kind of source, in itself or in the package that it names. */
export function supportsSysroot(version: BuildStreamVersion, kind: SysrootSource['kind']): boolean {
  const { sourceKinds, pluginPackage } = dialects[version];
  return kind === 'made' || sourceKinds.has(kind) || pluginPackage?.sources.has(kind) === true;
}
