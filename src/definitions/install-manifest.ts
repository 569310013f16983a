import type { Place } from '../diagnostics/place.js';

/** What a line of an install-files manifest puts into a system. */
export interface ManifestEntry {
  readonly at: Place;
  readonly kind: 'file' | 'folder' | 'link' | 'device';
  /** Variables in the file are replaced by their values (Jinja2). */
  readonly isTemplate: boolean;
  /** What is there already may be replaced. */
  readonly overwrites: boolean;
  /** Permissions, without the type: four octal digits. */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  /** Path in the system, without the leading slash; the file is at this path beside the manifest. */
  readonly path: string;
  /** For a device: its type, major and minor number. */
  readonly device?: { readonly type: 'c' | 'b'; readonly major: number; readonly minor: number };
}

/** A manifest as it was understood: its entries, and the lines that are none. */
export interface InstallManifest {
  readonly entries: readonly ManifestEntry[];
  readonly faults: readonly { readonly at: Place; readonly text: string }[];
}

/** The types of files in the upper digits of a mode. */
const types: ReadonlyMap<number, ManifestEntry['kind']> = new Map([
  [0o040000, 'folder'],
  [0o100000, 'file'],
  [0o120000, 'link'],
  [0o020000, 'device'],
  [0o060000, 'device'],
]);

const line =
  /^(?<words>(?:(?:template|overwrite)\s+)*)(?<mode>[0-7]+)\s+(?<uid>\d+)\s+(?<gid>\d+)\s+(?:(?<major>\d+)\s*[,\s]\s*(?<minor>\d+)\s+)?(?<path>\S+)\s*$/;

/**
 * Reads a manifest of install-files (morph's `install-files.configure`): lines of
 * `[template] [overwrite] <octal mode> <uid> <gid> <path>`; devices have their numbers before the path.
 */
export function readInstallManifest(file: string, text: string): InstallManifest {
  const last = lastRead.get(file);
  if (last?.text === text) return last.manifest;
  const manifest = readManifest(file, text);
  lastRead.set(file, { text, manifest });
  return manifest;
}

/** Hundreds of deployments name the same few manifests: the last text of each, and what it came to. */
const lastRead = new Map<string, { readonly text: string; readonly manifest: InstallManifest }>();

function readManifest(file: string, text: string): InstallManifest {
  const entries: ManifestEntry[] = [];
  const faults: { at: Place; text: string }[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const content = written.replace(/\r$/, '');
    if (/^\s*(?:#.*)?$/.test(content)) continue;
    const at = placeOf(file, index + 1, content);
    const entry = entryOf(content.trim(), at);
    if (entry) entries.push(entry);
    else faults.push({ at, text: content.trim() });
  }
  return { entries, faults };
}

function entryOf(content: string, at: Place): ManifestEntry | undefined {
  const { words, mode, uid, gid, major, minor, path } = line.exec(content)?.groups ?? {};
  if (mode === undefined || path === undefined) return undefined;
  const bits = Number.parseInt(mode, 8);
  const kind = types.get(bits & 0o170000);
  const clean = path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  const isInside = !clean.split('/').some((name) => name === '..' || name === '.' || name === '');
  if (!kind || (!isInside && clean !== '') || (kind === 'device') !== (major !== undefined)) return undefined;
  return {
    at,
    kind,
    isTemplate: /template/.test(words ?? ''),
    overwrites: /overwrite/.test(words ?? ''),
    mode: (bits & 0o7777).toString(8).padStart(4, '0'),
    uid: Number(uid),
    gid: Number(gid),
    path: clean,
    ...(major === undefined
      ? {}
      : {
          device: {
            type: (bits & 0o170000) === 0o020000 ? 'c' : 'b',
            major: Number(major),
            minor: Number(minor),
          },
        }),
  };
}

function placeOf(file: string, line: number, content: string): Place {
  const column = content.length - content.trimStart().length + 1;
  return { file, line, column, endLine: line, endColumn: content.trimEnd().length + 1 };
}
