import { describe, expect, test } from 'vitest';
import { codes, only } from './support.js';

describe('owners', () => {
  test.each([
    ['chown a b', 'chown', 'a', 'a -'],
    ['chown a:b c', 'chown', 'a:b', 'a b'],
    ['chown :b c', 'chown', 'b', '- b'],
    ['chown a: c', 'chown', 'a', 'a -'],
    ['chgrp b c', 'chgrp', 'b', '- b'],
    ['chown --from=x a c', 'chown', 'a', 'a -'],
    ['chown --from x a c', 'chown', 'a', 'a -'],
    ['install -o a -g b c d', 'install', 'a:b', 'a b'],
    ['install --owner=a c d', 'install', 'a', 'a -'],
    ['install --group b c d', 'install', 'b', '- b'],
    ['install -S .o --suffix .p -o a c d', 'install', 'a', 'a -'],
  ])('%s', (text, name, shown, line) => {
    expect(only(text)).toMatchObject({
      code: 'needs-root',
      message: `\`${name}\` gives files to \`${shown}\`, which the sandbox refuses`,
      hint: expect.stringContaining(`(a line \`Z <path> - ${line}\` in`),
    });
  });

  test('that only the shell knows may be root, and those of another file are unknown', () => {
    expect(only('chown "$OWNER" a').message).toBe(
      '`chown` gives files to `$OWNER`, which the sandbox refuses unless that is root',
    );
    expect(codes('chown --reference=a b')).toEqual([]);
    expect(codes('chown --reference a b')).toEqual([]);
    expect(codes('chown')).toEqual([]);
    expect(codes('install -m 644 -S o a b')).toEqual([]);
    expect(only('chown +0:root a').code).toBe('root-owner');
  });
});
