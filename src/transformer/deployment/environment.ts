import { escapeVariables } from '../../project/escape-variables.js';
import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';
import type { WriteType } from './write-types.js';

/** Variables of write extensions that only say how an image is brought somewhere: no step looks at them. */
const ofTransfer =
  /^(?:OPENSTACK_\w+|CLOUD_INIT_\w+|IPMI_\w+|PXEBOOT_\w+|RAM_SIZE|VCPUS|NIC_CONFIG|ATTACH_DISKS|AUTOSTART|HOST_IPADDR|NETMASK)$/;

/** What a sandbox needs to have as it is. */
const reserved = /^(?:PATH|LD_\w+|IFS|HOME|SOURCE_DATE_EPOCH)$/;

/** What says how a deployment is written, and not how it is configured: extensions are not told. */
export const ofWriting: readonly string[] = ['type', 'location', 'upgrade-type', 'upgrade-location'];

/** Names of variables that only say how what is made is brought somewhere, for a type that does so. */
export function transferVariables(
  { variables }: PlannedDeployment,
  { transfer, unsupported }: WriteType,
): string[] {
  if (transfer === undefined && !unsupported) return [];
  return [...variables.keys()].filter((name) => ofTransfer.test(name));
}

/**
 * The upper-case variables of a deployment, as morph gives them to extensions: with the text that Python prints. What
 * no step of a deployment looks at stays out.
 */
export function environmentOf(
  deployment: PlannedDeployment,
  write: WriteType,
  scope: Scope,
): Map<string, string> {
  const { name, at, variables } = deployment;
  const omitted = transferVariables(deployment, write);
  const environment = new Map<string, string>();
  for (const [key, { text, at: place }] of variables) {
    if (ofWriting.includes(key) || omitted.includes(key)) continue;
    if (!/^[A-Z_][A-Z0-9_]*$/.test(key)) {
      const message = `\`${key}\` of \`${name}\` is no variable for extensions, whose names are upper-case`;
      scope.manual('deployment-variable', place ?? at, key, message, 'check how it is spelt');
    } else if (reserved.test(key)) {
      const message = `\`${key}\` of \`${name}\` would change how the sandbox works`;
      scope.manual('deployment-variable', place ?? at, key, message, 'give the variable another name');
    } else environment.set(key, escapeVariables(text));
  }
  return environment;
}
