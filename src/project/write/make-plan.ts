import { readdirSync } from 'node:fs';
import type { Report } from '../../diagnostics/diagnostic.js';
import type { ProjectFile } from '../model.js';
import { type FoundManifest, readManifest } from './manifest.js';
import { reportOtherVersion } from './other-version.js';
import { MANIFEST, OWN_FOLDER } from './paths.js';
import { type Plan, planWrites } from './plan.js';
import type { WriteOptions } from './write-project.js';

/**
 * Refuses a folder that holds things, none of them ours, before anything in it is touched.
 *
 * @param root the folder, which exists.
 * @param directory what the person calls it.
 */
export function mayBeOurs(
  root: string,
  directory: string,
  { force }: Pick<WriteOptions, 'force'>,
  report: Report,
): boolean {
  if (force) return true;
  const names = readdirSync(root);
  if (names.length === 0 || names.includes(OWN_FOLDER)) return true;
  report('output-not-ours', undefined, `${directory} is not empty, and no project of ours is in it`);
  return false;
}

/**
 * Compares a folder with the project that is to be in it.
 *
 * @returns undefined if it must not be written, which is reported.
 * @throws errors of the file system.
 */
export function makePlan(
  root: string,
  directory: string,
  files: ReadonlyMap<string, ProjectFile>,
  options: Pick<WriteOptions, 'force' | 'onConflict'>,
  report: Report,
): Plan | undefined {
  const found = readManifest(root);
  const fault = options.force ? undefined : faultOfManifest(root, found);
  if (fault !== undefined) {
    report('output-not-ours', undefined, `${directory} ${fault}`);
    return undefined;
  }
  let refused = false;
  const plan = planWrites(root, files, found, options, (...diagnostic) => {
    refused = true;
    report(...diagnostic);
  });
  if (!refused) reportOtherVersion(root, files, report);
  return refused ? undefined : plan;
}

function faultOfManifest(root: string, found: FoundManifest | undefined): string | undefined {
  if (found) return found.digests ? undefined : `has a manifest that cannot be understood, ${MANIFEST}`;
  const isEmpty = readdirSync(root).every((name) => name === OWN_FOLDER);
  return isEmpty ? undefined : 'is not empty, and no project of ours is in it';
}
