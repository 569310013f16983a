import { type BuildStreamVersion, dialects } from './dialects.js';
import type { ProjectFile } from './model.js';
import { list, mapping, renderYaml, type YamlMapping } from './yaml-writer.js';

/** Where the base takes its root file system from. */
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

/** The files that say where the sysroot is; `made` leaves them to be written by the script. */
export const sysrootFile = 'include/sysroot.yml';
export const sysrootPlaceFile = 'include/sysroot-place.yml';

/** The folder that the alias of a sysroot leads to before the script has been run: its name says what to do. */
const nowhere = 'file:///the-sysroot-is-missing/run-base-make-sysroot/';

/** The files by which a project says where its sysroot is. */
export function renderSysroot(source: SysrootSource): [path: string, file: ProjectFile][] {
  const isMade = source.kind === 'made';
  const content = renderYaml(mapping({ sources: list([sourceOf(source)]) }), [
    isMade
      ? ' Where base/sysroot.bst takes the sysroot from: base/make-sysroot writes this file.'
      : ' Where base/sysroot.bst takes the sysroot from.',
  ]);
  const files: [string, ProjectFile][] = [[sysrootFile, { content, once: isMade }]];
  if (isMade) {
    const place = renderYaml(mapping({ aliases: mapping({ sysroot: nowhere }) }), [
      ' Where the file of the sysroot lies: base/make-sysroot writes this file.',
    ]);
    files.push([sysrootPlaceFile, { content: place, once: true }]);
  }
  return files;
}

function sourceOf(source: SysrootSource): YamlMapping {
  switch (source.kind) {
    case 'made':
      return mapping({ kind: 'tar', url: 'sysroot:sysroot.tar', 'base-dir': '' });
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
