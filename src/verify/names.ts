import type { MeantDeployment } from '../definitions/meaning/deployments.js';
import type { Chunk, Stratum, System } from '../definitions/model.js';

/*
 * Which element stands for which definition: see "What becomes of a definitions repository" in MIGRATION.md.
 */

export const baseElement = 'base.bst';
export const sysrootElement = 'base/sysroot.bst';
export const markerElement = 'base/system-marker.bst';

/** The parts of the sysroot by what a system may select of build-essential for them. */
export const baseParts: readonly (readonly [element: string, artifacts: readonly string[]])[] = [
  ['base/minimal.bst', ['-minimal']],
  ['base/runtime.bst', ['-minimal', '-runtime']],
];

const chunkElements = new WeakMap<Chunk, string>();

export function elementOfChunk(chunk: Chunk): string {
  const known = chunkElements.get(chunk) ?? `${pathOf(chunk.stratum)}/${nameOf(chunk.name)}.bst`;
  chunkElements.set(chunk, known);
  return known;
}

/** Where the project builds the stratum that bootstraps the toolchain itself. */
export function elementOfBootstrap(chunk: Chunk): string {
  return `base/${nameOf(chunk.name)}.bst`;
}

/** A copy of such a chunk that can be staged beside the sysroot. */
export function elementBeside(chunk: Chunk): string {
  return `base/${nameOf(chunk.name)}-beside-sysroot.bst`;
}

export function elementOfStratum({ path }: Stratum): string {
  return `${pathOf(path)}.bst`;
}

export function elementOfBuildDepends({ path }: Stratum): string {
  return `${pathOf(path)}/build-deps.bst`;
}

export function elementOfSystem({ path }: System): string {
  return `${pathOf(path)}.bst`;
}

export function partOfSystem({ path }: System, part: string): string {
  return `${pathOf(path)}/${part}.bst`;
}

/** Its folder has what belongs to it: its subsystems, by their names, its files and its tree. */
export function elementOfDeployment({ cluster, names }: MeantDeployment): string {
  return `${[pathOf(cluster.path), ...names.map(nameOf)].join('/')}.bst`;
}

export function partOfDeployment(deployment: MeantDeployment, part: 'files' | 'tree'): string {
  return elementOfDeployment(deployment).replace(/\.bst$/, `/${part}.bst`);
}

function pathOf(path: string): string {
  return path.split('/').map(nameOf).join('/');
}

/** Characters that an element's name cannot have are written as their code points between tildes. */
function nameOf(name: string): string {
  let written = '';
  for (const character of name) {
    const isPlain = /[\x20-\x7e]/.test(character) && !':*?|<>"/\\~%'.includes(character);
    written += isPlain ? character : `~${character.codePointAt(0)!.toString(16)}~`;
  }
  return written;
}
