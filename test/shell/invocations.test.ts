import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findInvocations } from '../../src/shell/invocations.js';
import { tries } from '../support/effort.js';

/** What `findInvocations` takes for `chown` in a text, as it stands there. */
function chowns(text: string): string[] {
  return findInvocations(text)
    .filter(({ name }) => name === 'chown')
    .map(({ start, end }) => text.slice(start, end));
}

describe('a command is found', () => {
  test.each<[string, string, ...string[]]>([
    ['alone', 'chown a b', 'chown a b'],
    ['without redirections and comments', 'chown a b >c 2>&1 # chown d', 'chown a b'],
    ['over several lines', 'chown a \\\n  b', 'chown a \\\n  b'],
    ['after another one', 'cd x && chown a; chown b || chown c', 'chown a', 'chown b', 'chown c'],
    ['in a pipe', 'echo x | chown a & chown b', 'chown a', 'chown b'],
    ['in a subshell and a group', '(chown a); { chown b; }', 'chown a', 'chown b'],
    [
      'in conditions and branches',
      'if chown a; then chown b; elif ! chown c; then chown d; else chown e; fi',
      'chown a',
      'chown b',
      'chown c',
      'chown d',
      'chown e',
    ],
    ['in loops', 'for f in chown; do chown $f; done; while chown a; do :; done', 'chown $f', 'chown a'],
    ['in branches of a case', 'case $a in chown) chown b;; *) chown c;; esac', 'chown b', 'chown c'],
    ['in a function', 'f() { chown a; }; f', 'chown a'],
    ['in substitutions', 'x=$(chown a) y=`chown b` echo "$(chown c)"', 'chown a', 'chown b', 'chown c'],
    ['in escaped backquotes', 'echo `echo \\`chown a\\``', 'chown a'],
    ['in a default value', 'echo ${x:-$(chown a)}', 'chown a'],
    ['with assignments', 'A=b C="d e" chown a', 'chown a'],
    [
      'with quotes in its name',
      "\"chown\" a; 'chown' b; ch'o'wn c; \\chown d",
      '"chown" a',
      "'chown' b",
      "ch'o'wn c",
      '\\chown d',
    ],
    [
      'by its path',
      '/bin/chown a; /usr/sbin/chown b; $PREFIX/bin/chown c',
      '/bin/chown a',
      '/usr/sbin/chown b',
      '$PREFIX/bin/chown c',
    ],
    ['as the default of a variable', '${CHOWN:-chown} a', '${CHOWN:-chown} a'],
    [
      'behind sudo',
      'sudo -u x -E A=b chown a; sudo -ux chown b; $SUDO chown c',
      'chown a',
      'chown b',
      'chown c',
    ],
    ['behind env', 'env -i -u X A=b chown a; env -- chown b', 'chown a', 'chown b'],
    ['behind several wrappers', 'nohup nice -n 5 timeout -k 1 9 chown a', 'chown a'],
    ['behind command and exec', 'command chown a; exec chown b', 'chown a', 'chown b'],
    ['behind time and !', 'time chown a; ! chown b', 'chown a', 'chown b'],
    ['behind xargs', 'find . -print0 | xargs -0 -n 1 chown a', 'chown a'],
    [
      'after -exec of find',
      'find . -exec chown a {} \\; -o -execdir chown b {} +',
      'chown a {}',
      'chown b {}',
    ],
    ['in busybox', 'busybox chown a', 'chown a'],
    ['in a script of a shell', 'sh -c \'cd x && chown a\'; bash -euxc "chown b"', 'chown a', 'chown b'],
    ['in a script with quotes', 'sh -c "chown \\"a b\\" \\$c"', 'chown \\"a b\\" \\$c'],
    ['in a script of a script', `sh -c "sh -c 'chown a'"`, 'chown a'],
    ['after options of a shell', 'bash -o pipefail -c -e "chown a"', 'chown a'],
    [
      'in a here-document that a shell reads',
      'sh -s <<EOF\nchown a\nEOF\nbash <<< "chown b"',
      'chown a',
      'chown b',
    ],
    ['in a here-document that is expanded', 'cat <<EOF\n$(chown a)\nEOF', 'chown a'],
    ['in what su runs', "su x -c 'chown a'; runuser -u x -- true", 'chown a'],
    ['in words of eval and trap', "eval chown 'a'; trap 'chown b' EXIT", "chown 'a", 'chown b'],
    ['in a script that is put together', 'sh -c "chown $(chown a) b"', 'chown $(chown a) b', 'chown a'],
    ['in broken shell', 'if chown a; then (', 'chown a'],
    ['in shell with quotes that are open', 'chown a\necho "\nchown b', 'chown a', 'chown b'],
    ['in shell that is broken further up', ')\nmake && sudo chown a', 'chown a'],
  ])('%s', (_, text, ...found) => {
    expect(chowns(text)).toEqual(found);
  });
});

describe('a word is not a command', () => {
  test.each([
    ['in a comment', '# chown a\nmake # chown b'],
    ['in a here-document', "cat >x <<'EOF'\nchown a\n$(chown b)\nEOF"],
    ['in a here-document with tabs', 'cat <<-EOF\n\tchown a\n\tEOF'],
    ['in single quotes', "echo 'chown a; chown b'"],
    ['in double quotes', 'echo "chown a; `echo chown`"'],
    ['as an argument', 'echo chown a; make chown; which chown'],
    ['as a value', 'A=chown; B="chown a" make'],
    ['as a pattern', 'case $a in chown) ;; esac'],
    ['as a name of a function, or where that is called', 'chown() { :; }; chown a'],
    ['as a part of a name', 'chown-all a; ./chown-x; lchown b; chown.sh'],
    ['as a program of the sources', './chown a; scripts/chown b; "$DESTDIR/bin/chown" c'],
    ['where commands are looked for', 'command -v chown; type chown; hash chown'],
    ['as a file that a shell runs', 'sh chown; sh ./x -c "chown a"; bash x <<EOF\nchown a\nEOF'],
    ['as a list of a loop', 'for f in chown chgrp; do echo $f; done'],
    ['in arithmetic', 'echo $((chown + 1))'],
    ['as a target of a redirection', 'echo >chown <chown'],
  ])('%s', (_, text) => {
    expect(chowns(text)).toEqual([]);
  });
});

/** Milliseconds of this process: other ones do not count. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe('whatever the text', () => {
  const pieces = [
    ...['chown a', 'sudo ', 'env ', 'sh -c ', 'eval ', 'find . -exec ', 'if ', 'then ', 'fi', 'case x in '],
    ...[
      'esac',
      'do ',
      'done',
      '<<E\n',
      'E\n',
      '\n',
      ' ',
      ';',
      '&&',
      '|',
      '(',
      ')',
      '{ ',
      '}',
      '$(',
      '`',
      '\\`',
    ],
    ...[
      '"',
      "'",
      "$'",
      '\\',
      '#',
      '${a:-',
      '$((',
      '[[ ',
      ']]',
      '<(',
      '@(',
      '*',
      '=',
      'x() ',
      '\0',
      '\u2028',
      '\ud800',
    ],
  ];

  test('it is read without an exception, and what is found lies in it', () => {
    const texts = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    let slowest = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const before = cpuTime();
        for (const { start, end, words } of findInvocations(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(start).toBeLessThanOrEqual(end);
          expect(words.length).toBeGreaterThan(0);
        }
        slowest = Math.max(slowest, cpuTime() - before);
      }),
      { numRuns: Number(process.env.BASEROCK2BST_FUZZ_RUNS ?? tries(1000, 5000)) },
    );
    expect(slowest).toBeLessThan(1000);
  });

  test('a command on a line of its own is found', () => {
    const text = fc
      .array(fc.constantFrom('make', 'cd x', 'echo "a b"', "sed 's/a/b/'", '# note', ''))
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(chowns(`${before}\nchown a\n${after}`)).toEqual(['chown a']);
      }),
    );
  });

  test.each(pieces.map((piece) => [piece]))('twenty thousand of %j take no time', (piece) => {
    const before = cpuTime();
    findInvocations(`chown a ${piece.repeat(20_000)}`);
    for (const other of pieces) findInvocations((piece + other).repeat(60));
    expect(cpuTime() - before).toBeLessThan(1000);
  });
});
