import { expect, test } from 'vitest';
import { convertTree, deploying, tree } from './support.js';

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
