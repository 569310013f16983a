import { statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { type Diagnostic, renderGithub, renderSarif } from '../index.js';

/** Forms of diagnostics that other programs read. */
export type DiagnosticFormat = 'sarif' | 'github';

const renderers = { sarif: renderSarif, github: renderGithub };

/** Diagnostics for a program whose root folder is the one in which this command runs. */
export function formatDiagnostics(
  format: DiagnosticFormat,
  diagnostics: readonly Diagnostic[],
  source: string,
): string {
  return renderers[format](diagnostics, folderOf(source));
}

/** The path of the definitions below the working directory; empty if they are elsewhere, or a single file. */
function folderOf(source: string): string {
  if (!statSync(source, { throwIfNoEntry: false })?.isDirectory()) return '';
  const path = relative(process.cwd(), source).split(sep).join('/');
  return path.startsWith('..') || /^[A-Za-z]:/.test(path) ? '' : path;
}
