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

/**
 * The lines of a manifest that speak of files, folders and links. What is not in the definitions is left out, which
 * `convert` reports; device nodes are made elsewhere.
 *
 * @returns undefined if there is no such manifest.
 */
export function linesOf(path: string, tree: Definitions['tree']): ManifestLine[] | undefined {
  const manifest = tree.get(path);
  const text = manifest?.kind === 'file' ? contentText(manifest.content) : undefined;
  if (text === undefined) return undefined;
  return readInstallManifest(path, text).entries.flatMap((entry): ManifestLine[] => {
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
}
