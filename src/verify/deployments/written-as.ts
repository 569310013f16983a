import { extensionName } from '../../definitions/extension-paths.js';
import type { MeantDeployment } from '../../definitions/meaning/deployments.js';

/** What a deployment is to make. */
export interface WrittenAs {
  readonly form: 'disk-image' | 'tar' | 'initramfs' | 'tree';
  /** True where a tar stands in for what the write extension makes. */
  readonly isInstead: boolean;
}

const forms: ReadonlyMap<string, WrittenAs['form']> = new Map([
  ['rawdisk', 'disk-image'],
  ['kvm', 'disk-image'],
  ['virtualbox-ssh', 'disk-image'],
  ['openstack', 'disk-image'],
  ['vagrant', 'disk-image'],
  ['tar', 'tar'],
  ['initramfs', 'initramfs'],
  ['sysroot', 'tree'],
]);

/** What the write extension of a deployment comes to: see "Deployment" in MIGRATION.md. */
export function writtenAs({ variables }: MeantDeployment): WrittenAs {
  const form = forms.get(extensionName(variables.get('type')?.text ?? ''));
  return form ? { form, isInstead: false } : { form: 'tar', isInstead: true };
}
