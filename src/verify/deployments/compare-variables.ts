import type { MeantDeployment } from '../../definitions/meaning/deployments.js';
import type { Comparison } from '../comparison.js';
import type { Deployed } from './deployed.js';
import { type WrittenAs, writtenAs } from './written-as.js';

/** What says how a deployment is written, and is no variable of the environment. */
const ofWriting: readonly string[] = ['type', 'location', 'upgrade-type', 'upgrade-location'];

/** What says how what is made is brought somewhere, which no build does. */
const ofTransfer =
  /^(?:OPENSTACK_\w+|CLOUD_INIT_\w+|IPMI_\w+|PXEBOOT_\w+|RAM_SIZE|VCPUS|NIC_CONFIG|ATTACH_DISKS|AUTOSTART|HOST_IPADDR|NETMASK)$/;

/** What a sandbox needs to have as it is. */
const ofSandbox = /^(?:PATH|LD_\w+|IFS|HOME|SOURCE_DATE_EPOCH)$/;

/** Compares the environment of a deployment's steps, and what the one that writes it is told. */
export function compareVariables(deployed: Deployed, comparison: Comparison): void {
  compareEnvironment(deployed, comparison);
  for (const [name, wanted] of settingsOf(deployed.deployment, comparison)) {
    const found = deployed.element.environment.get(name);
    if (wanted === undefined || normal(name, found?.text) === normal(name, wanted)) continue;
    comparison.findings.different('deployment', deployed.element.path, `${name} has another value`, {
      wanted,
      found: found?.text ?? 'nothing',
      definition: deployed.deployment.at,
      project: found?.at ?? deployed.element.at,
    });
  }
}

function compareEnvironment({ deployment, element }: Deployed, { findings, project }: Comparison): void {
  const text = (value: string) => (project.files.dialect.trimsTexts ? value.trim() : value);
  const { variables } = deployment;
  for (const [name, { text: written, at }] of variables) {
    if (ofWriting.includes(name)) continue;
    const found = element.environment.get(name);
    if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || ofSandbox.test(name)) {
      findings.deliberate('deployment-variable', `${name} is no variable for extensions`, element.path);
    } else if (ofTransfer.test(name) && !found) {
      const message = 'variables that say how it is brought to its host are left out';
      findings.deliberate('deployment-transfer', message, element.path);
    } else if (found?.text !== text(written)) {
      const message = found ? `${name} has another value` : `${name} is not set`;
      findings.different('deployment', element.path, message, {
        wanted: written,
        found: found?.text,
        definition: at ?? deployment.at,
        project: found?.at ?? element.at,
      });
    }
  }
  const own = project.files.elementPath + element.path;
  for (const [name, { text: found, at }] of element.environment) {
    if (variables.has(name) || at.file.path !== own) continue;
    const message = `${name} is set, which the deployment does not`;
    findings.different('deployment', element.path, message, {
      found,
      definition: deployment.at,
      project: at,
    });
  }
}

/** What the step that writes is told by the environment; undefined for what is not compared. */
function settingsOf(deployment: MeantDeployment, comparison: Comparison): Map<string, string | undefined> {
  const written = writtenAs(deployment);
  const { form } = written;
  if (form === 'tree') return new Map();
  const name = imageName(deployment, written);
  if (form !== 'disk-image') {
    return new Map([
      ['image_name', name],
      ['archive_format', form === 'initramfs' ? 'cpio' : 'tar'],
    ]);
  }
  const { variables, system } = deployment;
  const said = (key: string) => (variables.get(key)?.value === null ? '' : (variables.get(key)?.text ?? ''));
  const install = variables.get('BOOTLOADER_INSTALL')?.text;
  const isPc = /^x86_(?:32|64)$/.test(system.arch.text);
  const hasConfig = install === 'extlinux' || said('BOOTLOADER_CONFIG_FORMAT') === 'extlinux';
  if (variables.has('PARTITION_FILE')) {
    comparison.findings.notCompared('what a file of partitions comes to', said('PARTITION_FILE'));
  }
  return new Map([
    ['image_name', name],
    ['disk_size', variables.has('DISK_SIZE') ? said('DISK_SIZE') : '0'],
    ['kernel_args', said('KERNEL_ARGS')],
    ['initramfs_path', said('INITRAMFS_PATH').replace(/^\/+/, '')],
    ['dtb_path', said('DTB_PATH').replace(/^\/+/, '')],
    ['root_device', said('ROOT_DEVICE')],
    ['boot_device', said('BOOT_DEVICE')],
    ['bootloader', isPc && (install ?? 'extlinux') === 'extlinux' ? 'syslinux' : 'none'],
    ['bootloader_config', hasConfig ? 'extlinux' : 'none'],
  ]);
}

/** The name of the file that is made, where `location` names a file. */
function imageName({ variables }: MeantDeployment, { isInstead }: WrittenAs): string | undefined {
  const location = variables.get('location')?.text ?? '';
  const file = location.slice(location.lastIndexOf('/') + 1);
  const isFile = !/[:@ ]/.test(location) && !location.startsWith('/dev/') && /^\w[\w.+-]*$/.test(file);
  return isFile && !isInstead ? file : undefined;
}

/** Sizes in bytes, whatever their unit; what is no size is none. */
function normal(name: string, text: string | undefined): string | undefined {
  if (name !== 'disk_size' || text === undefined) return text?.trim();
  const [, number, unit = ''] = /^([\d.]+)\s*([KMGT]?)i?B?$/i.exec(text.trim()) ?? [];
  const power = ['', 'K', 'M', 'G', 'T'].indexOf(unit.toUpperCase());
  return number === undefined ? '0' : String(Math.ceil(Number(number) * 1024 ** power));
}
