import type { Chunk, Stratum, System } from '../definitions/model.js';
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

/** `systems/x.morph` → `systems/x.bst`. */
export function systemElement(system: System): string {
  return `${escapePath(system.path)}.bst`;
}

/** An element that belongs to one system: `systems/x/integration.bst`. */
export function systemPart(system: System, part: string): string {
  return `${escapePath(system.path)}/${part}.bst`;
}

/** True if a name cannot be part of a path at all, however it is escaped. */
export function isBadName(name: string): boolean {
  return name === '' || name === '.' || name === '..' || /[\x00-\x1f\x7f]/.test(name);
}

function escapePath(path: string): string {
  if (/^[\w.+@/-]*$/.test(path)) return path;
  return path.split('/').map(escapeName).join('/');
}

/**
 * Writes the characters that some version of BuildStream does not accept in the name of an element as `~` and their
 * code point; so too a `~` that would look like one, which keeps different names different.
 */
export function escapeName(name: string): string {
  if (/^[\w.+@-]*$/.test(name)) return name;
  return name.replace(
    /[:*?|<>"/\\]|[^\x20-\x7e]|~(?=[0-9a-f]+~)/gu,
    (character) => `~${character.codePointAt(0)!.toString(16)}~`,
  );
}
