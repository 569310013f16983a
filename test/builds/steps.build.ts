import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toolPrograms } from '../../src/transformer/deployment/tools.js';
import { Steps } from './steps.js';

const steps = new Steps();
beforeAll(() => steps.prepare());
afterAll(() => steps.remove());
beforeEach(() => {
  steps.write('deployment', {});
  steps.write('subsystems', {});
});

const configure = (commands: string[], environment: Record<string, string> = {}) =>
  steps.run('tree', ['/steps/copy-system', ...commands], {}, environment);
const list = (path: string) => readdirSync(join(steps.system, path)).sort();

test('the tools are those that scripts are compared with', () => {
  const folders = ['usr/bin', 'usr/sbin', 'bin', 'sbin'].map((path) => join(steps.folder, 'tools', path));
  const found = new Set(folders.flatMap((path) => (existsSync(path) ? readdirSync(path) : [])));
  expect([...found].sort()).toEqual([...toolPrograms].sort());
});

describe('configuration', () => {
  beforeEach(() => {
    steps.write('system', {
      'etc/fstab': '# none\n/dev/sda1 / ext4 defaults 0 1\n/dev/sda2 /srv ext4 defaults 0 2\n',
      'etc/hosts': '127.0.0.1 localhost\n',
      'etc/systemd/network/10-dhcp.network': '[Match]\n',
    });
  });

  test('set-hostname', async () => {
    await configure(['/steps/set-hostname'], { HOSTNAME: 'bread board' });
    expect(steps.read('etc/hostname')).toBe('bread board\n');
    await configure(['/steps/set-hostname']);
    expect(list('etc')).not.toContain('hostname');
  });

  test('fstab and hosts add lines in the order of the names', async () => {
    const lines = { FSTAB_B: 'b  /b', FSTAB_A: 'a /a', FSTABLE: 'no', HOSTS_1: '1.2.3.4 one' };
    await configure(['/steps/fstab', '/steps/hosts'], lines);
    expect(steps.read('etc/fstab')).toMatch(/\/srv ext4 defaults 0 2\na \/a\nb {2}\/b\n$/);
    expect(steps.read('etc/hosts')).toBe('127.0.0.1 localhost\n1.2.3.4 one\n');
  });

  test('add-config-files', async () => {
    steps.write('extensions', { 'definitions/config/x.d/y': 'y\n' });
    await configure(['/steps/add-config-files'], { SRC_CONFIG_DIR: 'config' });
    expect(steps.read('etc/x.d/y')).toBe('y\n');
  });

  test('nfsboot', async () => {
    await configure(['/steps/simple-network', '/steps/nfsboot'], { NFSBOOT_CONFIGURE: 'True' });
    expect(steps.read('etc/network/interfaces')).toBe('auto lo\niface lo inet loopback\n');
    expect(steps.read('etc/fstab')).toBe('# none\n/dev/sda2 /srv ext4 defaults 0 2\n');
  });

  test('simple-network without NETWORK_CONFIG', async () => {
    await configure(['/steps/simple-network']);
    expect(steps.read('etc/network/interfaces')).toBe(
      'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet dhcp\n    hostname $(hostname)\n',
    );
    expect(list('etc/systemd/network')).toEqual(['10-dhcp.network.morph', '51-e*.network']);
    expect(steps.read('etc/systemd/network/51-e*.network')).toBe('[Match]\nName=e*\n\n[Network]\nDHCP=yes\n');
  });

  test('simple-network with static addresses', async () => {
    const stanza = 'enp2s0:static,address=10.0.0.1,netmask=255.255.240.0,gateway=10.0.0.2,dns=9.9.9.9';
    await configure(['/steps/simple-network'], { NETWORK_CONFIG: `${stanza};lo:loopback` });
    expect(steps.read('etc/network/interfaces')).toBe(
      [
        'auto lo\niface lo inet loopback\n',
        'auto enp2s0\niface enp2s0 inet static\n    address 10.0.0.1\n    netmask 255.255.240.0',
        '    gateway 10.0.0.2\n    dns 9.9.9.9\n',
      ].join('\n'),
    );
    expect(steps.read('etc/systemd/network/50-enp2s0.network')).toBe(
      '[Match]\nName=enp2s0\n\n[Network]\nAddress=10.0.0.1/20\nGateway=10.0.0.2\nDNS=9.9.9.9\n',
    );
  });

  test.each([
    ['eth0', '`eth0` is missing its type'],
    ['eth0:ppp', '`eth0:ppp` has unknown interface type `ppp`'],
    ['eth0:static,address=1.2.3.4', 'eth0: address and netmask must be specified together'],
  ])('simple-network refuses %s', async (config, message) => {
    const run = configure(['/steps/simple-network'], { NETWORK_CONFIG: config });
    await expect(run).rejects.toThrow(`simple-network: ${message}`);
  });

  test('an extension of the definitions runs among them', async () => {
    const script = '#!/bin/sh\n[ "$WHO" ] && cp data/x "$1/etc/$WHO"\n';
    steps.write('extensions', { 'definitions/extensions/x.configure': script, 'definitions/data/x': 'x\n' });
    await configure(['/steps/extension extensions/x.configure'], { WHO: 'me' });
    expect(steps.read('etc/me')).toBe('x\n');
  });
});

describe('install-files', () => {
  const install = (manifest: string, files: Record<string, string> = {}) => {
    const entries = Object.entries(files).map(([path, content]) => [`a/files/${path}`, content]);
    steps.write('deployment', { 'a/manifest': manifest, ...Object.fromEntries(entries) });
    return configure(['/steps/install-files /deployment/a', 'cat $work/owners']);
  };
  beforeEach(() => {
    steps.write('system', { 'etc/a': 'old\n', 'usr/lib/real': 'old\n' });
    symlinkSync('../usr/lib/real', join(steps.folder, 'system/etc/linked'));
  });

  test('files, folders and links get their modes and owners', async () => {
    const manifest =
      '040711 7 8 /srv\n0104755 0 5 /srv/f\noverwrite 0100600 1 2 /etc/a\n0120777 3 4 /l -> /srv\n';
    const owners = await install(manifest, { 'srv/f': 'f\n', 'etc/a': 'new\n' });
    expect(owners).toBe(
      '- 0711 7 8 0 0 /srv\n- 4755 0 5 0 0 /srv/f\n- 0600 1 2 0 0 /etc/a\n- - 3 4 0 0 /l\n',
    );
    expect(steps.read('etc/a')).toBe('new\n');
    expect(readlinkSync(join(steps.system, 'l'))).toBe('/srv');
  });

  test('a file is written through a link of the system', async () => {
    await install('overwrite 0100644 0 0 /etc/linked\n', { 'etc/linked': 'new\n' });
    expect(steps.read('usr/lib/real')).toBe('new\n');
    expect(readlinkSync(join(steps.system, 'etc/linked'))).toBe('../usr/lib/real');
  });

  test.each([
    ['0100644 0 0 /etc/a', '/etc/a is in the system already: the manifest does not say overwrite'],
    ['0120777 0 0 /usr -> x', '/usr is a folder in the system'],
    ['0020644 0 0 /etc/c', 'neither a file, a folder nor a link: 0020644'],
  ])('%s is refused', async (line, message) => {
    await expect(install(`${line}\n`)).rejects.toThrow(`/deployment/a/manifest, line 1: ${message}`);
  });
});

describe('modes', () => {
  beforeEach(() => steps.write('system', { 'bin/su': 'su\n', 'etc/shadow': 'x\n', 'boot/vmlinuz': 'k\n' }));

  test('a tree lists them, and they come into the system that has it as a subsystem', async () => {
    steps.write('deployment', { modes: '4755 0 0 /bin/su\n0600 0 5 c 1 3 /dev/null\n0644 0 0 p /run/p\n' });
    await configure(['/steps/write-tree']);
    const modes = readFileSync(join(steps.folder, 'output/.deployment-modes'), 'utf8');
    expect(modes).toBe(
      '?0600 0 0 /etc/shadow\n?4755 0 0 /bin/su\n0600 0 5 c 1 3 /dev/null\n0644 0 0 p /run/p\n',
    );
    steps.write('deployment', {});
    steps.write('subsystems', { 'inner/.deployment-modes': modes, 'inner/bin/su': 'su\n' });
    const owners = await configure(['/steps/add-subsystem inner srv/tree', 'cat $work/owners']);
    expect(owners).toContain('- 4755 0 0 0 0 /srv/tree/bin/su\nc 0600 0 5 1 3 /srv/tree/dev/null\n');
    expect(list('srv/tree')).toEqual(['bin', 'dev', 'run']);
  });

  test('what is said last holds, and what is gone is passed over', async () => {
    const device = 'c 5 1 /dev/console\n';
    steps.write('deployment', {
      modes: `4755 1 1 /bin/su\n0600 0 0 ${device}- 2 2 /etc/x\n0620 0 5 ${device}`,
    });
    steps.write('system', { 'bin/su': 'su\n', 'etc/x': 'x\n', 'boot/vmlinuz': 'k\n' });
    const before = ['/steps/copy-system', 'rm $system/bin/su', 'cat $work/owners'];
    const owners = await steps.run('disk-image', [...before, '/steps/write-disk-image'], {
      'boot-size': '4M',
    });
    expect(owners).toMatch(
      /^- 4755 1 1 0 0 \/bin\/su\n- - 2 2 0 0 \/etc\/x\nc 0620 0 5 5 1 \/dev\/console\nlabel/,
    );
    await steps.run('tar', [
      ...before,
      '/steps/write-archive',
      'bsdtar -tvf $output/system.tar >$output/list',
    ]);
    const tar = readFileSync(join(steps.folder, 'output/list'), 'utf8');
    expect(tar).not.toContain('bin/su');
    expect(tar).toMatch(/^-rw-r--r-- .* 2 +2 .* \.\/etc\/x$/m);
    expect(tar.match(/^crw--w---- .* 0 +5 +5,1 .* \.\/dev\/console$/gm)).toHaveLength(1);
  });

  test.each([
    ['4755 0 0 /bin/nothing', 'the system has no /bin/nothing'],
    ['4755 0 0 bin/su', 'not an absolute path: bin/su'],
    ['u+s 0 0 /bin/su', 'no mode: u+s'],
    ['4755 root 0 /bin/su', 'no number in: root 0 0 0'],
  ])('%s is refused', async (line, message) => {
    steps.write('deployment', { modes: `# a comment\n${line}\n` });
    await expect(configure([])).rejects.toThrow(`/deployment/modes, line 2: ${message}`);
  });
});

describe('disk images', () => {
  const write = (variables: Record<string, string> = {}) =>
    steps.run('disk-image', ['/steps/copy-system', '/steps/write-disk-image'], variables);
  const at = (offset: number, length: number) => {
    const bytes = Buffer.alloc(length);
    const file = openSync(join(steps.folder, 'output/disk.img'), 'r');
    readSync(file, bytes, 0, length, offset);
    closeSync(file);
    return bytes.toString('latin1');
  };
  beforeEach(() => {
    steps.write('system', {
      'boot/zImage': 'kernel\n',
      'boot/board.dtb': 'tree\n',
      'boot/first.img': 'first stage',
      'boot/second.img': 'second stage',
      'usr/share/big': 'x'.repeat(8_000_000),
    });
  });

  test('partitions and raw files are where a partition file wants them', async () => {
    const table = await write({
      bootloader: 'none',
      'bootloader-config': 'extlinux',
      'dtb-path': 'boot/board.dtb',
      'root-device': '/dev/mmcblk0p2',
      'disk-size': '96M',
      partitions: '3 1M a2 none - -\n1 20M b vfat /boot -\n2 fill 83 ext4 / -\n',
      'raw-files': 'boot/second.img - 512\nboot/first.img 3 -\nboot/second.img 3 -\n',
    });
    const MiB = 2048;
    const lines = table.split('\n').filter((line) => line.includes('start='));
    expect(lines.map((line) => line.replace(/^.*disk\.img/, '').replace(/ +/g, ' '))).toEqual([
      `1 : start= ${2 * MiB}, size= ${20 * MiB}, type=b`,
      `2 : start= ${22 * MiB}, size= ${74 * MiB}, type=83`,
      `3 : start= ${MiB}, size= ${MiB}, type=a2`,
    ]);
    expect(at(512, 12)).toBe('second stage');
    expect(at(1024 * 1024, 23)).toBe('first stagesecond stage');
    const boot = at(2 * 1024 * 1024, 4 * 1024 * 1024);
    expect(boot).toContain(
      [
        'DEFAULT linux\nTIMEOUT 10\nLABEL linux\nLINUX /zImage\nFDT /board.dtb',
        'APPEND rw init=/sbin/init rootfstype=ext4 rootwait root=/dev/mmcblk0p2\n',
      ].join('\n'),
    );
  });

  test('links of /boot and odd names are no trouble', async () => {
    steps.write('system', { 'boot/kernel-1': 'kernel one\n', 'etc/ü "quoted" \'name\' #1 \\': 'x\n' });
    symlinkSync('kernel-1', join(steps.folder, 'system/boot/vmlinuz'));
    await write({ 'boot-size': '4M' });
    expect(at(1024 * 1024, 4 * 1024 * 1024).split('kernel one\n')).toHaveLength(3);
    await steps.run('tar', ['/steps/copy-system', '/steps/write-archive']);
    const tar = readFileSync(join(steps.folder, 'output/system.tar'), 'utf8');
    expect(tar).toContain('./etc/ü "quoted" \'name\' #1 \\\0');
  });

  test('what is too small grows', async () => {
    const table = await write({ 'disk-size': '67M', 'boot-size': '64M' });
    expect(table).toMatch(/img2 .* type=83/);
    expect(at(1024 * 1024 * 65 + 1024 + 56, 2)).toBe('\x53\xef'); // the magic number of ext4
  });

  test.each([
    [
      { 'disk-size': '67M', 'when-too-small': 'fail' },
      /leaves for \/ has 2\.0M, but its files need about \d+M/,
    ],
    [{ 'disk-size': '20M', 'when-too-small': 'fail' }, /leaves for \/ has 0, but its files need about \d+M/],
    [{ 'disk-size': 'huge' }, 'no size: huge'],
    [{ 'swap-size': '4GB' }, 'no size: 4GB'],
    [{ 'when-too-small': 'shrink' }, 'when-too-small is neither grow nor fail: shrink'],
    [{ 'kernel-path': 'boot/none' }, 'the system has no boot/none, which kernel-path names'],
    [{ 'initramfs-path': 'boot/none' }, 'the system has no boot/none, which initramfs-path names'],
    [{ 'dtb-path': 'boot/none' }, 'the system has no boot/none, which dtb-path names'],
    [{ 'raw-files': 'none - 0' }, 'the system has no none, which raw-files names'],
    [
      { 'raw-files': 'usr/share/big 3 -', 'swap-size': '2M' },
      'usr/share/big does not fit where raw-files puts it',
    ],
    [{ bootloader: 'grub' }, 'no boot loader: grub'],
    [{ bootloader: 'systemd-boot' }, 'systemd-boot needs the partition table gpt'],
    [{ partitions: '1 fill 83 ext4 / -' }, 'syslinux needs a partition with vfat that is mounted at /boot'],
    [
      { partitions: '1 fill 83 btrfs / -', bootloader: 'none' },
      'the partition that is mounted at / has no ext4',
    ],
    [{ partitions: '1 fill 83 ext4 /' }, 'not NUMBER SIZE TYPE FILESYSTEM MOUNTPOINT FLAG: 1 fill 83 ext4 /'],
    [{ partitions: '5 fill 83 ext4 / -', bootloader: 'none' }, 'mbr has no more than four partitions'],
  ] as [Record<string, string>, string | RegExp][])('%j is refused', async (variables, message) => {
    await expect(write(variables)).rejects.toThrow(message);
  });

  test('a system without a kernel is refused where something has to boot it', async () => {
    steps.write('system', { 'etc/x': 'x\n' });
    await expect(write()).rejects.toThrow('the system has no kernel: neither boot/vmlinuz, boot/zImage nor');
    await write({ bootloader: 'none' });
  });
});
