import { readdirSync, readFileSync } from 'node:fs';
import type { ProjectFile } from '../project/model.js';

/** A file of a hand-made part: all of them are text. */
type Template = ProjectFile & { readonly content: string };

/** The files of one of the hand-made parts of a project, by their path below the project. */
export function readTemplates(part: string): Map<string, Template> {
  const root = new URL(`./${part}/`, import.meta.url);
  const files = new Map<string, Template>();
  const visit = (path: string) => {
    for (const entry of readdirSync(new URL(path, root), { withFileTypes: true })) {
      const inner = `${path}${entry.name}`;
      if (entry.isDirectory()) visit(`${inner}/`);
      else {
        const content = readFileSync(new URL(inner, root), 'utf8');
        files.set(inner, { content, ...(content.startsWith('#!') ? { executable: true } : {}) });
      }
    }
  };
  visit('');
  return files;
}
