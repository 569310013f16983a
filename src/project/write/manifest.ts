import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareBytes } from '../../byte-order.js';
import { viewer } from './disk.js';
import { Refusal } from './failure.js';
import { faultOfPath, MANIFEST } from './paths.js';

/** What a project says about its generated files: digest by path. */
export type Manifest = ReadonlyMap<string, string>;

const VERSION = 1;
const TOOL = 'baserock2bst';

/**
 * Renders the manifest of a project: one line for each generated file, so that a change of one is a change of one
 * line. Nothing of it depends on time or place: the same files give the same bytes.
 */
export function renderManifest(digests: Manifest): string {
  const entries = [...digests].sort(([a], [b]) => compareBytes(a, b));
  const lines = entries.map(([path, sha256]) => `    ${JSON.stringify(path)}: ${JSON.stringify({ sha256 })}`);
  const files = lines.length > 0 ? `{\n${lines.join(',\n')}\n  }` : '{}';
  return `{\n  "version": ${VERSION},\n  "tool": ${JSON.stringify(TOOL)},\n  "files": ${files}\n}\n`;
}

/**
 * Reads the text of a manifest. Fields that this version does not know are passed over.
 *
 * @returns undefined if it is none: no JSON (conflict markers of a merge, say), of another schema, or with paths
 *   that no project of ours has.
 */
export function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.version !== VERSION || value.tool !== TOOL || !isRecord(value.files)) {
    return undefined;
  }
  const digests = new Map<string, string>();
  for (const [path, entry] of Object.entries(value.files)) {
    if (!isRecord(entry) || typeof entry.sha256 !== 'string' || faultOfPath(path) !== undefined) {
      return undefined;
    }
    digests.set(path, entry.sha256);
  }
  return digests;
}

/** The manifest found in a project; without `digests` if it is there but cannot be understood. */
export interface FoundManifest {
  /** The digest of the manifest's own text. */
  readonly own: string;
  readonly digests: Manifest | undefined;
}

/**
 * Reads the manifest of the project in a folder. An empty one is what a loss of power left of a project that had just
 * been made: it says nothing of any file.
 *
 * @returns undefined if there is none.
 * @throws {Refusal} if something else than a file has its name, and errors of the file system.
 */
export function readManifest(root: string): FoundManifest | undefined {
  const sight = viewer(root)(MANIFEST);
  if (sight.kind === 'nothing') return undefined;
  if (sight.kind !== 'file') throw new Refusal(`${join(root, MANIFEST)} is not a file`);
  const text = readFileSync(join(root, MANIFEST), 'utf8');
  return { own: sight.digest, digests: text === '' ? new Map() : parseManifest(text) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
