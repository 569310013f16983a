import { describe, expect, test } from 'vitest';
import { Lexer } from 'yaml';
import { convert, loadDefinitions, renderProject } from '../../src/index.js';
import { corpora, corpusFolder, describeCorpus, expectedFacts } from '../support/corpus.js';

const BASE = 'strata/build-essential';

/** The comments of a YAML file: lexemes that begin with `#`, but for scalars, which the lexer announces. */
function commentsOf(text: string): string[] {
  const comments: string[] = [];
  let previous = '';
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith('#') && previous !== '\x1f') comments.push(lexeme.trimEnd());
    previous = lexeme;
  }
  return comments;
}

describeCorpus('comments of the definitions', () => {
  test.each(corpora)('%s: every one is in the project', async (corpus) => {
    const expected = expectedFacts(corpus);
    const definitions = await loadDefinitions(corpusFolder(corpus));
    const rendered = [...renderProject(convert(definitions).project, 1)];
    const emitted = new Set(
      rendered.flatMap(([, { content }]) => content.split('\n').map((line) => line.trim())),
    );
    const files = [
      ...Object.keys(expected.strata).filter((key) => key !== BASE),
      ...Object.keys(expected.systems),
      ...Object.entries(expected.chunks)
        .filter(([, { strata }]) => strata.length > 0 && strata[0] !== BASE)
        .map(([key]) => key),
    ];
    let count = 0;
    for (const file of files) {
      const text = definitions.files.get(`${file}.morph`);
      for (const comment of commentsOf(text ?? '')) {
        count += 1;
        expect(emitted, `${file}: ${comment}`).toContain(comment);
      }
    }
    for (const comment of commentsOf(definitions.files.get('DEFAULTS') ?? '')) {
      expect(emitted, comment).toContain(comment);
    }
    console.log(`${corpus}: ${count} lines of comments`);
    expect(count).toBeGreaterThan(0);
  });
});

describe('reading comments for these tests', () => {
  test('knows a comment from a line of a command', () => {
    expect(commentsOf('# a\nb: # c\n- |\n  # d\n')).toEqual(['# a', '# c']);
  });
});
