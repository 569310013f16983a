import { extensionName } from '../../definitions/extension-paths.js';
import type { Context } from '../context.js';
import type { PlannedDeployment } from './plan.js';

/** How a deployment ends: what its write extension comes to. */
export interface WriteType {
  /**
   * What is made: a form of this tool, or what commands of the caller's own make. These find the finished system in
   * `$system`, leave the result in `$output`, and may use `%{image-name}` and the deployment's variables.
   */
  readonly form: 'disk-image' | 'tar' | 'initramfs' | 'tree' | { readonly commands: readonly string[] };
  /** What it is, in a message. */
  readonly what: string;
  /** Where Baserock brought it, if that was another machine or program: what is left to do by hand. */
  readonly transfer?: string;
  /** Why the form is not that of the write extension, and what to do: a tar stands in its place. */
  readonly unsupported?: string;
}

const disk = (transfer?: string): WriteType => ({
  form: 'disk-image',
  what: 'a disk image',
  ...(transfer === undefined ? {} : { transfer }),
});
const instead = (unsupported: string): WriteType => ({
  form: 'tar',
  what: 'a tar in place of what the write extension makes',
  unsupported,
});

/** The write extensions of Baserock by name (morph's and the definitions' `*.write`), and what becomes of them. */
export const writeTypes: ReadonlyMap<string, WriteType> = new Map([
  ['rawdisk', disk()],
  ['kvm', disk('copy the image to the host and define a virtual machine there (`virt-install --import`)')],
  [
    'virtualbox-ssh',
    disk(
      'convert the image (`VBoxManage convertfromraw`), copy it to the host and make a virtual machine there',
    ),
  ],
  ['openstack', disk('upload the image (`openstack image create --disk-format raw`)')],
  [
    'vagrant',
    disk('convert the image (`VBoxManage convertfromraw`) and pack it as a box (`vagrant package`)'),
  ],
  ['tar', { form: 'tar', what: 'a tar' }],
  ['initramfs', { form: 'initramfs', what: 'an initramfs' }],
  ['sysroot', { form: 'tree', what: 'a tree of files' }],
  [
    'jffs2',
    instead('make the file system from the tar with `mkfs.jffs2 --root`, for the erase block of the flash'),
  ],
  ['nfsboot', instead('unpack the tar on the NFS server, and put its kernel into the TFTP folder')],
  [
    'pxeboot',
    instead('unpack the tar on the server of root file systems, and put its kernel into the TFTP folder'),
  ],
  [
    'ssh-rsync',
    instead('a running Baserock system is not upgraded: deploy a new image, or unpack the tar on the host'),
  ],
  [
    'sdk',
    instead(
      'relocate the toolchain where the tar is unpacked, with a script such as `sdk.write` puts before it',
    ),
  ],
  ['image-package', instead('put the tar and the scripts that INCLUDE_SCRIPTS names into one package')],
  [
    'installer',
    instead('make an image of a system that has the installer, with this system as its subsystem'),
  ],
]);

/** The write type of a deployment by the name of its extension, the caller's own first; undefined if nobody knows it. */
export function writeTypeOf({ variables }: PlannedDeployment, { options }: Context): WriteType | undefined {
  const type = variables.get('type');
  if (!type) return undefined;
  const name = extensionName(type.text);
  const own = options.ownWriteTypes ?? {};
  return Object.hasOwn(own, name) ? own[name] : writeTypes.get(name);
}
