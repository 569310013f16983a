import type { ProjectFile } from '../../src/index.js';

/** The files of a rendered project that are text. */
export function textFiles(
  files: ReadonlyMap<string, ProjectFile>,
): ReadonlyMap<string, ProjectFile & { content: string }> {
  return new Map(
    [...files].flatMap(([path, file]) =>
      typeof file.content === 'string' ? [[path, { ...file, content: file.content }] as const] : [],
    ),
  );
}
