import type { Variables } from '../../definitions/model.js';
import { escapeVariables } from '../../project/escape-variables.js';
import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';

/** Variables of write extensions that only say how an image is brought somewhere: no step looks at them. */
const ofTransfer =
  /^(?:OPENSTACK_\w+|CLOUD_INIT_\w+|IPMI_\w+|PXEBOOT_\w+|RAM_SIZE|VCPUS|NIC_CONFIG|ATTACH_DISKS|AUTOSTART|HOST_IPADDR|NETMASK)$/;

/** What a sandbox needs to have as it is. */
const reserved = /^(?:PATH|LD_\w+|IFS|HOME|SOURCE_DATE_EPOCH)$/;

/** What says how a deployment is written, and not how it is configured. */
const known: readonly string[] = ['type', 'location', 'upgrade-type', 'upgrade-location'];

/** Names of variables of a deployment that only say how an image is brought somewhere. */
export function transferVariables(variables: Variables): string[] {
  return [...variables.keys()].filter((name) => ofTransfer.test(name));
}

/**
 * The upper-case variables of a deployment, as morph gives them to extensions: with the text that Python prints. What
 * no step of a deployment looks at stays out.
 */
export function environmentOf({ name, at, variables }: PlannedDeployment, scope: Scope): Map<string, string> {
  const environment = new Map<string, string>();
  for (const [key, { text, at: place }] of variables) {
    if (known.includes(key) || ofTransfer.test(key)) continue;
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
