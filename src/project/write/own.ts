import type { ProjectFile } from '../model.js';
import { renderProvenance } from '../trace/provenance.js';
import { renderGenerated } from './generated.js';
import { type Manifest, renderManifest } from './manifest.js';
import { GENERATED, MANIFEST, PROVENANCE } from './paths.js';

/**
 * What a project says about itself, by path; the manifest comes last, since it says that the rest is there.
 *
 * @param digests the digests of the files.
 */
export function renderOwn(files: ReadonlyMap<string, ProjectFile>, digests: Manifest): Map<string, string> {
  return new Map([
    [GENERATED, renderGenerated(files)],
    [PROVENANCE, renderProvenance(files)],
    [MANIFEST, renderManifest(digests)],
  ]);
}
