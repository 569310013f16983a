import { describe, expect, test } from 'vitest';
import { Lexer } from 'yaml';
import { corpora, describeCorpus, expectedFacts } from '../support/corpus.js';
import { loadCorpus, renderCorpus } from '../support/corpus-projects.js';
import { textFiles } from '../support/text-files.js';

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
    const definitions = await loadCorpus(corpus);
    const rendered = [...textFiles(await renderCorpus(corpus, 1))];
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

/** The first lines of plain commands, each with the comment right above it. */
function commented(text: string): { comment: string; command: string }[] {
  return [...text.matchAll(/^ *(#.*)\n *- ([^\s|>&*'"{[-][^#\n]*)$/gm)].map(([, comment, command]) => ({
    comment: comment!.trimEnd(),
    command: command!.trim(),
  }));
}

describeCorpus('a comment above a command', () => {
  test.each(corpora)('%s: is above it in the element', async (corpus) => {
    const expected = expectedFacts(corpus);
    const definitions = await loadCorpus(corpus);
    const elements = [...textFiles(await renderCorpus(corpus, 1))].map(([, { content }]) => content);
    const chunks = Object.entries(expected.chunks).filter(
      ([, { strata }]) => strata.length > 0 && strata[0] !== BASE,
    );
    let count = 0;
    for (const [file] of chunks) {
      for (const { comment, command } of commented(definitions.files.get(`${file}.morph`) ?? '')) {
        const wanted = `${comment}\n- ${command}`;
        const guarded = `${comment}\n- |-\n%{system-only}\n${command}`;
        const isAbove = (content: string) => {
          const plain = content.replace(/^ +/gm, '');
          return plain.includes(wanted) || plain.includes(guarded);
        };
        expect(elements.some(isAbove), `${file}: ${wanted}`).toBe(true);
        count += 1;
      }
    }
    console.log(`${corpus}: ${count} commands with a comment above`);
  });
});

describe('reading comments for these tests', () => {
  test('knows a comment from a line of a command', () => {
    expect(commentsOf('# a\nb: # c\n- |\n  # d\n')).toEqual(['# a', '# c']);
  });
});
