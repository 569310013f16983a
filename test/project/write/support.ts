import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { expect } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.js';
import type { ProjectFile } from '../../../src/project/model.js';
import {
  type WriteOptions,
  type WriteResult,
  writeProject,
} from '../../../src/project/write/write-project.js';

/** A rendered project, by path. */
export type Files = Map<string, ProjectFile>;

/** A rendered project from path and content; a content that starts with `#!` is executable. */
export function project(files: Readonly<Record<string, string>>): Files {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      content.startsWith('#!') ? { content, executable: true } : { content },
    ]),
  );
}

/** A new temporary folder, free of links; `inMemory` for tests that do much and need no real disk. */
export function temporaryFolder(inMemory = false): string {
  const place = inMemory && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  return realpathSync(mkdtempSync(join(place, 'baserock2bst-write-')));
}

/** Writes files below a folder, as a person would: through links and over whatever is there. */
export function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** All that is in a folder: content and executable bit of files, targets of links, empty folders. */
export function snapshot(root: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {};
  const names = readdirSync(join(root, below)).sort();
  if (names.length === 0 && below !== '') found[`${below}/`] = 'empty folder';
  for (const name of names) {
    const path = below === '' ? name : `${below}/${name}`;
    const entry = lstatSync(join(root, path));
    if (entry.isDirectory()) Object.assign(found, snapshot(root, path));
    else if (entry.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(root, path))}`;
    else found[path] = (entry.mode & 0o100 ? 'x ' : '') + readFileSync(join(root, path), 'utf8');
  }
  return found;
}

/** The same without what belongs to the writer. */
export function contents(root: string): Record<string, string> {
  const entries = Object.entries(snapshot(root));
  return Object.fromEntries(entries.filter(([path]) => !path.startsWith('.baserock2bst/')));
}

/** What `contents` gives for a project without anything else. */
export function contentsOf(files: ReadonlyMap<string, ProjectFile>): Record<string, string> {
  return Object.fromEntries(
    [...files].map(([path, { content, executable }]) => [path, (executable ? 'x ' : '') + content]),
  );
}

/** Codes and messages, for comparing. */
export function told(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

/** A number that no process has. */
const NO_PROCESS = 4194305;

/** Makes the locks and temporary folders of this process look like those of one that is gone. */
export function forgetProcess(parent: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (!lstatSync(path).isDirectory()) continue;
    for (const lock of ['lock', 'lock.taking']) {
      const link = join(path, '.baserock2bst', lock);
      if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) {
        const target = readlinkSync(link).replace(/^([^:]*):\d+/, `$1:${NO_PROCESS}`);
        unlinkSync(link);
        symlinkSync(target, link);
      }
    }
    const mark = `.baserock2bst-${process.pid}-`;
    if (name.includes(mark)) {
      renameSync(path, join(parent, name.replace(mark, `.baserock2bst-${NO_PROCESS}-`)));
    }
  }
}

const source = join(import.meta.dirname, '../../../src');

/**
 * Compiles the writer room to JavaScript that a process of its own can run.
 *
 * @returns the folder that it is in, which the caller removes.
 */
export function compileWriter(): string {
  const out = temporaryFolder();
  chmodSync(out, 0o755);
  const folders = ['', 'diagnostics', 'project', 'project/trace', 'project/write'];
  for (const folder of folders) {
    for (const name of readdirSync(join(source, folder)).filter((name) => name.endsWith('.ts'))) {
      const text = readFileSync(join(source, folder, name), 'utf8');
      const { outputText } = ts.transpileModule(text, {
        compilerOptions: {
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.ESNext,
          verbatimModuleSyntax: true,
        },
      });
      put(out, { [join(folder, name.replace(/\.ts$/, '.js'))]: outputText });
    }
  }
  put(out, { 'package.json': '{"type":"module"}' });
  symlinkSync(join(source, '../node_modules'), join(out, 'node_modules'));
  return out;
}

/** True if this process may mount file systems; in CI it has to. */
export function canMount(): boolean {
  if (process.getuid?.() !== 0 && !process.env.CI) return false;
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'none', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (process.env.CI) throw error;
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Inode and time of change of a file: they differ once it has been written anew. */
export function identity(path: string): string {
  const { ino, mtimeMs, ctimeMs } = statSync(path);
  return [basename(path), ino, mtimeMs, ctimeMs].join(' ');
}

/** A small project, as it is first written. */
export const first = project({
  'project.conf': 'name: x\n',
  'elements/a.bst': 'kind: stack\n',
  'elements/core/b.bst': 'kind: manual\n',
  'files/run': '#!/bin/sh\n',
});

/** Writes, and expects no complaint. */
export async function writeCleanly(
  files: ReadonlyMap<string, ProjectFile>,
  out: string,
  options?: WriteOptions,
): Promise<WriteResult> {
  const result = await writeProject(files, out, options);
  expect(told(result.diagnostics)).toEqual([]);
  return result;
}
