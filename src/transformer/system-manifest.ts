import type { System } from '../definitions/model.js';
import type { ImportElement, ProjectFile } from '../project/model.js';
import { provenanceOf } from '../project/trace/provenance.js';
import { type Context, strataOf } from './context.js';
import { chunkElement, systemElement, systemPart } from './names.js';
import { restOfFile } from './origins.js';
import { replacementOf } from './replacements.js';

/**
 * A file for /baserock/manifest.json of a system, in place of the metadata of ybd and morph: one object for each
 * chunk, with its element, repository and ref, in the order in which the system lists them.
 */
export function systemManifest(
  system: System,
  { definitions }: Context,
): {
  readonly element: ImportElement;
  readonly file: readonly [path: string, file: ProjectFile];
} {
  const contents = strataOf(system).flatMap((stratum) => {
    const element = replacementOf(stratum);
    if (element !== undefined) return [{ element }];
    return stratum.chunks.map((chunk) => ({
      element: chunkElement(chunk),
      repo: chunk.repo?.text,
      ref: chunk.ref?.text,
    }));
  });
  const whole = [restOfFile(system.at, definitions)];
  const directory = `files/manifests/${systemElement(system).replace(/\.bst$/, '')}`;
  const manifest = { system: system.name, arch: system.arch.text, contents };
  return {
    element: {
      kind: 'import',
      path: systemPart(system, 'manifest'),
      from: whole,
      description: `What ${system.name} is made of.`,
      isWhole: true,
      dependencies: [],
      sources: [{ kind: 'local', path: directory }],
    },
    file: [
      `${directory}/baserock/manifest.json`,
      { content: `${JSON.stringify(manifest, null, 2)}\n`, provenance: provenanceOf({ whole, lines: [] }) },
    ],
  };
}
