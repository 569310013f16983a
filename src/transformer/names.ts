import type { Chunk, Cluster, Stratum, System } from '../definitions/model.js';
import { replacementOf } from './replacements.js';

/** The element that tells a system from a build: what integration commands look for. */
export const systemMarkerElement = 'base/system-marker.bst';

/** `strata/core.morph` → `strata/core.bst`; what stands in for a stratum that is not converted. */
export function stratumElement(stratum: Stratum): string {
  return replacementOf(stratum) ?? `${escapePath(stratum.path)}.bst`;
}

/** What the chunks of a stratum are built on: `strata/core/build-deps.bst`. */
export function buildDepsElement(stratum: Stratum): string {
  return `${escapePath(stratum.path)}/build-deps.bst`;
}

/** The chunk `bash` of `strata/core.morph` → `strata/core/bash.bst`. */
export function chunkElement(chunk: Chunk): string {
  return `${escapePath(chunk.stratum)}/${escapeName(chunk.name)}.bst`;
}

/** The chunk `gcc` of the stratum that bootstraps the toolchain, where the project builds it: `base/gcc.bst`. */
export function bootstrapElement(chunk: Chunk): string {
  return `base/${escapeName(chunk.name)}.bst`;
}

/** `systems/x.morph` → `systems/x.bst`. */
export function systemElement(system: System): string {
  return `${escapePath(system.path)}.bst`;
}

/** `image` of `clusters/release.morph` → `clusters/release/image`; of a subsystem, below the path of its parent. */
export function deploymentPath(cluster: Cluster, parent: string | undefined, name: string): string {
  return `${parent ?? escapePath(cluster.path)}/${escapeName(name)}`;
}

/** An element that belongs to one system: `systems/x/integration.bst`. */
export function systemPart(system: System, part: string): string {
  return `${escapePath(system.path)}/${part}.bst`;
}

/** The beginning of a name, so that a message stays readable whatever the name is. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}

/** The longest name of a file, less what the writer appends where it sets a file aside. */
const LONGEST = 250;

/** Why a name cannot be part of a path, however it is escaped; undefined if it can. */
export function faultOfName(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name === '.' || name === '..') return 'it means a folder';
  if (name.toLowerCase() === '.git') return 'it belongs to git';
  if (/[\x00-\x1f\x7f]/.test(name)) return 'it has control characters in it';
  return `${escapeName(name)}.bst`.length > LONGEST ? 'it is too long for a file' : undefined;
}

function escapePath(path: string): string {
  if (/^[\w.+@/-]*$/.test(path)) return path;
  return path.split('/').map(escapeName).join('/');
}

/**
 * Writes the characters that some version of BuildStream does not accept in the name of an element, or expands, as `~`
 * and their code point; so too every `~`, which keeps different names different.
 */
export function escapeName(name: string): string {
  if (/^[\w.+@-]*$/.test(name)) return name;
  return name.replace(
    /[:*?|<>"/\\~%]|[^\x20-\x7e]/gu,
    (character) => `~${character.codePointAt(0)!.toString(16)}~`,
  );
}
