import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diffProject, writeProject } from '../../../src/index.js';
import { corpora, describeCorpus } from '../../support/corpus.js';
import { renderCorpus } from '../../support/corpus-projects.js';
import { tries } from '../../support/effort.js';
import { type Files, project, put, snapshot, temporaryFolder } from '../write/support.js';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder(true);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let number = 0;
const newFolder = () => join(folder, String(number++));

/** Applies the patches of a comparison with git, as a person would, and without the settings of the machine. */
function applyWithGit(root: string, patches: readonly { patch: string }[]): void {
  if (patches.length === 0) return;
  mkdirSync(root, { recursive: true });
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const input = patches.map(({ patch }) => patch).join('');
  execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
    cwd: root,
    env: { ...env, GIT_DIR: '/nonexistent' },
    input,
  });
}

/** Applies the patches of a comparison with GNU patch. */
function applyWithPatch(root: string, patches: readonly { patch: string }[]): void {
  mkdirSync(root, { recursive: true });
  const input = patches.map(({ patch }) => patch).join('');
  execFileSync('patch', ['--strip=1', '--quiet', '--no-backup-if-mismatch'], { cwd: root, input });
}

async function patchesOf(files: Parameters<typeof diffProject>[0], root: string) {
  const { files: found, diagnostics } = await diffProject(files, root);
  expect(diagnostics).toEqual([]);
  return found;
}

describe('what converting again would change', () => {
  test('is nothing where nothing does', async () => {
    const root = newFolder();
    await writeProject(project({ 'a.bst': 'kind: stack\n' }), root);
    expect(await patchesOf(project({ 'a.bst': 'kind: stack\n' }), root)).toEqual([]);
  });

  test('is told as git does', async () => {
    const root = newFolder();
    await writeProject(project({ 'a.bst': '1\n2\n3\n4\n5\n6\n7\n8\n9\n', 'gone.bst': 'x\n' }), root);
    const found = await patchesOf(
      project({ 'a.bst': '1\n2\n3\n4\nfive\n6\n7\n8\n9\n', 'new.sh': '#!/bin/sh' }),
      root,
    );
    const told = found.filter(({ path }) => !path.startsWith('.'));
    expect(told.map(({ path, change, added, removed }) => [path, change, added, removed])).toEqual([
      ['a.bst', 'changed', 1, 1],
      ['gone.bst', 'removed', 0, 1],
      ['new.sh', 'added', 1, 0],
    ]);
    expect(told.map(({ patch }) => patch).join('')).toBe(`diff --git a/a.bst b/a.bst
index 07193989308c972f8a2d0f1b3a15c29ea4ac565b..4c5701d775286e43e9f53ee570f38b6070b09616 100644
--- a/a.bst
+++ b/a.bst
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
diff --git a/gone.bst b/gone.bst
deleted file mode 100644
index 587be6b4c3f93f93c489c0111bba5596147a26cb..0000000000000000000000000000000000000000
--- a/gone.bst
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/new.sh b/new.sh
new file mode 100755
index 0000000000000000000000000000000000000000..96b4b06ad41630359f54d12db5d43eb52e076ed8
--- /dev/null
+++ b/new.sh
@@ -0,0 +1 @@
+#!/bin/sh
\\ No newline at end of file
`);
  });

  test('leaves alone what a person changed, unless that is to be forced', async () => {
    const root = newFolder();
    const files = project({ 'a.bst': 'kind: stack\n' });
    await writeProject(files, root);
    put(root, { 'a.bst': 'kind: import\n', 'notes.txt': 'mine' });
    expect(await patchesOf(files, root)).toEqual([]);
    const { files: forced } = await diffProject(files, root, { force: true });
    expect(forced.map(({ path, change }) => [path, change])).toEqual([
      ['a.bst', 'changed'],
      ['a.bst.orig', 'added'],
    ]);
    expect(forced[0]!.patch).toContain('-kind: import\n+kind: stack\n');
    applyWithGit(root, forced);
    expect(snapshot(root)).toMatchObject({ 'a.bst': 'kind: stack\n', 'a.bst.orig': 'kind: import\n' });
  });

  test('is what both changed, put together, or what is in conflict', async () => {
    const root = newFolder();
    await writeProject(project({ 'a.bst': '1\n2\n3\n4\n' }), root);
    put(root, { 'a.bst': '1\ntwo\n3\n4\n' });
    const [change] = await patchesOf(project({ 'a.bst': '1\n2\n3\nfour\n' }), root);
    expect(change!.patch).toContain('\n 1\n two\n 3\n-4\n+four\n');
    const next = project({ 'a.bst': '1\nII\n3\n4\n' });
    const { files, diagnostics } = await diffProject(next, root);
    expect(files).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['edit-conflict']);
    const { files: marked } = await diffProject(next, root, { onConflict: 'markers' });
    expect(marked[0]!.patch).toContain('+<<<<<<< changed by hand\n two\n+=======\n+II\n+>>>>>>> changed in');
  });

  test('is nothing where convert would refuse to write', async () => {
    const root = newFolder();
    put(root, { 'notes.txt': 'mine' });
    const { files, diagnostics } = await diffProject(project({ 'a.bst': 'x' }), root);
    expect(files).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['output-not-ours']);
  });

  test('can be what is no text', async () => {
    const root = newFolder();
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 256);
    const first = new Map([['f', { content: bytes }]]);
    applyWithGit(root, await patchesOf(first, root));
    expect(readFileSync(join(root, 'f'))).toEqual(Buffer.from(bytes));
    const second = new Map([['f', { content: bytes.slice(1), executable: true }]]);
    applyWithGit(root, await patchesOf(second, root));
    expect(readFileSync(join(root, 'f'))).toEqual(Buffer.from(bytes.slice(1)));
    writeFileSync(join(root, 'f'), Buffer.from([0xff, 0xfe]));
    const { files } = await diffProject(project({ f: 'text\n' }), root, { force: true });
    applyWithGit(root, files);
    expect(readFileSync(join(root, 'f'), 'utf8')).toBe('text\n');
  });

  test('cannot be told of a folder in the way', async () => {
    const root = newFolder();
    mkdirSync(join(root, 'b.bst'), { recursive: true });
    writeFileSync(join(root, 'b.bst/mine'), '');
    const next = project({ 'a.bst': 'x', 'b.bst': 'y' });
    const { files, diagnostics } = await diffProject(next, root, { force: true });
    expect(files).toEqual([]);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['bad-output', expect.stringContaining('b.bst is a folder')],
    ]);
  });

  const name = fc.constantFrom('a', 'b c', 'ä', 'x"y', 'tab\there', 'back`tick', "it's", 'z');
  const line = fc.constantFrom('', 'a', 'b', ' c', '\td', '+e', '-f', '--- g', '@@ h', 'ü', 'cr\r');
  const content = fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
    .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));
  const tree = fc
    .dictionary(
      fc.tuple(name, fc.option(name)).map(([first, second]) => (second ? `${first}.d/${second}` : first)),
      fc.tuple(content, fc.boolean()),
      { maxKeys: 6 },
    )
    .map(
      (entries): Files =>
        new Map(
          Object.entries(entries).map(([path, [text, executable]]) => [path, { content: text, executable }]),
        ),
    );

  test('gives the very files when git applies it, whatever they are', async () => {
    const check = async (before: Files, after: Files) => {
      const [old, wanted] = [newFolder(), newFolder()];
      await writeProject(before, old);
      await writeProject(after, wanted);
      applyWithGit(old, await patchesOf(after, old));
      expect(withoutFolders(snapshot(old))).toEqual(withoutFolders(snapshot(wanted)));
      expect(await patchesOf(after, old)).toEqual([]);
      for (const each of [old, wanted]) rmSync(each, { recursive: true });
    };
    await fc.assert(fc.asyncProperty(tree, tree, check), { numRuns: tries(30, 150) });
  });
});

const withoutFolders = (found: Record<string, string>) =>
  Object.fromEntries(Object.entries(found).filter(([path]) => !path.endsWith('/')));

describeCorpus('the patch of a whole project', () => {
  test.each(corpora)('gives the project of %s from nothing', async (corpus) => {
    const [made, wanted] = [newFolder(), newFolder()];
    const files = await renderCorpus(corpus, 2);
    await writeProject(files, wanted);
    const patches = await patchesOf(files, made);
    const patched = newFolder();
    applyWithGit(made, patches);
    applyWithPatch(patched, patches);
    expect(snapshot(made)).toEqual(snapshot(wanted));
    expect(snapshot(patched)).toEqual(snapshot(wanted));
  });

  test('gives the newest project from that of the definitions before', async () => {
    const [made, patched, wanted] = [newFolder(), newFolder(), newFolder()];
    await writeProject(await renderCorpus('v3-2015-06', 2), made);
    await writeProject(await renderCorpus('v3-2015-06', 2), patched);
    const files = await renderCorpus('v8-2016-08', 2);
    await writeProject(files, wanted);
    const found = await patchesOf(files, made);
    applyWithGit(made, found);
    applyWithPatch(patched, found);
    expect(snapshot(made)).toEqual(snapshot(wanted));
    expect(withoutFolders(snapshot(patched))).toEqual(snapshot(wanted));
    const count = (change: string) => found.filter((file) => file.change === change).length;
    console.log(`${count('added')} files added, ${count('changed')} changed, ${count('removed')} removed`);
  });
});
