import type { Invocation } from '../../shell/invocations.js';
import { argumentsOf } from './arguments.js';
import type { Finding, Rule } from './rule.js';

/** What a command of the kernel's owner does, for the message; and what to do instead. */
interface Privilege {
  readonly does: string;
  readonly hint: string;
  /** True for arguments with which it needs no rights. */
  readonly harmless?: (words: readonly string[]) => boolean;
}

const atStart = 'leave it to the running system: a unit of systemd or its configuration';
const noMounts =
  'use the files where they are, or put them into an image without mounting it (`mkfs.ext4 -d`, mtools, `tar`)';

const shows = (args: readonly string[]) => args.every((arg) => arg.startsWith('-'));
const kernelModule: Privilege = {
  does: 'loads a module into the kernel of the machine that builds',
  hint: 'name the module in /usr/lib/modules-load.d of the system',
  harmless: (args) => args.some((arg) => /^(?:-[a-zA-Z]*[nDc]|--dry-run|--show.*)$/.test(arg)),
};
const mounts: Privilege = { does: 'mounts a file system', hint: noMounts, harmless: shows };
const namespaces: Privilege = {
  does: 'makes a namespace of its own',
  hint: 'run the command as it is: every build has a sandbox of its own',
};
const rights: Privilege = {
  does: 'runs a command with the rights of another user',
  hint: 'run the command without it: in the sandbox everything runs as root, and there is no other user',
};
const firewall: Privilege = { does: 'changes the network of the machine', hint: atStart };
const disks: Privilege = {
  does: 'works on the disks of the machine',
  hint: 'work on a file instead, or leave it to whoever makes the image',
  harmless: shows,
};

const privileges: ReadonlyMap<string, Privilege> = new Map<string, Privilege>([
  ['sudo', rights],
  ['doas', rights],
  ['pkexec', rights],
  ['su', rights],
  ['runuser', rights],
  ['mount', mounts],
  ['umount', { ...mounts, does: 'unmounts a file system' }],
  ['losetup', { ...mounts, does: 'sets up a loop device' }],
  [
    'chroot',
    { does: 'changes the root folder', hint: 'run it in `system-integration`, whose root is the system' },
  ],
  ['pivot_root', { does: 'changes the root folder', hint: atStart }],
  ['unshare', namespaces],
  ['nsenter', namespaces],
  ['systemd-nspawn', namespaces],
  ['debootstrap', { does: 'makes a root folder of its own', hint: 'stage what it would hold as an element' }],
  [
    'setcap',
    {
      does: 'gives a file capabilities',
      hint: 'give them when the system starts or when its image is made: artifacts do not keep them',
      harmless: (args) => args.includes('-v'),
    },
  ],
  ['chattr', { does: 'sets attributes of files', hint: 'leave it out: artifacts do not keep them' }],
  ['insmod', kernelModule],
  ['modprobe', kernelModule],
  ['rmmod', { ...kernelModule, does: 'removes a module from the kernel of the machine that builds' }],
  [
    'sysctl',
    {
      does: 'sets parameters of the kernel of the machine that builds',
      hint: 'write them to /usr/lib/sysctl.d of the system',
      harmless: (args) => !args.some((arg) => /=|^-[a-zA-Z]*[wp]|^--(?:write|load|system)/.test(arg)),
    },
  ],
  ['iptables', firewall],
  ['ip6tables', firewall],
  ['nft', firewall],
  ['swapon', disks],
  ['swapoff', disks],
  ['cryptsetup', disks],
  ['pvcreate', disks],
  ['vgcreate', disks],
  ['lvcreate', disks],
  ['kexec', { does: 'starts another kernel', hint: atStart }],
]);

/** Commands that only root of the machine may run, not that of a sandbox. */
export const rootCommands: Rule = {
  names: [...privileges.keys()],
  check: ({ name, words }) => {
    const { does, hint, harmless } = privileges.get(name)!;
    const args = words.slice(1).map(({ text }) => text);
    if (harmless?.(args)) return [];
    return [{ code: 'needs-root', message: `\`${name}\` ${does}, which the sandbox does not allow`, hint }];
  },
};

/** `mknod`: a device fails, a pipe is not kept. */
export const specialFiles: Rule = {
  names: ['mknod', 'mkfifo'],
  check: (command): Finding[] => {
    const isPipe = command.name === 'mkfifo' || typeOfNode(command) === 'p';
    if (!isPipe) {
      return [
        {
          code: 'needs-root',
          message: '`mknod` makes a device, which the sandbox refuses',
          hint: 'remove it: devtmpfs has the devices of a running system; for others, a line in /usr/lib/tmpfiles.d makes them',
        },
      ];
    }
    if (!command.words.some(({ text }) => text.includes('DESTDIR'))) return [];
    return [
      {
        code: 'lost-mode',
        message: `\`${command.name}\` makes a named pipe, which artifacts do not keep`,
        hint: 'make it when the system starts: a line `p <path>` in /usr/lib/tmpfiles.d',
      },
    ];
  },
};

function typeOfNode(command: Invocation): string | undefined {
  return argumentsOf(command, 'mZ', ['mode', 'context']).operands[1];
}
