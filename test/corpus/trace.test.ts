import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Lines,
  type ProjectFile,
  traceDefinition,
  traceElement,
  writeProject,
} from '../../src/index.js';
import { parseProvenance, renderProvenance } from '../../src/project/trace/provenance.js';
import { temporaryFolder } from '../project/write/support.js';
import { corpora, describeCorpus } from '../support/corpus.js';
import { loadCorpus, renderCorpus } from '../support/corpus-projects.js';
import { tries } from '../support/effort.js';

/** What a project keeps of the origins of its files, by path. */
const originsOf = (files: ReadonlyMap<string, ProjectFile>) => parseProvenance(renderProvenance(files))!;

/** Letters and digits alone: quotes, white space and line breaks are YAML's business. */
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** What a line of an element has to have in common with the lines of the definitions that it comes from. */
function evidence(line: string): { kind: string; text: string } {
  const content = line.trim();
  const script = /^# (\S+) of \S+ \(\S+\)$/.exec(content);
  if (content.startsWith('#')) return { kind: 'comment', text: script?.[1] ?? content.slice(1) };
  const isStructure =
    /^(?:- )?[^\s"']+: ?(?:\|[-2]*|\[\]|True|False)?$/.test(content) ||
    /^- (?:\|[-2]*|kind: git)$/.test(content) ||
    /^(?:\(!\)|- arch !=)/.test(content) ||
    content === '%{system-only}';
  if (isStructure) return { kind: 'structure', text: '' };
  if (content.startsWith('kind: ')) return { kind: 'plugin', text: 'build-system' };
  if (/^- (?:base\.bst|base\/[a-z]+\.bst)$/.test(content)) return { kind: 'base', text: 'build-essential' };
  const step = /^- \/steps\/(\S+) ?(\S*)/.exec(content);
  if (step) return { kind: 'step', text: textOfStep(step[1]!, step[2]!) };
  const variable = /^([A-Z][A-Z0-9_]*): /.exec(content);
  if (variable && !content.startsWith('PATH: ')) return { kind: 'variable', text: settingOf(variable[1]!) };
  const needed = /^- (?:\S+\/)?([^/\s]+)\.bst$/.exec(content.replace('/build-deps.bst', '.bst'));
  if (needed) return { kind: 'dependency', text: needed[1]! };
  const search = /^PATH: (.*?)\/bin:/.exec(content);
  if (search) return { kind: 'setting', text: search[1]! };
  const path = /^(?:build|install)-root: \/(.+)\.(?:build|inst)$/.exec(content);
  if (path) return { kind: 'setting', text: path[1]! };
  const scalar = /^(?:url|track|ref|description|prefix): (.+)$/.exec(content);
  if (scalar) return { kind: 'field', text: scalar[1]! };
  return { kind: 'command', text: content.replace(/^- /, '').replaceAll('%{pct}', '%') };
}

/** What a step of a deployment is called in the definitions: an extension, a subsystem; a copy comes before all. */
function textOfStep(step: string, argument: string): string {
  if (step === 'copy-system') return '';
  if (step === 'install-files') return 'install';
  if (step === 'add-subsystem') return argument;
  return step === 'extension' ? argument.replace(/\.configure$/, '') : step;
}

/** What a variable of the environment is called in the definitions. */
function settingOf(variable: string): string {
  return variable === 'MAKEFLAGS' ? 'max-jobs' : variable;
}

/** True if lines of a definition say what a line of an element says. */
function supports(definition: string, { file, line, endLine }: Lines, kind: string, text: string): boolean {
  const lines = definition.split('\n');
  if (endLine > lines.length) return false;
  // A comment stands near what it speaks of; the selection of artifacts is a list inside what is selected from.
  // A long value stands below its key.
  const near = kind === 'comment' ? 60 : kind === 'selection' ? 3 : kind === 'variable' ? 1 : 0;
  const found = bare(lines.slice(Math.max(0, line - 1 - near), endLine + near).join('\n'));
  const isStack = kind === 'dependency' && file.endsWith(`/${text}.morph`) && found.includes('morph');
  return isStack || found.includes(bare(text));
}

/** Lines with what they have to have in common; globs are no text of the definitions, but the artifact is. */
function evidences(lines: readonly string[]): { kind: string; text: string }[] {
  let domain: string | undefined;
  let isSplit = false;
  let isSelection = false;
  return lines.map((line) => {
    if (/^ {0,4}\S/.test(line)) isSplit = /^ {4}split-rules:/.test(line);
    if (/^ {0,2}[^\s-]/.test(line)) isSelection = /^ {2}(?:include|exclude):/.test(line);
    if (!isSplit) return isSelection ? { kind: 'selection', text: 'artifacts' } : evidence(line);
    domain = /^ {6}'?([^\s':-][^':]*)'?:/.exec(line)?.[1] ?? domain;
    return { kind: 'glob', text: domain === 'all' ? '' : (domain ?? '') };
  });
}

describeCorpus('tracing', () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder(true);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(corpora)('every line of an element of %s comes from lines that say the same', async (corpus) => {
    const definitions = await loadCorpus(corpus);
    const files = await renderCorpus(corpus, 2);
    const counts: Record<string, number> = {};
    const wrong: string[] = [];
    for (const [path, origins] of originsOf(files)) {
      if (!path.startsWith('elements/')) continue;
      const { content } = files.get(path)!;
      expect(origins.whole.length).toBeGreaterThan(0);
      const lines = String(content).split('\n').slice(0, -1);
      expect(origins.lines.length).toBeLessThanOrEqual(lines.length);
      evidences(lines).forEach(({ kind, text }, index) => {
        const origin = origins.lines[index];
        if (!origin) return;
        counts[kind] = (counts[kind] ?? 0) + 1;
        if (!supports(definitions.files.get(origin.file)!, origin, kind, text)) {
          wrong.push(
            `${path}:${index + 1} ${lines[index]} <- ${origin.file}:${origin.line}-${origin.endLine}`,
          );
        }
      });
    }
    console.log(`${corpus}: ${JSON.stringify(counts)}`);
    expect(wrong).toEqual([]);
    for (const kind of ['command', 'dependency', 'field']) expect(counts[kind]).toBeGreaterThan(1000);
  });

  test('answers for random lines, before and after a person changed the files', async () => {
    const definitions = await loadCorpus('v8-2016-08');
    const files = await renderCorpus('v8-2016-08', 2);
    const root = join(folder, 'project');
    await writeProject(files, root);
    const elements = [...originsOf(files)].filter(([path]) => path.startsWith('elements/'));
    let [exact, byHand] = [0, 0];
    const check = (pick: number, linePick: number, at: number) => {
      const [path, origins] = elements[pick % elements.length]!;
      const { content } = files.get(path)!;
      const name = path.replace('elements/', '');
      const lines = String(content).split('\n').slice(0, -1);
      const index = linePick % lines.length;
      const own = origins.lines[index];
      const expected = (own ? [own] : origins.whole).map(({ file, line, endLine }) => ({
        file,
        line,
        endLine,
      }));
      const kind = 'generated';
      const asked = { file: path, kind, isExact: own !== undefined, origins: expected };
      expect(traceElement(root, name, index + 1).answer).toEqual({ ...asked, line: index + 1 });
      if (own) {
        exact++;
        const { kind: what, text } = evidences(lines)[index]!;
        expect(supports(definitions.files.get(own.file)!, own, what, text)).toBe(true);
      }
      // A person puts two lines somewhere: what is below them moves, and they themselves come from nowhere.
      const place = at % (lines.length + 1);
      const edited = [...lines.slice(0, place), '# by hand', '# by hand, too', ...lines.slice(place)];
      writeFileSync(join(root, path), `${edited.join('\n')}\n`);
      const now = index + 1 + (place <= index ? 2 : 0);
      expect(traceElement(root, name, now).answer).toEqual({ ...asked, line: now });
      expect(traceElement(root, name, place + 2).answer).toMatchObject({ kind: 'by hand', origins: [] });
      if (own) {
        const back = traceDefinition(root, own.file, own.line).answer!;
        expect(back.some(({ file, line, endLine }) => file === path && line <= now && now <= endLine)).toBe(
          true,
        );
      } else byHand++;
      writeFileSync(join(root, path), content);
    };
    fc.assert(fc.property(fc.nat(), fc.nat(), fc.nat(), check), { numRuns: tries(40, 200) });
    console.log(`${exact} lines with an origin of their own, ${byHand} without`);
    expect(exact).toBeGreaterThan(tries(10, 100));
  }, 900_000);
});
