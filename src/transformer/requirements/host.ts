import type { Rule } from './rule.js';

/** What `systemctl` asks of a running systemd; the rest only changes links. */
const runningUnits =
  /^(?:start|stop|restart|try-restart|reload|reload-or-restart|try-reload-or-restart|isolate|kill|status|is-active|is-failed|is-system-running|show|list-units|list-jobs|daemon-reload|daemon-reexec|reset-failed|reboot|poweroff|halt)$/;

const enables = 'enable the unit instead (`systemctl enable`), so that the system starts it';

/** Commands that talk to services of a running system. */
export const services: Rule = {
  names: [
    ...[
      'systemctl',
      'service',
      'invoke-rc.d',
      'rc-service',
      'initctl',
      'loginctl',
      'hostnamectl',
      'timedatectl',
    ],
    ...['localectl', 'udevadm', 'dbus-send', 'docker', 'podman'],
  ],
  check: ({ name, words }) => {
    const args = words.slice(1).map(({ text }) => text);
    const verb = args.find((text) => !text.startsWith('-'));
    if (verb === undefined && !args.includes('--now')) return [];
    if (name === 'systemctl' && !runningUnits.test(verb ?? '') && !args.includes('--now')) return [];
    if (name === 'udevadm' && !/^(?:trigger|settle|control|monitor)$/.test(verb ?? '')) return [];
    const what = verb === undefined ? name : `${name} ${verb}`;
    const hint = name === 'systemctl' || name === 'service' ? { hint: enables } : {};
    return [
      {
        code: 'needs-host',
        message: `\`${what}\` needs services of a running system, which a sandbox has not`,
        ...hint,
      },
    ];
  },
};

/** `uname -r`: the kernel that runs is that of the machine which builds. */
export const kernelRelease: Rule = {
  names: ['uname'],
  sign: /-\w*[rv]|kernel/,
  check: ({ words }) => {
    const asks = words.some(({ text }) => /^-[a-zA-Z]*[rv]|^--kernel-(?:release|version)$/.test(text));
    if (!asks) return [];
    return [
      {
        code: 'needs-host',
        message: '`uname` tells the kernel of the machine that builds, not that of the system',
        hint: 'take the release from the kernel that the system has, for example from the names in /lib/modules',
      },
    ];
  },
};

/** A disk of the machine. */
const disk =
  /^(?:if=|of=|--\w+=)?\/dev\/(?:sd[a-z]|hd[a-z]|vd[a-z]|nvme\d|mmcblk\d|loop\d|mapper\/|disk\/|md\d|mtd)/;

/** Commands that read or write disks. */
export const diskCommands: Rule = {
  names: [
    ...[
      'dd',
      'mkfs',
      'mke2fs',
      'mkswap',
      'mkdosfs',
      'fdisk',
      'sfdisk',
      'parted',
      'sgdisk',
      'blkid',
      'tune2fs',
      'fsck',
    ],
    ...['bmaptool', 'e2label', 'extlinux', 'syslinux', 'grub-install', 'hdparm', 'wipefs'],
    ...['ext2', 'ext3', 'ext4', 'btrfs', 'vfat', 'fat', 'xfs'].map((type) => `mkfs.${type}`),
  ],
  check: ({ name, words }) => {
    const [path] = words.flatMap(({ text }) => (disk.test(text) ? [text.replace(/^[^/]*=/, '')] : []));
    if (path === undefined) return [];
    return [
      {
        code: 'needs-host',
        message: `\`${name}\` uses ${path}, a disk that a sandbox has not`,
        hint: 'work on a file instead, or leave it to whoever makes the image',
      },
    ];
  },
};
