import { expect, test } from 'vitest';
import { findRequirements } from '../../../src/transformer/requirements/find-requirements.js';

type Stage = Parameters<typeof findRequirements>[1];

const codes = (text: string, stage: Stage = 'build') =>
  findRequirements([text], stage)[0]!.map(({ code }) => code);

/** Commands that need the same, and with which arguments they do. */
const alike: readonly (readonly [code: string, commands: string, after: string])[] = [
  [
    'needs-root',
    'useradd usermod userdel groupadd groupmod groupdel adduser addgroup deluser delgroup passwd chpasswd gpasswd chage chsh chfn newusers',
    'a',
  ],
  ['needs-git', 'awk cat cp cut grep head ln mv sed tail tar', '.git/HEAD'],
  ['archive-owners', 'tar bsdtar gtar', 'xf a.tar'],
  [
    'needs-host',
    'systemctl service invoke-rc.d rc-service initctl loginctl hostnamectl timedatectl localectl dbus-send docker podman',
    'restart a',
  ],
  [
    'needs-host',
    'dd mkfs mke2fs mkswap mkdosfs fdisk sfdisk parted sgdisk blkid tune2fs fsck bmaptool e2label extlinux syslinux grub-install hdparm wipefs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.btrfs mkfs.vfat mkfs.fat mkfs.xfs',
    '/dev/sda1',
  ],
  [
    'needs-network',
    'wget curl aria2c ftp sftp lftp telnet ssh ping dig nslookup ntpdate cpan cpanm easy_install mvn gradle',
    'a',
  ],
  [
    'needs-network',
    'apt apt-get aptitude yum dnf zypper apk npm yarn pnpm bower pip pip2 pip3 gem bundle cargo',
    'install a',
  ],
  ['needs-network', 'scp rsync', 'host:a b'],
];

test.each(
  alike.flatMap(([code, commands, after]) =>
    commands.split(' ').map((name) => [`${name} ${after}`, code] as const),
  ),
)('%s: %s', (text, code) => expect(codes(text)).toEqual([code]));

test.each(
  'start stop restart try-restart reload reload-or-restart try-reload-or-restart isolate kill status is-active is-failed is-system-running show list-units list-jobs daemon-reload daemon-reexec reset-failed reboot poweroff halt'
    .split(' ')
    .map((verb) => [verb]),
)('systemctl %s talks to a running systemd', (verb) => {
  expect(codes(`systemctl ${verb} a`)).toEqual(['needs-host']);
  expect(codes(`systemctl re${verb}ed a`)).toEqual([]);
});

test.each(['sda', 'hdb1', 'vdc', 'nvme0n1', 'mmcblk0p1', 'loop3', 'mapper/x', 'disk/by-id/x', 'md0', 'mtd0'])(
  'a disk is /dev/%s, also behind an option',
  (disk) => {
    for (const place of [`/dev/${disk}`, `if=/dev/${disk}`, `of=/dev/${disk}`, `--device=/dev/${disk}`]) {
      expect([place, codes(`dd ${place}`)]).toEqual([place, ['needs-host']]);
    }
  },
);

test.each([
  ['install', 'update', 'upgrade', 'dist-upgrade', 'add', 'download', 'source', 'build-dep'].map(
    (verb) => `apt-get ${verb} a`,
  ),
  ['checkout', 'co', 'update', 'up', 'export', 'switch'].map((verb) => `svn ${verb} a`),
  ['clone', 'pull', 'update'].map((verb) => `hg ${verb} a`),
  ['install', 'fetch', 'update', 'vendor'].map((verb) => `cargo ${verb}`),
])('%s and its like ask a server', (...texts) => {
  for (const text of texts) {
    expect([text, codes(text)]).toEqual([text, ['needs-network']]);
    const [command, verb] = text.split(' ');
    expect([text, codes(`${command} x${verb}`)]).toEqual([text, []]);
    expect([text, codes(`${command} ${verb}x`)]).toEqual([text, []]);
  }
});

test.each([
  ['status', 'it only refreshes'],
  ['describe', 'write the version'],
  ['rev-parse', 'write the commit'],
  ['log', 'write what it would print'],
  ['grep', 'use `grep -r`'],
  ['ls-files', 'use `find`'],
  ['submodule', 'the submodules are staged'],
  ['clean', 'the sources are staged clean'],
  ['add', 'make a repository first'],
])('what to do about git %s', (verb, advice) => {
  const [{ hint } = { hint: '' }] = findRequirements([`git ${verb} a`], 'build')[0]!;
  expect(hint).toContain(advice);
});
