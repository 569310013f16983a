import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { convert, type Diagnostic, isFailure, loadDefinitions, renderProject } from '../../src/index.js';
import { contents, contentsOf, temporaryFolder } from '../project/write/support.js';
import { describeBuildStream } from '../support/buildstream.js';
import { corpora, corpusFolder, describeCorpus, expectedFacts } from '../support/corpus.js';

/** A stratum of the newest tree that some systems need, some directly and some by way of others. */
const BROKEN = 'strata/wayland-generic';

describeCorpus('a stratum with an unresolved merge conflict', () => {
  const folder = temporaryFolder();
  const definitions = join(folder, 'definitions');
  const { systems, strata } = expectedFacts(corpora[0]);
  const needed = new Map(Object.keys(systems).map((key) => [key, reachable(key)]));
  const healthy = [...needed].flatMap(([key, below]) => (below.has(BROKEN) ? [] : [key])).sort();
  let line: number;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(() => {
    cpSync(corpusFolder(corpora[0]), definitions, { recursive: true });
    const file = join(definitions, `${BROKEN}.morph`);
    const lines = readFileSync(file, 'utf8').split('\n');
    const at = lines.findIndex((each) => /^ {2}ref: /.test(each));
    const ours = lines[at]!;
    lines.splice(at, 1, '<<<<<<< HEAD', ours, '=======', '  ref: master', '>>>>>>> newer');
    writeFileSync(file, lines.join('\n'));
    line = at + 1;
  });

  /** The strata that a system needs, according to ybd. */
  function reachable(system: string): Set<string> {
    const found = new Set<string>();
    const open = systems[system]!.strata.map(([stratum]) => stratum);
    for (let stratum = open.pop(); stratum !== undefined; stratum = open.pop()) {
      if (found.has(stratum)) continue;
      found.add(stratum);
      open.push(...strata[stratum]!.buildDepends);
    }
    return found;
  }

  async function run(...flags: string[]) {
    const out = join(folder, 'out');
    rmSync(out, { recursive: true, force: true });
    let stdout = '';
    const io = {
      stdout: (text: string) => {
        stdout += text;
      },
      stderr: () => {},
      colour: false,
      machine: 'x64',
    };
    const code = await main(
      ['convert', definitions, out, '--name', 'baserock', '--json', '--all', ...flags],
      io,
    );
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    const errors = diagnostics.filter(isFailure);
    return { code, out, errors, diagnostics };
  }

  test('is a case of its own: some systems need it and some do not', () => {
    expect(healthy.length).toBeGreaterThan(10);
    expect(needed.size - healthy.length).toBeGreaterThan(3);
  });

  test('is reported with file and line, is the only error, and nothing is written', async () => {
    const { code, out, errors } = await run();
    expect(code).toBe(2);
    expect(existsSync(out)).toBe(false);
    expect(errors).toMatchObject([
      { code: 'merge-conflict', place: { file: `${BROKEN}.morph`, line, column: 1 } },
    ]);
  });

  test('--keep-going converts just the systems that do not need it, as they are without the conflict', async () => {
    const { code, out, errors, diagnostics } = await run('--keep-going');
    expect(code).toBe(1);
    expect(errors).toMatchObject([{ code: 'merge-conflict', place: { file: `${BROKEN}.morph`, line } }]);
    const written = contents(out);
    const made = Object.keys(written).filter((path) => /^elements\/(?:.*\/)?systems\/[^/]*$/.test(path));
    expect(made.sort()).toEqual(healthy.map((key) => `elements/${key}.bst`).sort());
    const left = diagnostics.filter(({ code }) => code === 'left-out').map(({ place }) => place!.file);
    const ill = [...needed].flatMap(([key, below]) => (below.has(BROKEN) ? [`${key}.morph`] : []));
    expect(left.filter((file) => systems[file.replace('.morph', '')])).toEqual(ill.sort());

    const full = await loadDefinitions(corpusFolder(corpora[0]));
    const whole = contentsOf(renderProject(convert(full).project, 2));
    expect(whole).toMatchObject(written);
    console.log(
      `${made.length} systems converted, ${ill.length} left out, ${Object.keys(written).length} files`,
    );
  });

  // Each architecture is a run of its own, and BuildStream 2 takes its time: it is asked for all with
  // BASEROCK2BST_ALL_TREES=1 only.
  const isThorough = Boolean(process.env.BASEROCK2BST_ALL_TREES);
  describeBuildStream(1, 'what is left loads', (bst) => loads(bst, '1', healthy));
  describeBuildStream(2, 'what is left loads', (bst) =>
    loads(bst, '2', isThorough ? healthy : healthy.filter((key) => systems[key]!.arch === 'x86_64')),
  );

  function loads(
    bst: Parameters<Parameters<typeof describeBuildStream>[2]>[0],
    version: string,
    keys: string[],
  ) {
    afterAll(() => bst.remove());
    test('all systems, with all that they need', async () => {
      const { out } = await run('--keep-going', '--buildstream', version);
      const byArch = new Map<string, string[]>();
      for (const key of keys) {
        const { arch } = systems[key]!;
        byArch.set(arch, [...(byArch.get(arch) ?? []), `${key}.bst`]);
      }
      const loaded = new Set<string>();
      for (const [arch, targets] of byArch) {
        for (const name of await bst.show(out, ['--option', 'arch', arch], targets)) loaded.add(name);
      }
      expect([...loaded]).toEqual(expect.arrayContaining(keys.map((key) => `${key}.bst`)));
      expect([...loaded].filter((name) => name.startsWith(BROKEN))).toEqual([]);
    });
  }
});
