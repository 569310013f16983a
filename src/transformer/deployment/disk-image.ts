import { escapeVariables } from '../../project/escape-variables.js';
import type { Context } from '../context.js';
import { diskId } from './disk-id.js';
import { partitionsOf } from './partitions.js';
import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';

/** Architectures on which syslinux boots. */
const pcs: readonly string[] = ['x86_64', 'x86_32'];

/** Variables of Baserock's disk images that are variables of ours, word for word. */
const same: readonly (readonly [string, string])[] = [
  ['KERNEL_ARGS', 'kernel-args'],
  ['INITRAMFS_PATH', 'initramfs-path'],
  ['DTB_PATH', 'dtb-path'],
  ['ROOT_DEVICE', 'root-device'],
  ['BOOT_DEVICE', 'boot-device'],
];

/** The variables of a disk image, from those of its deployment. What is not set has the template's value. */
export function diskImageVariables(
  deployment: PlannedDeployment,
  scope: Scope,
  context: Context,
): Map<string, string> {
  const { variables: given } = deployment;
  const variables = new Map<string, string>();
  const size = given.get('DISK_SIZE');
  if (size && /^\d+(?:\.\d+)?\s*[KMGT]?i?B?$/i.test(size.text)) variables.set('disk-size', sizeOf(size.text));
  else if (size) {
    const message = `\`${size.text}\` is no size of a disk: the image gets the size that the system needs`;
    scope.manual(
      'deployment-variable',
      size.at,
      'DISK_SIZE',
      message,
      'write a number, with K, M, G or T behind it',
    );
  }
  for (const [name, ours] of same) {
    const variable = given.get(name);
    if (!variable || variable.text === '' || variable.value === null) continue;
    const isPath = name.endsWith('_PATH');
    variables.set(ours, escapeVariables(isPath ? variable.text.replace(/^\/+/, '') : variable.text));
  }
  const bootloader = bootLoaderOf(deployment, scope);
  for (const [name, value] of bootloader) variables.set(name, value);
  const hasSyslinux = bootloader.get('bootloader') !== 'none';
  for (const [name, value] of partitionsOf(deployment, hasSyslinux, scope, context) ?? [])
    variables.set(name, value);
  variables.set('disk-id', diskId(deployment.path));
  return variables;
}

/** `4G`; a fraction is written out in the next smaller unit, which the template counts in. */
function sizeOf(text: string): string {
  const [, number = '0', unit = ''] = /^([\d.]+)\s*([KMGT]?)/i.exec(text) ?? [];
  const units = ['', 'K', 'M', 'G', 'T'];
  let index = units.indexOf(unit.toUpperCase());
  let size = Number(number);
  while (!Number.isInteger(size) && index > 0) {
    size *= 1024;
    index -= 1;
  }
  return `${Math.ceil(size)}${units[index]}`;
}

/** BOOTLOADER_INSTALL and BOOTLOADER_CONFIG_FORMAT: extlinux unless they say otherwise, none where there is no PC. */
function bootLoaderOf({ variables, system }: PlannedDeployment, scope: Scope): Map<string, string> {
  const isPc = pcs.includes(system.arch.text);
  const install = variables.get('BOOTLOADER_INSTALL');
  const format = variables.get('BOOTLOADER_CONFIG_FORMAT');
  const found = new Map<string, string>();
  if (install && !['extlinux', 'none'].includes(install.text)) {
    const message = `there is no boot loader \`${install.text}\`: none is installed`;
    scope.manual('deployment-variable', install.at, 'BOOTLOADER_INSTALL', message, 'write extlinux or none');
  }
  if (!isPc || (install && install.text !== 'extlinux')) found.set('bootloader', 'none');
  if (install?.text === 'extlinux' && !isPc) {
    const message = `extlinux does not boot ${system.arch.text}: the image has its configuration, and no boot loader`;
    scope.manual(
      'deployment-variable',
      install.at,
      'BOOTLOADER_INSTALL',
      message,
      'use the boot loader of the board',
    );
  }
  if (format && format.text !== 'extlinux') {
    const message = `there is no configuration of boot loaders of the form \`${format.text}\``;
    scope.manual('deployment-variable', format.at, 'BOOTLOADER_CONFIG_FORMAT', message, 'write extlinux');
  }
  if (format?.text === 'extlinux' || install?.text === 'extlinux') found.set('bootloader-config', 'extlinux');
  return found;
}
