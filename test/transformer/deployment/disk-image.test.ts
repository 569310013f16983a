import { describe, expect, test } from 'vitest';
import { convertTree, deploying, tree } from './support.js';

const element = 'clusters/c/d.bst';

const image = (variables: string, system = 'x') => {
  const cluster = deploying(`type: extensions/rawdisk\nlocation: d.img\n${variables}`).replace(
    'systems/x',
    `systems/${system}`,
  );
  const { element, said } = convertTree(tree(cluster));
  return { variables: (element('clusters/c/d.bst').variables ?? {}) as Record<string, string>, said };
};

test.each([
  ['4G', '4G'],
  ['512', '512'],
  ['1.5G', '1536M'],
  ['0.5K', '512'],
  ['1.25T', '1280G'],
  ['4GiB', '4G'],
  ['4 GB', '4G'],
  ['100b', '100'],
  ['1.0001', '2'],
  ['2g', '2G'],
])('DISK_SIZE %s is %s', (given, size) => {
  expect(image(`DISK_SIZE: "${given}"`).variables['disk-size']).toBe(size);
});

test.each(['much', '4X', '4G!', 'a4G', '4.G', '.5G', '-1G', '4Gb4'])('DISK_SIZE %s is no size', (given) => {
  const { variables, said } = image(`DISK_SIZE: "${given}"`);
  expect(variables).not.toHaveProperty('disk-size');
  expect(said.join('\n')).toContain(
    `\`${given}\` is no size of a disk: the image gets the size that the system needs`,
  );
});

test('what is set of Baserock’s variables is set here, and nothing else', () => {
  const { variables } = image(
    'KERNEL_ARGS: quiet %{x}\nINITRAMFS_PATH: //boot/initramfs.gz\nDTB_PATH: /boot/a.dtb\nROOT_DEVICE: /dev/vda\nBOOT_DEVICE: /dev/vdb',
  );
  expect(variables).toMatchObject({
    'initramfs-path': 'boot/initramfs.gz',
    'dtb-path': 'boot/a.dtb',
    'root-device': '/dev/vda',
    'boot-device': '/dev/vdb',
  });
  expect(variables['kernel-args']).toMatch(/^quiet .*x\}$/);
  const empty = image('KERNEL_ARGS: ""\nDTB_PATH:\nROOT_DEVICE: ""');
  for (const name of ['kernel-args', 'dtb-path', 'root-device'])
    expect(empty.variables).not.toHaveProperty(name);
});

test.each<[string, string, Record<string, string | undefined>, string | undefined]>([
  ['x', '', { bootloader: undefined, 'bootloader-config': undefined }, undefined],
  [
    'x',
    'BOOTLOADER_INSTALL: extlinux',
    { bootloader: undefined, 'bootloader-config': 'extlinux' },
    undefined,
  ],
  ['x', 'BOOTLOADER_INSTALL: none', { bootloader: 'none', 'bootloader-config': undefined }, undefined],
  [
    'x',
    'BOOTLOADER_INSTALL: grub',
    { bootloader: 'none' },
    'there is no boot loader `grub`: none is installed',
  ],
  ['x', 'BOOTLOADER_CONFIG_FORMAT: extlinux', { 'bootloader-config': 'extlinux' }, undefined],
  [
    'x',
    'BOOTLOADER_CONFIG_FORMAT: uboot',
    { 'bootloader-config': undefined },
    'there is no configuration of boot loaders of the form `uboot`',
  ],
  ['arm', '', { bootloader: 'none', 'bootloader-config': undefined }, undefined],
  [
    'arm',
    'BOOTLOADER_INSTALL: extlinux',
    { bootloader: 'none', 'bootloader-config': 'extlinux' },
    'extlinux does not boot armv7lhf: the image has its configuration, and no boot loader',
  ],
])('the boot loader of %s with %j', (system, given, wanted, message) => {
  const { variables, said } = image(given, system);
  for (const [name, value] of Object.entries(wanted)) expect([name, variables[name]]).toEqual([name, value]);
  const found = said.filter((line) => line.startsWith('deployment-variable'));
  if (message === undefined) expect(found).toEqual([]);
  else expect(found.join('\n')).toContain(message);
});

describe('a disk image', () => {
  test('has what its deployment says', () => {
    const values = `type: rawdisk
DISK_SIZE: 1.5G
KERNEL_ARGS: console=ttyS0
INITRAMFS_PATH: /boot/initramfs.gz
ROOT_DEVICE: /dev/sda2
BOOTLOADER_INSTALL: none
BOOTLOADER_CONFIG_FORMAT: extlinux`;
    const { element: read, said } = convertTree(tree(deploying(values)));
    expect(read(element).variables).toEqual({
      'disk-size': '1536M',
      'kernel-args': 'console=ttyS0',
      'initramfs-path': 'boot/initramfs.gz',
      'root-device': '/dev/sda2',
      bootloader: 'none',
      'bootloader-config': 'extlinux',
      'disk-id': expect.stringMatching(/^[0-9a-f]{8}$/),
    });
    expect(said.filter((line) => line.startsWith('missing-boot-file'))).toEqual([
      'missing-boot-file clusters/c.morph:10:23 `INITRAMFS_PATH` of `d` is boot/initramfs.gz, and nothing puts such a file into the system',
    ]);
  });

  test('has an id of its own', () => {
    const { element: read } = convertTree(
      tree(`${deploying('type: rawdisk')}${deploying('type: kvm', 'e')}`),
    );
    const ids = ['d', 'e'].map((name) => read(`clusters/c/${name}.bst`).variables?.['disk-id']);
    expect(new Set(ids).size).toBe(2);
  });

  test('has no syslinux where that does not boot', () => {
    const { element: read } = convertTree(
      tree('- morph: systems/arm.morph\n  deploy: {d: {type: rawdisk}}\n'),
    );
    expect(read(element).variables).toMatchObject({ bootloader: 'none' });
  });

  test('needs a kernel', () => {
    const files = tree(deploying('type: rawdisk'));
    files['strata/s.morph'] = files['strata/s.morph']!.replace(/cp vmlinuz.*\]/, 'make install]');
    expect(convertTree(files).said).toContain(
      'missing-boot-file clusters/c.morph:6:5 `d` is an image that boots, and no command of the chunks of `x` speaks of a kernel',
    );
  });

  test.each([
    ['DISK_SIZE: plenty', '`plenty` is no size of a disk'],
    ['BOOTLOADER_INSTALL: grub', 'there is no boot loader `grub`'],
    ['BOOTLOADER_CONFIG_FORMAT: grub', 'there is no configuration of boot loaders of the form `grub`'],
  ])('%s is reported', (variable, message) => {
    const { said } = convertTree(tree(deploying(`type: rawdisk\n${variable}`)));
    expect(said.filter((line) => line.startsWith('deployment-variable')).join()).toContain(message);
  });

  test('is another layout than Baserock’s, which is said once for each cluster', () => {
    const { diagnostics } = convertTree(tree(`${deploying('type: rawdisk')}${deploying('type: kvm', 'e')}`));
    const layouts = diagnostics.filter(({ code }) => code === 'deployment-layout');
    expect(layouts.map(({ message }) => message)).toEqual([expect.stringContaining('`d`, `e`')]);
  });

  test('is partitioned as PARTITION_FILE says', () => {
    const partitions = `start_offset: 4096
partition_table_format: mbr
partitions:
- {description: loader, filesystem: none, fdisk_type: 0xa2, number: 3, size: 1M, raw_files: [{file: boot/spl.img}, {file: boot/u-boot.img}]}
- {filesystem: btrfs, mountpoint: /, fdisk_type: 0x83, size: fill, boot: yes}
raw_files:
- {file: boot/env.img, offset_bytes: 512}
- {file: boot/more.img, offset_sectors: 3}
`;
    const cluster = deploying('type: rawdisk\nPARTITION_FILE: partitioning/board');
    const files = tree(cluster, [], { 'partitioning/board': partitions });
    const { element: read, said } = convertTree(files);
    expect(read(element).variables).toMatchObject({
      'partition-table': 'mbr',
      'first-sector': '4096',
      partitions: '2 %{boot-size} c vfat /boot boot\n3 1M a2 none - -\n1 fill 83 ext4 / -\n',
      'raw-files': 'boot/spl.img 3 -\nboot/u-boot.img 3 -\nboot/env.img - 512\nboot/more.img - 1536\n',
    });
    expect(said.filter((line) => line.startsWith('partitioning'))).toEqual([
      expect.stringContaining('has no partition for /boot'),
      expect.stringContaining('asks for btrfs, and the image gets ext4'),
    ]);
    const without = tree(`${cluster}      BOOTLOADER_INSTALL: none\n`, [], {
      'partitioning/board': partitions,
    });
    expect(convertTree(without).element(element).variables?.partitions).toBe(
      '3 1M a2 none - -\n1 fill 83 ext4 / boot\n',
    );
  });

  test.each([
    [undefined, 'missing-file', 'partitioned by p, which is not there'],
    ['- a', 'partitioning', 'p lists no partitions'],
    ['partitions: [{size: 1X}]', 'partitioning', 'partition 1 has no size'],
    ['partition_table_format: sun', 'partitioning', 'there is no partition table `sun`'],
    ['partitions: [{size: 1M}]', 'partitioning', 'p has no partition for /'],
    ['a: [', 'partitioning', ''],
  ])('a PARTITION_FILE of %s is reported', (text, code, message) => {
    const files = tree(
      deploying('type: rawdisk\nPARTITION_FILE: p'),
      [],
      text === undefined ? {} : { p: text },
    );
    const { said, element: read } = convertTree(files);
    expect(said.filter((line) => line.startsWith(`${code} `)).join('\n')).toContain(message);
    expect(Object.keys(read(element).variables ?? {})).toEqual(['disk-id']);
  });
});
