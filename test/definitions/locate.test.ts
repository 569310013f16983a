import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locator } from '../../src/definitions/locate.js';
import { sourceText } from '../../src/definitions/source-text.js';
import type { Command } from '../../src/index.js';
import { corpora, describeCorpus } from '../support/corpus.js';
import { loadCorpus } from '../support/corpus-projects.js';
import { definitionsOf } from '../support/definitions.js';

const path = 'strata/s.morph';

/** The text of a file with one command, written as given. */
function fileWith(scalar: string): string {
  return `name: s\nkind: stratum\nchunks:\n- name: c\n  build-commands:\n  - ${scalar}\n  - last\n`;
}

function commandIn(file: string): Command {
  return definitionsOf({ [path]: file }).strata[0]!.chunks[0]!.commands.get('build-commands')![0]!;
}

/** `line:column text` of where `word` is found in a command. */
function located(scalar: string, word: string): string {
  const file = fileWith(scalar);
  const command = commandIn(file);
  const start = command.text.indexOf(word);
  expect(start, command.text).toBeGreaterThanOrEqual(0);
  const { line, column, endLine, endColumn } = locator(command, sourceText(file))(start, start + word.length);
  const lines = file.split('\n');
  const rest = lines[line - 1]!.slice(column - 1, endLine === line ? endColumn - 1 : undefined);
  return `${line}:${column} ${rest}${endLine > line ? ` … ${lines[endLine - 1]!.slice(0, endColumn - 1)}` : ''}`;
}

describe('a part of a text is located in', () => {
  test.each<[string, string, string, string]>([
    ['a plain scalar', 'make && chown a', 'chown a', '6:13 chown a'],
    ['a plain scalar over lines', 'make &&\n    chown a\n    b', 'chown a b', '7:5 chown a …     b'],
    ['single quotes', "'it''s; chown a'", 'chown a', '6:13 chown a'],
    ['single quotes over lines', "'make;\n\n    chown a'", 'chown a', '8:5 chown a'],
    ['double quotes', '"a \\"b\\" \\x41\\t chown a"', 'chown a', '6:21 chown a'],
    ['double quotes with escaped lines', '"a\\n\\\n     \\  b; chown a"', 'chown a', '7:12 chown a'],
    ['double quotes with letters in escapes', '"\\u00e9\\U0001f600 chown a"', 'chown a', '6:23 chown a'],
    ['double quotes, where an escape itself is meant', '"a \\"b\\""', '"b"', '6:8 \\"b\\"'],
    ['a literal block', '|\n    make\n      chown a\n    b', 'chown a', '8:7 chown a'],
    ['a literal block with a comment', '|2-   # make\n      chown a', 'chown a', '7:7 chown a'],
    ['a folded block', '>\n    make\n    &&\n\n    chown a', 'chown a', '10:5 chown a'],
    ['a folded block over lines', '>-\n    chown\n    a', 'chown a', '7:5 chown …     a'],
    ['a scalar with an anchor', '&x |\n    chown a', 'chown a', '7:5 chown a'],
    ['a scalar with a tag', '!!str chown a', 'chown a', '6:11 chown a'],
    ['a line that has it twice', '|\n    a chown a', 'chown a', '7:7 chown a'],
  ])('%s', (_, scalar, word, place) => {
    expect(located(scalar, word)).toBe(place);
  });

  test('quotes that stand further left than YAML 1.2 allows', () => {
    expect(located('"make;\nchown a"', 'chown a')).toBe('7:1 chown a');
  });

  test('lines that end as on Windows', () => {
    const file = fileWith('|\n    make\n    chown a').replaceAll('\n', '\r\n');
    const command = commandIn(file);
    const start = command.text.indexOf('chown');
    expect(locator(command, sourceText(file))(start, start + 7)).toMatchObject({
      line: 8,
      column: 5,
      endColumn: 12,
    });
  });
});

test('what is not where it should be has the place of the whole', () => {
  const at = { file: path, line: 7, column: 1, endLine: 7, endColumn: 2 };
  expect(locator({ text: 'chown a', at }, sourceText('a: b\n'))(0, 5)).toBe(at);
  expect(locator({ text: 'chown a', at: { ...at, line: 1 } }, sourceText(''))(0, 5)).toEqual({
    ...at,
    line: 1,
  });
});

test('every word of a text in quotes is found', () => {
  const character = fc.constantFrom(...'ab"\'\\ \t\n\u00e9\u{1f600}#:%'.match(/./gsu)!);
  fc.assert(
    fc.property(fc.string({ unit: character, minLength: 1, maxLength: 20 }), (text) => {
      const file = fileWith(JSON.stringify(`${text} chown a`));
      const command = commandIn(file);
      const start = command.text.length - 7;
      const { line, column, endColumn } = locator(command, sourceText(file))(start, start + 7);
      expect(file.split('\n')[line - 1]!.slice(column - 1, endColumn - 1)).toBe('chown a');
    }),
  );
});

describeCorpus('every word of every command', () => {
  test.each(corpora)('%s: is found where it stands', async (corpus) => {
    const { strata, files } = await loadCorpus(corpus);
    const wrong: string[] = [];
    let count = 0;
    for (const chunk of strata.flatMap(({ chunks }) => chunks)) {
      const integration = chunk.systemIntegration.flatMap(({ commands }) => commands);
      for (const command of [...[...chunk.commands.values()].flat(), ...integration]) {
        const file = files.get(command.at.file)!;
        const words = [...command.text.matchAll(/\S+/g)];
        for (const { 0: word, index } of [words[0]!, words[words.length >> 1]!, words.at(-1)!]) {
          const { line, column, endColumn } = locator(command, sourceText(file))(index, index + word.length);
          const written = file.split('\n', line)[line - 1]!.slice(column - 1, endColumn - 1);
          if (written !== word && written.replaceAll("''", "'") !== word) wrong.push(`${written}: ${word}`);
          count += 1;
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(4000);
  });
});
