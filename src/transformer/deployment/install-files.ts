import { folderOf } from '../../definitions/deployed-files.js';
import { type ManifestEntry, readInstallManifest } from '../../definitions/install-manifest.js';
import type { TreeFile } from '../../definitions/model.js';
import { wholeFile } from '../../diagnostics/place.js';
import type { ProjectFile } from '../../project/model.js';
import type { Context } from '../context.js';
import type { ManifestReference } from './manifests.js';
import type { Scope } from './scope.js';
import { looksSecret } from './secrets.js';
import { renderTemplate, UnknownTemplate } from './template.js';
import { projectFile, textOf } from './tree-files.js';

/** What a manifest of install-files comes to. */
export interface InstalledFiles {
  /** Its list, and files by their path, that are the same for every deployment; empty if there are none. */
  readonly shared: ReadonlyMap<string, ProjectFile>;
  /** The same of files that are made of templates, with the variables of this deployment. */
  readonly own: ReadonlyMap<string, ProjectFile>;
  /** Device nodes, as lines of the list of modes. */
  readonly nodes: readonly string[];
}

/**
 * Resolves a manifest: templates are expanded with the deployment's variables, each file is taken from beside the
 * manifest, modes and owners go into a list. What cannot be found is reported at its line and left out.
 *
 * @returns undefined, after a report, if there is no such manifest.
 */
export function installFiles(
  { path, by, deployment }: ManifestReference,
  variables: ReadonlyMap<string, string>,
  scope: Scope,
  { definitions }: Context,
): InstalledFiles | undefined {
  const text = textOf(definitions.tree.get(path));
  if (text === undefined) {
    const message = `\`${deployment}\` installs the files of ${path}, which is not there`;
    scope.manual('missing-file', by?.at, path, message);
    return undefined;
  }
  const { entries, faults } = readInstallManifest(path, text);
  for (const fault of faults) {
    scope.manual('bad-manifest', fault.at, path, `this line of ${path} cannot be understood`);
  }
  const isSplit = new Set(entries.map((entry) => entry.path)).size === entries.length;
  const shared = new Listed(path);
  const own = new Listed(path);
  const nodes: string[] = [];
  for (const entry of entries) {
    if (!isPlain(entry.path)) {
      const message = `${JSON.stringify(entry.path)} has characters in it that the list of files cannot have`;
      scope.manual('bad-manifest', entry.at, path, message, 'give the file another name');
    } else if (entry.kind === 'device') nodes.push(nodeLine(entry));
    else {
      const source = `${folderOf(path)}${entry.path}`;
      const line = lineOf(entry, source, definitions.tree.get(source), scope);
      if (line === undefined) continue;
      // Of a path that is there twice, the order counts.
      const list = isSplit && !entry.isTemplate ? shared : own;
      list.lines.push(line);
      if (entry.kind !== 'file') continue;
      list.files.set(
        `files/${entry.path}`,
        contentOf(entry, source, definitions.tree.get(source), variables, scope),
      );
    }
  }
  return { shared: shared.all, own: own.all, nodes };
}

/** A list of files, and the files. */
class Listed {
  readonly lines: string[] = [];
  readonly files = new Map<string, ProjectFile>();

  constructor(readonly path: string) {}

  get all(): ReadonlyMap<string, ProjectFile> {
    if (this.lines.length === 0) return this.files;
    const content = `# From ${this.path}\n${this.lines.join('\n')}\n`;
    return new Map([...this.files, ['manifest', { content }]]);
  }
}

/** True for a path that fits into a line of a list. */
export function isPlain(path: string): boolean {
  return /^[\x21-\x7e]*$/.test(path) && !/["'\\]/.test(path);
}

function nodeLine({ mode, uid, gid, path, device }: ManifestEntry): string {
  return `${mode} ${uid} ${gid} ${device!.type} ${device!.major} ${device!.minor} /${path}`;
}

const typeDigits = { file: '010', folder: '004', link: '012', device: '' } as const;

function lineOf(
  { at, kind, overwrites, mode, uid, gid, path }: ManifestEntry,
  source: string,
  file: TreeFile | undefined,
  scope: Scope,
): string | undefined {
  const line = `${overwrites ? 'overwrite ' : ''}${typeDigits[kind]}${mode} ${uid} ${gid} /${path}`;
  if (kind === 'folder') return line;
  const target = kind === 'link' ? targetOf(file) : undefined;
  if (kind === 'link' ? target !== undefined : file?.kind === 'file') {
    return target === undefined ? line : `${line} -> ${target}`;
  }
  const what = file ? `is no ${kind}` : 'is not there';
  scope.manual('missing-file', at, source, `the ${kind} ${source} ${what}, and is not installed`);
  return undefined;
}

/** Where a link leads; git writes links as files where it cannot make them. */
function targetOf(file: TreeFile | undefined): string | undefined {
  if (file?.kind === 'link') return file.target;
  const text = textOf(file);
  return text !== undefined && /^\S+$/.test(text) ? text : undefined;
}

function contentOf(
  { at, isTemplate, mode }: ManifestEntry,
  source: string,
  file: TreeFile | undefined,
  variables: ReadonlyMap<string, string>,
  scope: Scope,
): ProjectFile {
  const { content } = file as TreeFile & { kind: 'file' };
  const isExecutable = (Number.parseInt(mode, 8) & 0o111) !== 0;
  const plain = projectFile(content, isExecutable);
  if (typeof plain.content !== 'string') return plain;
  if (looksSecret(plain.content)) {
    scope.once('secret-value', at, `${source} looks like a secret, and is about to be part of the project`);
  }
  if (!isTemplate) return plain;
  try {
    return { ...plain, content: renderTemplate(plain.content, variables) };
  } catch (error) {
    if (!(error instanceof UnknownTemplate)) throw error;
    const written = plain.content.split('\n')[error.line - 1] ?? '';
    const place = {
      ...wholeFile(source),
      line: error.line,
      endLine: error.line,
      endColumn: written.length + 1,
    };
    const message = `\`${error.text}\` is more than the conversion knows of Jinja2, and the template is installed as it is`;
    scope.manual('unknown-template', place, source, message);
    return plain;
  }
}
