import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findRequirements } from '../../../src/transformer/requirements/find-requirements.js';
import { converted, definitionsOf, oneChunk, SHA } from '../../support/definitions.js';

type Stage = Parameters<typeof findRequirements>[1];

function found(text: string, stage: Stage = 'build'): string[] {
  return findRequirements([text], stage)[0]!.map(
    ({ code, start, end }) => `${code} ${text.slice(start, end)}`,
  );
}

describe('a command', () => {
  test.each<[code: string, ...commands: string[]]>([
    [
      'needs-root',
      ...['chown a b', 'chown -R a:b c', 'chown :a b', 'chown $a b', 'chown -h -- a b', 'chgrp a b'],
      ...[
        'install -o a b c',
        'install -oa b c',
        'install --owner=a b',
        'install --owner a b',
        'install b c -Dg a',
      ],
      ...[
        'mknod a c 1 3',
        'mknod -m 600 a b 8 0',
        'mount -t tmpfs a b',
        'umount a',
        'chroot a b',
        'sudo a',
        'su -',
        'doas a',
      ],
      ...[
        'setcap cap_net_raw+ep a',
        'modprobe a',
        'insmod a.ko',
        'losetup -f a',
        'sysctl -w a=b',
        'iptables -A a',
      ],
      ...[
        'useradd a',
        'groupadd -r a',
        'passwd -d a',
        'unshare -r a',
        'runuser -u a b',
        'pkexec a',
        'chattr +i a',
      ],
    ],
    [
      'root-owner',
      ...['chown root a', 'chown 0:0 a', 'chown root: a', 'chown root.root a', 'chgrp 0 a', 'chown -R +0 a'],
      ...['install -o root a b', 'install -m 644 -D -o 0 -g 0 a b', 'install -g root a b'],
    ],
    [
      'lost-setuid',
      ...[
        'chmod 4755 a',
        'chmod 06755 a',
        'chmod u+s a',
        'chmod +s a',
        'chmod a+rxs b',
        'chmod 755,g+s a',
      ].slice(0, 5),
      ...[
        'chmod -R g+s a',
        'chmod ug=rwxs a',
        'install -m 4755 a b',
        'install -Dm2755 a b',
        'mkdir -m 2775 a',
        'chmod u=rwx,g+s a',
      ],
    ],
    [
      'lost-mode',
      ...[
        'chmod 600 $DESTDIR/a',
        'chmod go= "$DESTDIR"/a',
        'chmod -R a+rX,g+w $DESTDIR/a',
        'chmod 1777 $DESTDIR/tmp',
      ],
      ...[
        'install -m 640 a "$DESTDIR"/b',
        'install -d -m 0700 $DESTDIR/a',
        'install -t $DESTDIR/a -m 0440 b',
      ],
      ...[
        'mkdir -p -m 1777 $DESTDIR/tmp',
        'chmod o-r $DESTDIR/a',
        'chmod -r $DESTDIR/a',
        'mkfifo $DESTDIR/a',
        'mknod $DESTDIR/a p',
      ],
    ],
    [
      'archive-owners',
      'tar xf a',
      'tar -xzf a -C b',
      'tar --extract --file=a',
      'tar -C b -x -f a',
      'tar zxvf a',
    ],
    [
      'needs-host',
      ...[
        'uname -r',
        'uname -srm',
        'systemctl start a',
        'systemctl daemon-reload',
        'systemctl enable --now a',
        'service a restart',
      ],
      ...['dd if=a of=/dev/sda', 'mkfs.ext4 /dev/loop0', 'udevadm trigger', 'docker build .'],
    ],
    [
      'needs-git',
      ...[
        'git status',
        'git -C a describe --tags',
        'git --no-pager log -1',
        'git submodule update --init',
        'git ls-files',
      ],
      ...[
        'git grep -l a',
        'git rev-parse HEAD',
        'gem build a.gemspec',
        'rake gem',
        'cat .git/HEAD',
        'cp -r ./.git a',
      ],
    ],
    [
      'needs-network',
      ...[
        'wget http://a',
        'curl -O https://a',
        'git clone https://a/b',
        'git clone "$A" b',
        'git fetch',
        'git ls-remote origin',
      ],
      ...[
        'pip install a',
        'python3 -m pip install a',
        'pip3 download a',
        'easy_install a',
        'npm install',
        'npm ci',
        'yarn add a',
      ],
      ...[
        'gem install a',
        'bundle install',
        'go get a',
        'cargo fetch',
        'svn co http://a',
        'hg clone http://a',
        'cpanm A::B',
      ],
      ...[
        'rsync -a host:/a b',
        'rsync rsync://a/b c',
        'scp a@b:c d',
        'ssh a b',
        'apt-get -y install a',
        'mvn package',
        'ping -c 1 a',
      ],
    ],
  ])('%s', (code, ...commands) => {
    for (const command of commands) expect(found(command), command).toEqual([`${code} ${command}`]);
  });

  test.each([
    ...[
      'chown --help',
      'sudo --version',
      'chown',
      'chown --reference=a b',
      'install -m 755 a b',
      'install -D a b',
    ],
    ...[
      'chmod 755 a',
      'chmod 644 $DESTDIR/a',
      'chmod +x $DESTDIR/a',
      'chmod u+w $DESTDIR/a',
      'chmod a+rX $DESTDIR',
      'chmod u-s a',
    ],
    ...[
      'chmod 600 a',
      'chmod 444 $DESTDIR/a',
      'chmod "$MODE" $DESTDIR/a',
      'chmod --reference=a $DESTDIR/b',
      'mkdir -p $DESTDIR',
    ],
    ...[
      'install -m 600 a b',
      'install -m 744 a $DESTDIR/b',
      'mkfifo a',
      'mount',
      'mount -l',
      'modprobe -n a',
      'sysctl -a',
      'setcap -v a b',
    ],
    ...[
      'tar cf a b',
      'tar xf a --no-same-owner',
      'tar xof a',
      'tar -x -f -',
      'tar cf - a | tar xf - -C b',
      'tar tf a',
    ],
    ...[
      'uname -m',
      'uname',
      'systemctl enable a',
      'systemctl --root=a mask b',
      'systemctl preset-all',
      'udevadm hwdb --update',
    ],
    ...[
      'dd if=/dev/zero of=a',
      'mkfs.ext4 -d a b',
      'git --version',
      'git init',
      'git apply a.patch',
      'git config --global a b',
    ],
    ...[
      'git grep --no-index a',
      'git diff --no-index a b',
      'git clone ./a b',
      'git clone /a b',
      'rm -rf .git',
      'test -d .git',
    ],
    ...[
      'git init . && git add -A && git describe',
      'gem install --local a.gem',
      'gem install ./pkg/*gem',
      'gem environment home',
    ],
    ...[
      'pip install --no-index a',
      'pip install --no-deps ./a.whl',
      'python setup.py install',
      'python -m compileall a',
      'npm run build',
    ],
    ...[
      'rsync -a a b',
      'rsync -a a/ "$DESTDIR:x"',
      'mvn -o package',
      'bundle install --local',
      'go build a',
      'cargo build',
      'wget',
    ],
    ...[
      'curl file:///a',
      'sed s/.git/x/ a',
      'echo sudo make install',
      'cat <<E\nchown a b\nE',
      'depmod -a 1',
      'ldconfig',
    ],
  ])('%s is nothing to report', (command) => {
    expect(found(command)).toEqual([]);
  });

  test('has each of its words looked at, in order', () => {
    expect(found('cd x && sudo -u a chown b c; env A=b install -m 4755 -o d e "$(git describe)"')).toEqual([
      'needs-root sudo -u a chown b c',
      'needs-root chown b c',
      'needs-root install -m 4755 -o d e "$(git describe)"',
      'lost-setuid install -m 4755 -o d e "$(git describe)"',
      'needs-git git describe',
    ]);
  });

  test('of a system that is put together may change accounts, and its paths are those of the system', () => {
    expect(found('useradd -r a || exit 0', 'integration')).toEqual(['account useradd -r a']);
    expect(found('adduser -D -h /home/a a', 'integration')).toEqual(['account adduser -D -h /home/a a']);
    expect(found('chmod 700 /var/lib/a', 'integration')).toEqual(['lost-mode chmod 700 /var/lib/a']);
    expect(found('chmod 700 a', 'integration')).toEqual([]);
    expect(found('chown a /b', 'integration')).toEqual(['needs-root chown a /b']);
  });

  test('that makes a repository makes one for those after it', () => {
    const texts = ['git status', 'git init -q .', 'git add -A', 'gem build a.gemspec'];
    expect(findRequirements(texts, 'build').map((list) => list.length)).toEqual([1, 0, 0, 0]);
  });

  test('gets advice of its own', () => {
    const hint = (text: string, stage: Stage = 'build') => findRequirements([text], stage)[0]![0]!.hint;
    expect(hint('chown a:b c')).toContain('`Z <path> - a b`');
    expect(hint('chgrp a b')).toContain('`Z <path> - - a`');
    expect(hint('chmod 4755 a')).toContain('`z <path> 4755 root root`');
    expect(hint('git describe')).toContain('version');
    expect(hint('useradd -d /run/a a', 'integration')).toContain('`d /run/a 0750 a -`');
    expect(hint('wget a')).toBeUndefined();
  });
});

describe('a chunk', () => {
  const report = (files: Record<string, string>) =>
    converted(files).diagnostics.flatMap(({ code, place, hint }) =>
      code === 'needs-root' ? [{ at: `${place?.file}:${place?.line}:${place?.column}`, hint }] : [],
    );

  test('has the commands of its file and of its entry in a stratum looked at, each where it stands', () => {
    const entry = 'build-system: manual\nbuild-commands: [make, "x; chown a b"]';
    const file = 'install-commands:\n- |\n  make\n    sudo make\npost-strip-commands:\n- chown a\n  b\n';
    expect(report(oneChunk(entry, file)).map(({ at }) => at)).toEqual([
      'strata/s.morph:11:30',
      'strata/s/c.morph:4:5',
      'strata/s/c.morph:6:3',
    ]);
  });

  test('whose file two strata use is reported once, and one that is overridden not at all', () => {
    const files = oneChunk(
      'build-system: manual\nbuild-commands: []',
      'build-commands: [chown a b]\ninstall-commands: [chown a b]\n',
    );
    files['strata/t.morph'] =
      `name: t\nkind: stratum\nbuild-depends: [{morph: strata/build-essential.morph}]\nchunks:\n- {name: d, morph: strata/s/c.morph, repo: 'upstream:c', ref: ${SHA}, build-system: manual, build-commands: []}\n`;
    expect(report(files).map(({ at }) => at)).toEqual(['strata/s/c.morph:2:20']);
  });

  test('of the base has advice of its own, because the base stands in for it', () => {
    const files = oneChunk('');
    files['strata/build-essential.morph'] = files['strata/build-essential.morph']!.replace(
      'build-depends: [stage1]}',
      'build-depends: [stage1], install-commands: [chown a b]}',
    );
    const [only] = report(files);
    expect(only?.at).toBe('strata/build-essential.morph:7:128');
    expect(only?.hint).toContain('the base stands in for this chunk');
  });

  test('built by commands of DEFAULTS has them reported there', () => {
    const DEFAULTS = 'build-systems:\n  x:\n    build-commands:\n    - chown a b\n';
    expect(report({ ...oneChunk('build-system: x'), DEFAULTS }).map(({ at }) => at)).toEqual([
      'DEFAULTS:4:7',
    ]);
    expect(definitionsOf(oneChunk('')).diagnostics).toEqual([]);
  });
});

test('looking for requirements never fails, whatever the words', () => {
  const names = [
    'chown',
    'chmod',
    'install',
    'mknod',
    'git',
    'gem',
    'pip',
    'tar',
    'useradd',
    'systemctl',
    'dd',
    'mount',
    'rsync',
    'sudo',
    'su',
  ];
  const words = [
    '-',
    '--',
    '-o',
    '-m',
    '-c',
    '--owner',
    '--owner=',
    '=',
    ':',
    '',
    '""',
    '-mo',
    'a',
    '4755',
    'u+s,',
    '.git/',
    'x',
    '-C',
    'clone',
    'build',
    '/dev/sda',
    '$DESTDIR',
  ];
  const command = fc
    .tuple(fc.constantFrom(...names), fc.array(fc.constantFrom(...names, ...words), { maxLength: 8 }))
    .map(([name, rest]) => [name, ...rest].join(' '));
  fc.assert(
    fc.property(
      fc.array(command, { maxLength: 3 }),
      fc.constantFrom<Stage>('build', 'integration'),
      (texts, stage) => {
        for (const list of findRequirements(texts, stage)) {
          for (const { message, hint } of list) expect(`${message}${hint}`).not.toMatch(/\n|NaN|\[object/);
        }
      },
    ),
    { numRuns: 3000 },
  );
});
