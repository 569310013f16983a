import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convert, hasErrors, renderProject, writeProject } from '../../../src/index.js';
import { buildEssential, definitionsOf } from '../../support/definitions.js';
import { tries } from '../../support/effort.js';
import { type Files, snapshot, temporaryFolder } from './support.js';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder(true);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What definitions say of one chunk, as far as they change. */
const chunk = fc.record({
  isThere: fc.boolean(),
  ref: fc.constantFrom('1', '2', '3'),
  system: fc.constantFrom('manual', 'autotools', 'cmake'),
  needs: fc.subarray(['a', 'b']),
  commands: fc.subarray(['make', 'make check', './finish', 'cp x y\ncp y z']),
});
type Chunk = typeof chunk extends fc.Arbitrary<infer C> ? C : never;
const tree = fc.record({ b: chunk, c: chunk, d: chunk, description: fc.constantFrom('', 'One.', 'Two.') });
type Tree = typeof tree extends fc.Arbitrary<infer T> ? T : never;

/** The project that a tree becomes. */
function render({ description, ...chunks }: Tree): Files {
  const there = Object.entries(chunks as Record<string, Chunk>).filter(([, { isThere }]) => isThere);
  const entries = [`- {name: a, repo: 'upstream:a', ref: ${'0'.repeat(40)}}`];
  const names = ['a'];
  const files: Record<string, string> = { 'strata/build-essential.morph': buildEssential };
  for (const [name, { ref, system, needs, commands }] of there) {
    const siblings = needs.filter((needed) => names.includes(needed)).join(', ');
    names.push(name);
    entries.push(
      `- name: ${name}\n  morph: strata/s/${name}.morph\n  repo: upstream:${name}`,
      `  ref: ${ref.repeat(40)}\n  build-depends: [${siblings}]`,
    );
    const list = commands.map((command) => `- ${JSON.stringify(command)}\n`).join('');
    files[`strata/s/${name}.morph`] =
      `name: ${name}\nkind: chunk\nbuild-system: ${system}\n${list && `install-commands:\n${list}`}`;
  }
  const about = description && `description: ${description}\n`;
  files['strata/s.morph'] =
    `name: s\nkind: stratum\n${about}build-depends: [{morph: strata/build-essential.morph}]\nchunks:\n${entries.join('\n')}\n`;
  files['systems/x.morph'] = 'name: x\nkind: system\narch: x86_64\nstrata: [{morph: strata/s.morph}]\n';
  const { project, diagnostics } = convert(definitionsOf(files));
  expect(hasErrors(diagnostics)).toBe(false);
  return renderProject(project, 2);
}

/** What a person does to one file: puts a line somewhere, changes one, or removes one. */
const edit = fc.record({
  file: fc.nat(),
  line: fc.nat(),
  what: fc.constantFrom('insert', 'insert', 'change', 'remove'),
});
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

/** Does the edits; every line that is written is one of its own. Gives the files that are other ones now. */
function edited(root: string, files: Files, edits: readonly Edit[]): Map<string, string> {
  const paths = [...files.keys()].filter((path) => /^elements\/s(trata|ystems)|project\.conf/.test(path));
  const changed = new Map<string, string>();
  edits.forEach(({ file, line, what }, index) => {
    const path = paths[file % paths.length]!;
    const lines = readFileSync(join(root, path), 'utf8').split('\n');
    const written = what === 'remove' ? [] : [`# by hand ${index}`];
    lines.splice(line % lines.length, what === 'insert' ? 0 : 1, ...written);
    writeFileSync(join(root, path), lines.join('\n'));
    changed.set(path, lines.join('\n'));
  });
  for (const [path, text] of changed) if (text === files.get(path)!.content) changed.delete(path);
  return changed;
}

const byHand = (content: string) => content.match(/# by hand \d+/g) ?? [];

test('no line that a person wrote is lost, whatever the definitions become', async () => {
  const seen = { kept: 0, merged: 0, conflicts: 0, gone: 0 };
  let number = 0;
  const check = async (
    before: Tree,
    after: Tree,
    edits: readonly Edit[],
    choice: 'markers' | 'ours' | 'theirs',
  ) => {
    const root = join(folder, String(number++));
    const [old, next] = [render(before), render(after)];
    await writeProject(old, root);
    const changed = edited(root, old, edits);
    const all = snapshot(root);

    const first = await writeProject(next, root);
    const isConflict = hasErrors(first.diagnostics);
    if (isConflict) {
      seen.conflicts++;
      expect(first.diagnostics.map(({ code }) => code)).toContain('edit-conflict');
      expect(snapshot(root)).toEqual(all);
      const second = await writeProject(next, root, { onConflict: choice });
      expect(hasErrors(second.diagnostics)).toBe(false);
    }
    for (const [path, mine] of changed) {
      const now = readFileSync(join(root, path), 'utf8');
      if (!next.has(path)) {
        seen.gone++;
        expect(now).toBe(mine);
      } else if (old.get(path)!.content === next.get(path)!.content) {
        seen.kept++;
        expect(now).toBe(mine);
      } else {
        seen.merged++;
        const orig = existsSync(join(root, `${path}.orig`))
          ? readFileSync(join(root, `${path}.orig`), 'utf8')
          : '';
        // Where the definitions were to win, what a person wrote is beside.
        if (orig !== '') expect([choice, isConflict, orig]).toEqual(['theirs', true, mine]);
        else expect(byHand(now)).toEqual(byHand(mine));
      }
    }
    for (const [path, { content }] of next) {
      if (!changed.has(path)) expect(readFileSync(join(root, path), 'utf8')).toBe(content);
    }
    rmSync(root, { recursive: true });
  };
  const choice = fc.constantFrom('markers', 'ours', 'theirs');
  const edits = fc.array(edit, { minLength: 1, maxLength: 6 });
  const numRuns = tries(100, 400);
  await fc.assert(fc.asyncProperty(tree, tree, edits, choice, check), { numRuns });
  console.log(`${numRuns} random changes of definitions and projects: ${JSON.stringify(seen)}`);
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(tries(1, 20));
});
