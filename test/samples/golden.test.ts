import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { convert, hasErrors, loadDefinitions, renderProject } from '../../src/index.js';

const samples = new URL('../../samples/', import.meta.url).pathname;

/** The sample's conversions for both versions of BuildStream; rewrite them with UPDATE=1. */
describe.each([
  ['project', 2],
  ['project-buildstream1', 1],
] as const)('samples/%s', (folder, version) => {
  test('is what the sample definitions are converted to', async () => {
    const definitions = await loadDefinitions(join(samples, 'definitions'));
    const { project, diagnostics } = convert(definitions, { name: 'pocket' });
    expect(hasErrors([...definitions.diagnostics, ...diagnostics])).toBe(false);
    const files = renderProject(project, version);
    const rendered = Object.fromEntries([...files].map(([path, { content }]) => [path, content]));
    const root = join(samples, folder);
    if (process.env.UPDATE) {
      for (const path of Object.keys(readTree(root))) rmSync(join(root, path));
      for (const [path, content] of Object.entries(rendered)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content, { mode: files.get(path)!.executable ? 0o755 : 0o644 });
      }
    }
    expect(readTree(root)).toEqual(rendered);
  });
});

/** The files that a conversion makes: README tells of the sample. */
function readTree(root: string): Record<string, string> {
  const paths = (readdirSync(root, { recursive: true }) as string[]).filter(
    (path) =>
      statSync(join(root, path)).isFile() && !path.startsWith('.baserock2bst') && path !== 'README.md',
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
