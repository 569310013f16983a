import { folderOf } from '../../definitions/deployed-files.js';
import { type ManifestEntry, readInstallManifest } from '../../definitions/install-manifest.js';
import { contentText } from '../../definitions/meaning/deployments.js';
import type { Definitions } from '../../definitions/model.js';

const types = { file: '010', folder: '004', link: '012' } as const;

/** What a manifest of install-files puts into a system: each line that can be followed, and the entry behind it. */
export interface ManifestLine {
  readonly text: string;
  readonly entry: ManifestEntry;
}

/** What a folder of files to install holds: lines of one manifest. */
export interface ManifestPart {
  readonly manifest: string;
  readonly lines: readonly ManifestLine[];
}

/**
 * The folders that a manifest comes to: what is the same for all deployments, and after it what is made of templates.
 * Where a path is there twice the order counts, and all of it is in one.
 */
export function partsOf(manifest: string, tree: Definitions['tree']): ManifestPart[] {
  const { lines, isSplit } = linesOf(manifest, tree);
  const isOwn = ({ entry }: ManifestLine) => !isSplit || entry.isTemplate;
  const parts = [lines.filter((line) => !isOwn(line)), lines.filter(isOwn)];
  return parts.filter((each) => each.length > 0).map((each) => ({ manifest, lines: each }));
}

/**
 * The lines of a manifest that speak of files, folders and links. What is not in the definitions is left out, which
 * `convert` reports; device nodes are made elsewhere.
 *
 * @returns no lines if there is no such manifest; `isSplit` if none of its paths is there twice.
 */
function linesOf(path: string, tree: Definitions['tree']): { lines: ManifestLine[]; isSplit: boolean } {
  const manifest = tree.get(path);
  const text = manifest?.kind === 'file' ? contentText(manifest.content) : undefined;
  const { entries } = readInstallManifest(path, text ?? '');
  const isSplit = new Set(entries.map((entry) => entry.path)).size === entries.length;
  const lines = entries.flatMap((entry): ManifestLine[] => {
    const { kind, overwrites, mode, uid, gid } = entry;
    if (kind === 'device' || !/^[\x21-\x7e]*$/.test(entry.path) || /["'\\]/.test(entry.path)) return [];
    const line = `${overwrites ? 'overwrite ' : ''}${types[kind]}${mode} ${uid} ${gid} /${entry.path}`;
    const source = tree.get(`${folderOf(path)}${entry.path}`);
    if (kind === 'folder') return [{ text: line, entry }];
    if (kind === 'file') return source?.kind === 'file' ? [{ text: line, entry }] : [];
    const written = source?.kind === 'file' ? contentText(source.content) : undefined;
    const target = source?.kind === 'link' ? source.target : written;
    const isLink = source?.kind === 'link' || /^\S+$/.test(target ?? '');
    return isLink ? [{ text: `${line} -> ${target}`, entry }] : [];
  });
  return { lines, isSplit };
}
