import { describe, expect, test } from 'vitest';
import { only } from './support.js';

describe('accounts', () => {
  test.each([
    ['useradd -r -d /var/lib/a a', 'useradd', 'a', '/var/lib/a'],
    ['useradd --home /srv/a --gid 5 a', 'useradd', 'a', '/srv/a'],
    ['useradd --home-dir=/srv/a a', 'useradd', 'a', '/srv/a'],
    ['adduser -h /srv/a -D a', 'adduser', 'a', '/srv/a'],
    ['adduser --home /srv/a a', 'adduser', 'a', '/srv/a'],
  ])('%s: the home', (text, name, account, home) => {
    expect(only(text, 'integration')).toMatchObject({
      code: 'account',
      message: `\`${name}\` for \`${account}\` changes the accounts of the system`,
      hint: expect.stringContaining(`a line \`d ${home} 0750 ${account} -\``),
    });
  });

  test.each([
    'useradd -r a',
    'useradd -d home a',
    'usermod -d /srv/a a',
    'groupadd -g 5 a',
    'useradd -d /srv/a',
  ])('%s: no home that can be named', (text) =>
    expect(only(text, 'integration').hint ?? '').not.toContain('its home folder'),
  );

  test('name whom they change, if anybody', () => {
    expect(only('groupadd -g 5 a').message).toBe(
      '`groupadd` for `a` changes the accounts of the build sandbox, which cannot be written',
    );
    expect(only('useradd --uid 5 a').message).toContain('for `a`');
    expect(only('chpasswd').message).toContain('`chpasswd` changes');
  });
});
