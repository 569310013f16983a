import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { guides, root } from '../support/guides.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

test.each(guides)('the links of %s lead somewhere', (guide) => {
  const lost = linksOf(read(guide)).filter(({ path, anchor }) => {
    const file = path === '' ? guide : normalize(join(dirname(guide), path));
    return !existsSync(join(root, file)) || (anchor !== undefined && !anchorsOf(read(file)).includes(anchor));
  });
  expect(lost.map(({ text }) => text)).toEqual([]);
});

test('links are found', () => {
  expect(guides.flatMap((guide) => linksOf(read(guide))).length).toBeGreaterThan(60);
});

/** The links to files and headings of the repository. */
function linksOf(text: string): { text: string; path: string; anchor: string | undefined }[] {
  return [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([link, path, anchor]) => ({
    text: link,
    path: path!,
    anchor,
  }));
}

/** The anchors of headings, as code hosts make them. */
function anchorsOf(text: string): string[] {
  const withoutBlocks = text.replaceAll(/^```.*?^```$/gms, '');
  return [...withoutBlocks.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
