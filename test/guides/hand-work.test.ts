import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  convert,
  type Diagnostic,
  loadDefinitions,
  renderDiagnostics,
  renderProject,
  sortDiagnostics,
  writeProject,
} from '../../src/index.js';
import { applyEdit, handWork, isOfProject, sampleEdits, workedExamples } from '../support/worked-examples.js';

const examples = workedExamples();
const ofDefinitions = (edits: readonly string[]) => edits.filter((edit) => !isOfProject(edit));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-hand-work-'));
  cpSync(join(handWork, 'definitions'), join(folder, 'definitions'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function converted() {
  const definitions = await loadDefinitions(join(folder, 'definitions'));
  const { project, diagnostics } = convert(definitions);
  const all = sortDiagnostics([...definitions.diagnostics, ...diagnostics]);
  /** One diagnostic as the command line shows it. */
  const shown = (diagnostic: Diagnostic) =>
    renderDiagnostics([diagnostic], definitions.files, { colour: false, limit: 1 });
  return { project, all, shown };
}

/** What asks something of a person, without where it stands. */
function asked(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, place, message }) => `${code} ${place?.file} ${message}`);
}

function without(list: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return list.filter((each) => {
    const index = rest.indexOf(each);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

describe('hand work in MIGRATION.md', () => {
  test('shows the edits of the sample, each once', () => {
    expect(examples.flatMap(({ edits }) => edits).sort()).toEqual([...sampleEdits().values()].sort());
  });

  test('has an example of every kind of which the sample has one, and of nothing else', async () => {
    const { all, shown } = await converted();
    const quoted = examples.flatMap(({ reported }) => reported).sort();
    const wanted = all.filter(({ severity }) => severity !== 'info').map(shown);
    expect(quoted.filter((text) => !wanted.includes(text))).toEqual([]);
    // The command is quoted for its owner; the edit settles its mode as well.
    const unquoted = all.filter((each) => each.severity !== 'info' && !quoted.includes(shown(each)));
    expect(unquoted.map(({ code, place }) => `${code} ${place?.file}`)).toEqual([
      'lost-mode strata/hand/mailer.morph',
    ]);
  });

  test.each(examples.filter(({ edits }) => edits.length > 0))('$title', async ({ reported, edits, left }) => {
    const before = await converted();
    for (const edit of ofDefinitions(edits)) applyEdit(folder, edit);
    const after = await converted();
    // Whatever is quoted after the edits is reported then, and nothing else is that was not before.
    const still = after.all.filter((each) => left.includes(after.shown(each)));
    expect(still).toHaveLength(left.length);
    expect(without(without(asked(after.all), asked(before.all)), asked(still))).toEqual([]);
    // Whatever was quoted before is gone.
    const quoted = before.all.filter((each) => reported.includes(before.shown(each)));
    expect(quoted).toHaveLength(reported.length);
    expect(asked(after.all).filter((each) => asked(quoted).includes(each))).toEqual([]);
  });

  test('all edits together leave what deployments take care of', async () => {
    for (const edit of ofDefinitions([...sampleEdits().values()])) applyEdit(folder, edit);
    const { all } = await converted();
    const hints = all
      .filter(({ severity }) => severity !== 'info')
      .map(({ code, hint }) => `${code}: ${hint}`);
    expect(hints).toEqual([
      expect.stringMatching(/^device-nodes: nothing is left to do for deployments/),
      expect.stringMatching(/^lost-setuid: nothing is left to do for deployments/),
    ]);
    expect(all.find(({ code }) => code === 'deployment')?.message).toMatch(/a tar; complete$/);
  });

  test('edits of the project stay when it is converted again', async () => {
    for (const edit of ofDefinitions([...sampleEdits().values()])) applyEdit(folder, edit);
    const target = join(folder, 'project');
    await writeProject(renderProject((await converted()).project, 2), target);
    const edits = [...sampleEdits().values()].filter(isOfProject);
    expect(edits).toHaveLength(1);
    for (const edit of edits) applyEdit(folder, edit);
    const path = join(target, 'elements/strata/hand/speller.bst');
    const edited = readFileSync(path, 'utf8');
    const again = await writeProject(renderProject((await converted()).project, 2), target);
    expect(again.kept).toEqual(['elements/strata/hand/speller.bst']);
    expect(readFileSync(path, 'utf8')).toBe(edited);
    expect(edited).toContain('- kind: remote\n  url: upstream:words.txt\n');
  });
});
