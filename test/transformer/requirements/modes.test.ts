import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findInvocations } from '../../../src/shell/invocations.js';
import { mayHoldWords } from '../../../src/shell/quotes.js';
import { givenMode, mayLoseMode } from '../../../src/transformer/requirements/modes.js';
import { codes, only, shellTexts } from './support.js';

describe('modes', () => {
  test.each([
    ['chmod 4755 a', 'chmod', 'setuid', '4755', '4755'],
    ['chmod 2755 a', 'chmod', 'setgid', '2755', '2755'],
    ['chmod 6755 a', 'chmod', 'setuid and setgid', '6755', '6755'],
    ['chmod 7777 a', 'chmod', 'setuid and setgid', '7777', '7777'],
    ['chmod u+s a', 'chmod', 'setuid', 'u+s', '<mode>'],
    ['chmod g+s a', 'chmod', 'setgid', 'g+s', '<mode>'],
    ['chmod +s a', 'chmod', 'setuid and setgid', '+s', '<mode>'],
    ['chmod a+s a', 'chmod', 'setuid and setgid', 'a+s', '<mode>'],
    ['chmod u+w,g+xs a', 'chmod', 'setgid', 'u+w,g+xs', '<mode>'],
    ['chmod u=rwx+s a', 'chmod', 'setuid', 'u=rwx+s', '<mode>'],
    ['install -m4711 a b', 'install', 'setuid', '4711', '4711'],
    ['install --mode=2711 a b', 'install', 'setgid', '2711', '2711'],
  ])('%s: %s makes files %s', (text, name, identities, mode, line) => {
    expect(only(text)).toMatchObject({
      code: 'lost-setuid',
      message: `\`${name}\` makes files ${identities} (\`${mode}\`), which artifacts do not keep`,
      hint: expect.stringContaining(`\`z <path> ${line} root root\``),
    });
  });

  test.each([
    ...[
      '600',
      '640',
      '0600',
      '700',
      '1755',
      '1777',
      '666',
      '664',
      '775',
      '622',
      '757',
      'o-r',
      'g-r',
      'go-r',
      'a-r',
    ],
    ...['-r', '-rw', 'g+w', 'o+w', 'a+w', 'go=', 'o=', 'g=x', 'o=w', 'u+x,o-r', 'g=rw', '+t', 'o+t', '00600'],
  ])('chmod %s is lost', (mode) => {
    const { code, message } = only(`chmod ${mode} "$DESTDIR/a"`);
    expect(code).toBe('lost-mode');
    expect(message).toBe(`\`chmod\` gives the mode \`${mode}\`, which artifacts do not keep`);
  });

  test.each([
    ...[
      '644',
      '755',
      '0755',
      '00644',
      '444',
      '555',
      '+x',
      'a+x',
      'u+w',
      'u-s',
      'ug-s',
      'a-t',
      'u=rwx',
      'go=u',
      'o=r',
    ],
    ...[
      'g=rx',
      'a=rX',
      'u-r',
      'u=',
      '+w',
      '-w',
      'go-w',
      'o=g',
      'x+z',
      '8755',
      '7555555',
      'u*x',
      'u+x,',
      'aa',
    ],
  ])('chmod %s keeps what artifacts keep, or is none', (mode) => {
    expect(codes(`chmod ${mode} "$DESTDIR/a"`)).toEqual([]);
  });

  test('of files that stay in the build are nobody’s business', () => {
    expect(codes('chmod 600 a')).toEqual([]);
    expect(codes('install -m 600 a b')).toEqual([]);
    expect(codes('install -m 600 a b c/')).toEqual([]);
    expect(codes('chmod --reference=a "$DESTDIR/b"')).toEqual([]);
    expect(codes('chmod -v --reference=a 600 "$DESTDIR/b"')).toEqual([]);
    expect(codes('chmod')).toEqual([]);
  });

  const given = (text: string) => {
    const [command] = findInvocations(text);
    return givenMode(command!);
  };

  test.each<[string, string | undefined, string[], boolean]>([
    ['chmod 0600 /a /b', '600', ['/a', '/b'], false],
    ['chmod 00600 /a', '600', ['/a'], false],
    ['chmod 04755 /a', '4755', ['/a'], false],
    ['chmod 7 /a', '007', ['/a'], false],
    ['chmod u+s /a', '4755', ['/a'], false],
    ['chmod g+s /a', '2755', ['/a'], false],
    ['chmod ug+s /a', '6755', ['/a'], false],
    ['chmod a+s /a', '6755', ['/a'], false],
    ['chmod +s /a', '6755', ['/a'], false],
    ['chmod u+xs /a', undefined, ['/a'], false],
    ['chmod go= /a', undefined, ['/a'], false],
    ['chmod -R 600 /a', undefined, ['/a'], false],
    ['chmod -vR 600 /a', undefined, ['/a'], false],
    ['chmod --recursive 600 /a', undefined, ['/a'], false],
    ['chmod -v 600 /a', '600', ['/a'], false],
    ['install -m 600 x /a', '600', ['/a'], true],
    ['install -m 600 x /a/', '600', ['/a/x'], true],
    ['install -m 600 d/x d/y /a', '600', ['/a/x', '/a/y'], true],
    ['install -m 600 -t /a// d/x', '600', ['/a/x'], true],
    ['install --target-directory=/a -m 600 x', '600', ['/a/x'], true],
    ['install -d -m 700 /a /b', '700', ['/a', '/b'], false],
    ['install -dm 700 /a', '700', ['/a'], false],
    ['install --directory --mode 700 /a', '700', ['/a'], false],
    ['install -Dm 600 -S .old x /a', '600', ['/a'], true],
    ['mkdir -m 700 /a', '700', ['/a'], false],
    ['mkdir --mode=1777 /a', '1777', ['/a'], false],
  ])('%s', (text, octal, paths, isFileInFolder) => {
    expect(given(text)).toEqual({ octal, paths, isFileInFolder });
  });

  test.each([
    'chmod 755 /a',
    'install -m 644 x /a',
    'mkdir /a',
    'install x /a',
    'chown a /a',
    'chmod x+z /a',
  ])('%s gives none that is lost', (text) => expect(given(text)).toBeUndefined());
});

describe('seeing without parsing that no mode is lost', () => {
  test.each([
    'chmod 4755 a',
    'chmod "4755" a',
    "chmod 47'55' a",
    'chmod 47\\\n55 a',
    "chmod $'4755' a",
    "chmod $'\\x34755' a",
    'chmod $"4755" a',
    'chmod 4755; ls',
    'sh -c "chmod \\"4755\\" a"',
    "install -m'4755' a b",
    'install -Dm4755 a b',
    'install "--mode=4755" a b',
    'mkdir --mode "u+s" a',
    'chmod go= a',
    'chmod -r a',
  ])('%s loses one', (text) => {
    expect(mayHoldWords(text, mayLoseMode)).toBe(true);
  });

  test.each([
    'chmod 755 a',
    'install -m 0644 a-1 b/2.0',
    "chmod '+x' a",
    'mkdir -pm755 a',
    'chmod u+w,go-w a',
  ])('%s does not', (text) => {
    expect(mayHoldWords(text, mayLoseMode)).toBe(false);
  });

  test('what is seen to lose no mode has no command that gives one, whatever the words and quotes', () => {
    const words =
      'chmod install mkdir -m -Dm --mode --mode= -d -R +s 4755 755 0 644 u = -r o+w , go \\x34 \\64';
    const text = shellTexts(words);
    let given = 0;
    fc.assert(
      fc.property(text, fc.constantFrom('chmod ', 'install -m', 'sh -c "chmod '), (rest, start) => {
        if (!findInvocations(start + rest).some((command) => givenMode(command))) return;
        given += 1;
        expect(mayHoldWords(start + rest, mayLoseMode), start + rest).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(given).toBeGreaterThan(100);
  });
});
