import { describe, expect, test } from 'vitest';
import { convertTree, deploying, tree } from './support.js';

function modesOf(commands: readonly string[], fields = ''): { lines: string[]; said: string[] } {
  const files = tree(deploying('type: tar'));
  files['strata/s.morph'] = files['strata/s.morph']!.replace(
    /install-commands: .*/,
    `${fields}install-commands:\n${commands.map((command) => `  - ${JSON.stringify(command)}\n`).join('')}`,
  );
  const { files: rendered, said } = convertTree(files);
  const text = rendered.get('files/clusters/c/d/deployment/modes')?.content ?? '';
  return { lines: text.split('\n').filter((line) => line !== '' && line !== '# linux'), said };
}

describe('modes that artifacts lose', () => {
  test.each([
    ['chmod 6755 "$DESTDIR"/bin/busybox', ['?6755 0 0 /bin/busybox']],
    ['chmod 04755 ${DESTDIR}$PREFIX/bin/su "$DESTDIR/bin/x"', ['?4755 0 0 /usr/bin/su', '?4755 0 0 /bin/x']],
    ['chmod u+s "$DESTDIR/bin/su"', ['?4755 0 0 /bin/su']],
    ['chmod g+s "$DESTDIR/bin/wall"', ['?2755 0 0 /bin/wall']],
    ['chmod 0600 "$DESTDIR"/etc/shadow', ['?600 0 0 /etc/shadow']],
    ['install -m 4755 src/su "$DESTDIR/bin/su"', ['?4755 0 0 /bin/su']],
    [
      'install -m 0440 a b "$DESTDIR/etc/sudoers.d/"',
      ['?440 0 0 /etc/sudoers.d/a', '?440 0 0 /etc/sudoers.d/b'],
    ],
    ['install -m 640 -t "$DESTDIR/etc" x/c', ['?640 0 0 /etc/c']],
    ['install -d -m 1777 "$DESTDIR/var/spool"', ['?1777 0 0 /var/spool']],
    ['mkdir -p -m 0700 "$DESTDIR/root"', ['?700 0 0 /root']],
  ])('%s: are given again', (command, expected) => {
    const { lines, said } = modesOf([command]);
    expect(lines).toEqual(expected);
    expect(said.filter((line) => /^lost-/.test(line))).toEqual([
      expect.stringContaining(': deployments give it again'),
    ]);
  });

  test.each([
    'chmod 4755 "$DESTDIR"/bin/*',
    'chmod 4755 "$DESTDIR/$LIB/x"',
    'chmod 4755 bin/x',
    'chmod -R 0600 "$DESTDIR"/etc/x',
    'install -m 4755 su "$DESTDIR/bin"',
    'chmod go= "$DESTDIR/etc/x"',
  ])('%s: are not known, which is reported as ever', (command) => {
    const { lines, said } = modesOf([command]);
    expect(lines).toEqual([]);
    expect(said.filter((line) => /^lost-/.test(line))).toEqual([
      expect.not.stringContaining('deployments give it again'),
    ]);
  });

  test('chmod 755 loses nothing', () => {
    expect(modesOf(['chmod 755 "$DESTDIR/bin/x"']).lines).toEqual([]);
  });

  test('devices are made', () => {
    const { lines, said } = modesOf(
      ['true'],
      'devices:\n  - {type: c, filename: /dev/console, major: 5, minor: 1, uid: 0, gid: 5, permissions: "0600"}\n  ',
    );
    expect(lines).toEqual(['600 0 5 c 5 1 /dev/console']);
    expect(said).toContainEqual(expect.stringMatching(/^device-nodes .*only deployments make: \/dev/));
  });

  test('of a system that nothing deploys stay as they are', () => {
    const { 'clusters/c.morph': _, ...files } = tree('');
    files['strata/s.morph'] = files['strata/s.morph']!.replace(
      /\[cp.*\]/,
      '[\'chmod 4755 "$DESTDIR/bin/su"\']',
    );
    expect(convertTree(files).said.filter((line) => /^lost-/.test(line))).toEqual([
      expect.not.stringContaining('deployments give it again'),
    ]);
  });
});
