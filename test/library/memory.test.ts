import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { convert, loadDefinitions, renderProject } from '../../src/index.js';

const dist = new URL('../../dist/', import.meta.url);
const samples = new URL('../../samples/definitions/', import.meta.url);

/** The modules that a module of the bundle imports, and these in turn. */
function importsOf(path: string, seen = new Set<string>()): Set<string> {
  const url = new URL(path, dist);
  const text = readFileSync(url, 'utf8');
  const static_ = [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s*["']([^"']+)["']/gm)];
  const bare = [...text.matchAll(/^import\s*["']([^"']+)["']/gm)];
  const dynamic = [...text.matchAll(/\b(?:import|require)\(["']([^"']+)["']\)/g)];
  for (const name of [...static_, ...bare, ...dynamic].map((match) => match[1]!)) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (name.startsWith('.')) importsOf(new URL(name, url).href, seen);
  }
  return seen;
}

describe('baserock2bst/memory', () => {
  test('needs nothing of Node', () => {
    const imports = [...importsOf('memory.js')];
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((name) => name.startsWith('node:') || builtinModules.includes(name))).toEqual([]);
    expect(imports.filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  test('makes of texts what the whole library makes of files', async () => {
    const memory = (await import(new URL('memory.js', dist).href)) as typeof import('../../src/memory.js');
    const texts = new Map(
      readdirSync(samples, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => {
          const path = `${entry.parentPath}/${entry.name}`;
          return [relative(samples.pathname, path), readFileSync(path, 'utf8')] as const;
        }),
    );
    const inMemory = memory.renderProject(memory.convert(memory.parseDefinitions(texts)).project);
    const fromDisk = renderProject(convert(await loadDefinitions(samples.pathname)).project);
    expect([...inMemory]).toEqual([...fromDisk]);
  });
});
