import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { writeProject } from '../../../src/project/write/write-project.js';
import { tries } from '../../support/effort.js';
import { contents, contentsOf, type Files, put, snapshot, temporaryFolder } from './support.js';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder(true);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = fc
  .array(fc.constantFrom('a', 'b', 'c.bst', 'a.orig', 'c.bst.orig'), { minLength: 1, maxLength: 3 })
  .map((names) => names.join('/'));

/** A rendered project in which no path is file and folder at once. */
const tree = fc
  .array(fc.tuple(path, fc.constantFrom('1', '2', '3'), fc.boolean()), { maxLength: 8 })
  .map((entries) => {
    const files: Files = new Map();
    for (const [name, content, executable] of entries) {
      const clashes = [...files.keys()].some(
        (other) => `${other}/`.startsWith(`${name}/`) || `${name}/`.startsWith(`${other}/`),
      );
      if (!clashes) files.set(name, executable ? { content, executable } : { content });
    }
    return files;
  });

/** What a person does to a project: writes, removes, makes a folder or a link. */
const edit = fc.tuple(fc.constantFrom('write', 'write', 'write', 'remove', 'folder', 'link'), path);
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

/** The next version of a project: most of it is as it was. */
function onTop(old: Files, other: Files): Files {
  const names = [...old.keys()];
  const fits = (name: string) =>
    names.every((known) => !`${known}/`.startsWith(`${name}/`) && !`${name}/`.startsWith(`${known}/`));
  return new Map([...old, ...[...other].filter(([name]) => old.has(name) || fits(name))]);
}

/** Edits that a person does to files which were generated. */
function onGenerated(edits: readonly Edit[], old: Files): Edit[] {
  const names = [...old.keys()];
  return edits.map(([kind], index) => [kind, names[index % names.length] ?? 'a']);
}

/** Does the edits; every content is one of its own. */
function doEdits(root: string, edits: readonly Edit[]): void {
  edits.forEach(([kind, name], index) => {
    const place = join(root, name);
    try {
      if (kind === 'remove' || kind === 'link') rmSync(place, { recursive: true, force: true });
      if (kind === 'write') put(root, { [name]: `by hand ${index}` });
      if (kind === 'folder') mkdirSync(place, { recursive: true });
      if (kind === 'link') {
        mkdirSync(dirname(place), { recursive: true });
        symlinkSync(`by hand ${index}`, place);
      }
    } catch {
      // A file where a folder is, or the other way round: then the person did not do it.
    }
  });
}

const isByHand = (content: string) => /by hand \d+$/.test(content);
const withoutFolders = (found: Record<string, string>) =>
  Object.fromEntries(Object.entries(found).filter(([name]) => !name.endsWith('/')));

/**
 * What should be there after a run that was not refused: what was, less what was generated, plus what is now; but what a
 * person made of a generated file, if the definitions did not change it.
 */
function expected(before: Record<string, string>, old: Files, next: Files, force: boolean) {
  const kept = Object.entries(before).filter(([name, content]) => {
    const generated = old.get(name)?.content;
    return !(generated !== undefined && content.replace(/^x /, '') === generated);
  });
  const model = { ...Object.fromEntries(kept), ...contentsOf(next) };
  for (const [name, { content }] of force ? [] : next) {
    const isSame = old.get(name)?.content === content;
    if (!isSame || before[name]?.replace(/^x /, '') === content) continue;
    if (before[name] === undefined) delete model[name];
    else model[name] = before[name];
  }
  return model;
}

const seen = { refused: 0, done: 0, 'set aside': 0, kept: 0, edited: 0 };

it('nothing that a person wrote is lost, whatever was and is generated', async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      tree,
      fc.array(edit, { maxLength: 5 }),
      tree,
      fc.boolean(),
      fc.boolean(),
      async (old, anyEdits, other, isRelated, force) => {
        const next = isRelated ? onTop(old, other) : other;
        const edits = isRelated ? onGenerated(anyEdits, old) : anyEdits;
        const out = join(folder, String(number++), 'out');
        expect((await writeProject(old, out)).diagnostics).toEqual([]);
        expect(contents(out)).toEqual(contentsOf(old));
        doEdits(out, edits);
        const before = withoutFolders(contents(out));
        const all = snapshot(out);

        const preview = await writeProject(next, out, { force, dryRun: true });
        expect(snapshot(out)).toEqual(all);
        const result = await writeProject(next, out, { force });
        expect(preview).toEqual(result);
        const after = withoutFolders(contents(out));

        if (hasErrors(result.diagnostics)) {
          seen.refused++;
          expect(snapshot(out)).toEqual(all);
          return;
        }
        seen.done++;
        if (result.kept.length > 0) seen.kept++;
        if (result.diagnostics.some(({ code }) => code === 'edited-file')) seen.edited++;
        const model = expected(before, old, next, force);
        // Set aside: the only difference to the model there may be, and only with force.
        for (const [name, content] of Object.entries(before).filter(([, content]) => isByHand(content))) {
          if (after[name] === content) continue;
          seen['set aside']++;
          expect(force).toBe(true);
          const keptAs = Object.keys(after).find(
            (other) => after[other] === content && other.startsWith(`${name}.orig`) && !(other in before),
          );
          expect(keptAs).toBeDefined();
          expect(result.kept).toContain(keptAs);
          model[keptAs!] = content;
          if (!next.has(name)) delete model[name];
        }
        expect(after).toEqual(model);
        const again = await writeProject(next, out);
        expect(again).toMatchObject({ written: [], removed: [] });
        expect(withoutFolders(contents(out))).toEqual(after);
        rmSync(dirname(out), { recursive: true });
      },
    ),
    { numRuns: tries(500, 1500) },
  );
  console.log(`random projects and edits: ${JSON.stringify(seen)}`);
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(tries(5, 20));
});
