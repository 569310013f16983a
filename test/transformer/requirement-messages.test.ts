import { describe, expect, test } from 'vitest';
import { findInvocations } from '../../src/shell/invocations.js';
import { findRequirements } from '../../src/transformer/requirements/find-requirements.js';
import { givenMode } from '../../src/transformer/requirements/modes.js';

type Stage = Parameters<typeof findRequirements>[1];

const found = (text: string, stage: Stage = 'build') => findRequirements([text], stage)[0]!;
const codes = (text: string, stage: Stage = 'build') => found(text, stage).map(({ code }) => code);
const only = (text: string, stage: Stage = 'build') => {
  const [first, ...more] = found(text, stage);
  expect([text, more]).toEqual([text, []]);
  return first!;
};

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

describe('what asks a server', () => {
  test.each([
    ['wget http://a/b', 'wget'],
    ['curl -O https://a/b', 'curl'],
    ['scp a host:b', 'scp'],
    ['rsync -a user@host:a b', 'rsync'],
    ['ssh host ls', 'ssh'],
    ['ping -c 1 host', 'ping'],
    ['pip install six', 'pip install'],
    ['pip3 wheel six', 'pip3 wheel'],
    ['python -m pip install six', 'pip install'],
    ['python3 -m easy_install six', 'easy_install six'],
    ['gem install rake', 'gem install'],
    ['gem fetch rake', 'gem fetch'],
    ['npm ci', 'npm ci'],
    ['bundle install', 'bundle install'],
    ['cargo fetch', 'cargo fetch'],
    ['mvn package', 'mvn package'],
    ['gradle build', 'gradle build'],
    ['cpanm Moose', 'cpanm'],
    ['easy_install ./a six', 'easy_install six'],
    ['apt-get -y install a', 'apt-get install'],
    ['svn co http://a', 'svn co'],
    ['curl $URL', 'curl'],
  ])('%s', (text, shown) => {
    expect(only(text)).toMatchObject({
      code: 'needs-network',
      message: `\`${shown}\` asks a server, and builds have no network`,
    });
  });

  test.each([
    ...[
      'wget',
      'curl',
      'curl file:///a',
      'scp a b',
      'rsync -a a/ b/',
      'rsync a file:///b',
      'ssh',
      'pip list',
      'pip',
    ],
    ...[
      'pip install --no-index six',
      'pip install --no-deps ./a',
      'pip install --no-deps a.whl',
      'python -m json.tool',
    ],
    ...[
      'pip install --no-deps a.tar.gz',
      'python -c pip',
      'python -m',
      'gem install --local a',
      'gem install -l a',
    ],
    ...[
      'gem install a.gem',
      'gem install ./a',
      'gem list',
      'bundle install --local',
      'npm ci --offline',
      'npm test',
    ],
    ...[
      'cargo build',
      'cargo install --path .',
      'mvn -o package',
      'mvn --offline package',
      'gradle --offline build',
    ],
    ...[
      'easy_install ./a',
      'easy_install -q a.zip',
      'cpanm --notest ./a',
      'apt-get --help',
      'go build',
      'repo status',
    ],
  ])('%s does not', (text) => expect(codes(text)).toEqual([]));
});

describe('git', () => {
  test.each([
    ['git status', '`git status` needs the repository', 'remove it: it only refreshes'],
    ['git describe', '`git describe` needs the repository', 'write the version that it would print'],
    ['git -c a=b log -1', '`git log` needs the repository', 'write what it would print'],
    ['git --work-tree a stash', '`git stash` needs the repository', 'make a repository first'],
    ['git --git-dir=a clean -fd', '`git clean` needs the repository', 'the sources are staged clean'],
    ['git diff', '`git diff` needs the repository', 'make a repository first'],
    ['git config user.name a', '`git config` needs the repository', 'make a repository first'],
    ['git config --add a --filename', '`git config` needs the repository', ''],
    ['git hash-object -w a', '`git hash-object` needs the repository', ''],
    ['git remote -v', '`git remote` needs the repository', ''],
    ['git archive HEAD', '`git archive` needs the repository', ''],
    ['git lfs install', '`git lfs` needs the repository', ''],
    ['gem build a', '`gem build` gets no files', 'if the gemspec does'],
    ['rake -s package', '`rake package` gets no files', ''],
    ['sed p .git/HEAD', '`sed` reads .git/HEAD', 'make a repository first'],
    ['cp -r ./.git a', '`cp` reads ./.git', ''],
  ])('%s', (text, message, hint) => {
    const { code, message: said, hint: advice } = only(text);
    expect(code).toBe('needs-git');
    expect(said).toContain(message);
    expect(advice).toContain(hint);
  });

  test.each([
    ...[
      'git clone https://a/b',
      'git clone $URL',
      'git archive --remote=a HEAD',
      'git remote update',
      'git lfs pull',
    ],
    ...['git lfs fetch', 'git fetch', 'git pull', 'git push', 'git ls-remote'],
  ])('%s asks a server', (text) => {
    expect(only(text)).toMatchObject({
      code: 'needs-network',
      hint: 'make the repository a source of the element',
    });
  });

  test.each([
    ...[
      'git',
      'git --version',
      'git init',
      'git apply a',
      'git clone ../a b',
      'git grep --no-index a',
      'git hash-object a',
    ],
    ...[
      'git diff --no-index a b',
      'git config --global a b',
      'git config -f a b c',
      'git config --file a b',
      'rake',
    ],
    ...[
      'rake test',
      'rake gemspec',
      'gem',
      'gem list',
      'gem builder',
      'cat a.git/b',
      'cat .gitignore',
      'ls .git',
    ],
    ...[
      'git init && git status',
      'git clone ./a . && git log',
      'git init; gem build a',
      'git init; cat .git/HEAD',
    ],
  ])('%s needs none', (text) => expect(codes(text)).toEqual([]));
});

describe('archives', () => {
  test.each([
    'tar xf a',
    'tar -x -f a',
    'tar --get --file a',
    'tar --extract -f a',
    'bsdtar -xf a',
    'tar -xzvf a -C b',
  ])('%s restores owners', (text) => expect(only(text).code).toBe('archive-owners'));
  test.each([
    ...[
      'tar cf a b',
      'tar xof a',
      'tar xf a --no-same-owner',
      'tar xf -',
      'tar -x',
      'tar tf a',
      'tar --list --file=x',
    ],
    ...['tar --exclude=x -cf a b', 'tar -c x -f a', 'tar --file=a --get-nothing', 'tar cf x/y x'],
  ])('%s does not', (text) => expect(codes(text)).toEqual([]));
});

describe('hosts', () => {
  test.each([
    ['systemctl restart a', '`systemctl restart` needs', 'enable the unit instead'],
    ['systemctl --now enable a', '`systemctl enable` needs', 'enable the unit instead'],
    ['systemctl --now', '`systemctl` needs', 'enable the unit instead'],
    ['service a restart', '`service a` needs', 'enable the unit instead'],
    ['docker build .', '`docker build` needs', ''],
    ['udevadm settle', '`udevadm settle` needs', ''],
    ['dd if=/dev/sda of=a', '`dd` uses /dev/sda, a disk', 'work on a file instead'],
    ['uname -a -r', '`uname` tells the kernel', 'take the release from the kernel'],
    ['uname --kernel-version', '`uname` tells the kernel', 'take the release from the kernel'],
  ])('%s', (text, message, hint) => {
    const { code, message: said, hint: advice } = only(text);
    expect(code).toBe('needs-host');
    expect(said).toContain(message);
    if (hint === '') expect(advice).toBeUndefined();
    else expect(advice).toContain(hint);
  });
  test.each([
    ...[
      'systemctl',
      'systemctl enable a',
      'systemctl --root=/a preset a',
      'service',
      'docker',
      'udevadm hwdb --update',
    ],
    ...['uname', 'uname -m', 'uname --machine', 'dd if=/dev/zero of=a', 'mkfs.ext4 a.img', 'udevadm'],
  ])('%s does not', (text) => expect(codes(text)).toEqual([]));
});
