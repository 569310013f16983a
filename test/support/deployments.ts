import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildStreamVersion } from '../../src/index.js';
import { renderProject } from '../../src/index.js';
import type { Dependency, Element, ImportElement, Project, ProjectFile } from '../../src/project/model.js';
import { readTemplates } from '../../src/templates/read-templates.js';
import type { BuildStream } from './buildstream.js';
import { guestFiles } from './guest.js';
import { makeSysroot } from './sysroot.js';

/** What the guest's init says when it has looked at everything, with what it saw before it. */
export const marker = 'THE GUEST IS WELL';

const init = `#!/bin/sh
export PATH=/bin
mount -t proc proc /proc
# What lies under the file system that the kernel mounts at /dev
mount --bind / /mnt
cd /mnt
echo "hostname: $(cat etc/hostname)"
echo "integration: $(cat etc/integrated)"
for file in . bin/busybox dev/console etc/shadow etc/motd home/user home/user/notes etc/link tmp; do
  echo "$file: $(stat -c '%A %u %g %t,%T' $file)"
done
echo "notes: $(cat home/user/notes)"
echo "link: $(readlink etc/link)"
echo "fstab: $(grep -c . etc/fstab)"
echo '${marker}'
poweroff -f
`;

const initramfsInit = `#!/bin/sh
export PATH=/bin
mount -t proc proc /proc
mount -t devtmpfs devtmpfs /dev
for argument in $(cat /proc/cmdline); do
  case $argument in root=*) root=$(findfs "\${argument#root=}") ;; esac
done
echo "initramfs: $(stat -c '%A %t,%T' /tty)"
mount -t ext4 "$root" /root
exec switch_root /root /sbin/init
`;

/** What \`set-modes\` reads for the deployments, in the place of what a conversion finds in definitions. */
const modes = `4755 0 0 /bin/busybox
0600 0 0 c 5 1 /dev/console
?4711 0 0 /usr/bin/not-in-this-system
`;

const manifest = `0040750 1000 100 /home/user
0100600 1000 100 /home/user/notes
overwrite 0100644 0 0 /etc/motd
0120777 0 0 /etc/link -> /etc/motd
`;

const text = (content: string, executable?: boolean): ProjectFile => ({
  content,
  ...(executable ? { executable } : {}),
});

const imported = (path: string, folder: string): ImportElement => ({
  kind: 'import',
  path,
  dependencies: [],
  sources: [{ kind: 'local', path: folder }],
});

const composed = (path: string, element: string): Element => ({
  kind: 'compose',
  path,
  dependencies: [{ element, type: 'build' }],
  include: [],
  exclude: [],
  includeOrphans: true,
});

function deployment(
  path: string,
  include: string,
  system: string,
  steps: readonly string[],
  variables: Record<string, string>,
  more: readonly Dependency[] = [],
): Element {
  const at = (element: string, location: string): Dependency => ({ element, type: 'build', location });
  return {
    kind: 'script',
    path: `clusters/test/${path}.bst`,
    include: `include/deployment/${include}.yml`,
    dependencies: [
      at('base/deployment-tools.bst', '/'),
      at('base/deployment-steps.bst', '/steps'),
      at(system, '/buildstream'),
      at('clusters/test/files.bst', '/deployment'),
      ...more,
    ],
    steps: ['copy-system', ...steps].map((step) => ({ text: `/steps/${step}` })),
    variables: new Map(Object.entries(variables)),
    environment: new Map([['HOSTNAME', 'guest']]),
  };
}

const configuration = ['set-hostname', 'install-files /deployment/install-files/user'];
const serial = { 'kernel-args': 'console=ttyS0,115200 quiet' };
const disk = (name: string, variables: Record<string, string>) =>
  deployment(name, 'disk-image', 'systems/guest.bst', configuration, { ...serial, ...variables });

const elements: readonly Element[] = [
  {
    ...imported('guest.bst', 'files/guest'),
    public: { integrationCommands: [{ text: 'echo "ran as $(id -u)" >/etc/integrated' }] },
  },
  imported('initramfs.bst', 'files/initramfs'),
  composed('systems/guest.bst', 'guest.bst'),
  composed('systems/initramfs.bst', 'initramfs.bst'),
  imported('clusters/test/files.bst', 'files/clusters/test'),
  imported('clusters/test/initramfs-files.bst', 'files/clusters/initramfs'),
  disk('hybrid', {
    bootloader: 'syslinux+systemd-boot',
    'partition-table': 'gpt',
    'swap-size': '4M',
    'disk-size': '200M',
  }),
  disk('too-small', { 'disk-size': '66M', 'when-too-small': 'fail' }),
  disk('no-kernel', { 'kernel-path': 'boot/bzImage' }),
  deployment('archive', 'tar', 'systems/guest.bst', configuration, {}),
  {
    ...deployment('bios/initramfs', 'initramfs', 'systems/initramfs.bst', [], {}),
    dependencies: [
      { element: 'base/deployment-tools.bst', type: 'build', location: '/' },
      { element: 'base/deployment-steps.bst', type: 'build', location: '/steps' },
      { element: 'systems/initramfs.bst', type: 'build', location: '/buildstream' },
      { element: 'clusters/test/initramfs-files.bst', type: 'build', location: '/deployment' },
    ],
  },
  deployment(
    'bios',
    'disk-image',
    'systems/guest.bst',
    ['add-subsystem initramfs boot/initramfs.gz', ...configuration],
    { ...serial, 'initramfs-path': 'boot/initramfs.gz' },
    [{ element: 'clusters/test/bios/initramfs.bst', type: 'build', location: '/subsystems/initramfs' }],
  ),
];

/** A project of a small system with a kernel, and deployments of all kinds of it, as a conversion would make it. */
const project: Project = {
  configuration: {
    name: 'deployments',
    buildSystemComments: [],
    options: [],
    aliases: new Map(),
    splitRules: new Map(),
    wholeDomain: 'all',
    variables: [],
    cases: [],
    environment: new Map(),
    environmentNoCache: [],
    artifactCaches: [],
  },
  buildSystems: [],
  elements,
  deploymentTools: { kind: 'made' },
  files: new Map([
    ...readTemplates('make-sysroot'),
    ...readTemplates('deployment'),
    ['files/guest/sbin/init', text(init, true)],
    ['files/guest/etc/motd', text('the system’s\n')],
    ['files/guest/etc/shadow', text('root::::::::\n')],
    ['files/initramfs/init', text(initramfsInit, true)],
    ['files/clusters/test/modes', text(modes)],
    ['files/clusters/test/install-files/user/manifest', text(manifest)],
    ['files/clusters/test/install-files/user/files/home/user/notes', text('written by 1000\n')],
    ['files/clusters/test/install-files/user/files/etc/motd', text('the deployment’s\n')],
    ['files/clusters/initramfs/modes', text('0620 0 5 c 5 0 /tty\n')],
  ]),
};

/** Writes the project for a version of BuildStream, with its programs and tools. */
export async function writeDeployments(bst: BuildStream, version: BuildStreamVersion): Promise<string> {
  const folder = bst.write('deployments', renderProject(project, version));
  const guest = await guestFiles();
  for (const system of ['guest', 'initramfs']) {
    const root = join(folder, 'files', system);
    for (const name of ['bin', 'boot', 'dev', 'mnt', 'proc', 'root', 'tmp']) {
      mkdirSync(join(root, name), { recursive: true });
    }
    copyFileSync(join(guest, 'busybox'), join(root, 'bin/busybox'));
    for (const name of [
      'sh',
      'cat',
      'echo',
      'findfs',
      'grep',
      'id',
      'mount',
      'poweroff',
      'readlink',
      'stat',
      'switch_root',
    ]) {
      symlinkSync('busybox', join(root, 'bin', name));
    }
  }
  copyFileSync(join(guest, 'vmlinuz'), join(folder, 'files/guest/boot/vmlinuz'));
  await makeSysroot(folder, 'deployment-tools');
  return folder;
}
