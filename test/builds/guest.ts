import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kept } from '../support/sysroot.js';

const run = promisify(execFile);

/** A kernel for machines in clouds, small and with the drivers of NVMe disks and ext4 built in. */
const kernelPackage = 'linux-image-cloud-amd64';

/** The kernel of guests, out of a Debian package; the file is kept. */
export async function guestKernel(): Promise<string> {
  const file = join(kept, 'vmlinuz');
  if (!existsSync(file)) {
    const work = mkdtempSync(join(tmpdir(), 'baserock2bst-kernel-'));
    const { stdout } = await run('apt-cache', ['depends', kernelPackage]);
    await run('apt-get', ['download', '-qq', /Depends: (linux-image-\S+)/.exec(stdout)![1]!], { cwd: work });
    await run('dpkg-deb', ['-x', readdirSync(work)[0]!, 'all'], { cwd: work });
    const found = readdirSync(join(work, 'all/boot')).find((name) => name.startsWith('vmlinuz'))!;
    mkdirSync(kept, { recursive: true });
    copyFileSync(join(work, 'all/boot', found), `${file}.new`);
    renameSync(`${file}.new`, file);
    rmSync(work, { recursive: true });
  }
  return file;
}

/** Debian's firmware for UEFI; its variables are not kept. */
const firmware = '/usr/share/OVMF';
const uefi = [
  '-drive',
  `if=pflash,format=raw,unit=0,readonly=on,file=${firmware}/OVMF_CODE_4M.fd`,
  '-drive',
  `if=pflash,format=raw,unit=1,snapshot=on,file=${firmware}/OVMF_VARS_4M.fd`,
];

/**
 * Boots a disk image in QEMU, from an NVMe disk, until it powers off.
 *
 * @returns what came over the serial line.
 */
export async function boot(image: string, by: 'BIOS' | 'UEFI'): Promise<string> {
  const machine = ['-accel', 'tcg', '-m', '512', '-nographic', '-monitor', 'none', '-serial', 'stdio'];
  const disk = ['-drive', `file=${image},format=raw,if=none,id=disk,snapshot=on`];
  const drive = ['-device', 'nvme,drive=disk,serial=disk,bootindex=1'];
  const rest = ['-nic', 'none', '-no-reboot', ...(by === 'UEFI' ? uefi : [])];
  const { stdout } = await run('qemu-system-x86_64', [...machine, ...disk, ...drive, ...rest], {
    timeout: 300_000,
  });
  return stdout.replaceAll('\r', '');
}
