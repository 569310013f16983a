import type { Invocation } from '../../shell/invocations.js';
import { argumentsOf, optionOf } from './arguments.js';
import type { Finding, Rule } from './rule.js';

/** The one user of the sandbox, as commands write it. */
const root: readonly string[] = ['', '0', '+0', 'root'];

/** Commands that give files to somebody: the sandbox has no user but root, and artifacts keep no owners. */
export const owners: Rule = {
  names: ['chown', 'chgrp', 'install'],
  sign: /ch(?:own|grp)|-\w*[og]|--(?:owner|group)/,
  check: (command) => {
    const owner = command.name === 'install' ? ownerOfInstall(command) : ownerOfChange(command);
    return owner === undefined ? [] : [findingOf(command.name, owner)];
  },
};

function ownerOfInstall(command: Invocation): string | undefined {
  const args = argumentsOf(command, 'gmotS', ['owner', 'group', 'mode', 'target-directory', 'suffix']);
  const owner = optionOf(args, 'o', 'owner');
  const group = optionOf(args, 'g', 'group');
  if (owner === undefined && group === undefined) return undefined;
  return group === undefined ? owner! : `${owner ?? ''}:${group}`;
}

/** `chown` and `chgrp`: the first operand, unless the owner is that of another file. */
function ownerOfChange(command: Invocation): string | undefined {
  const args = argumentsOf(command, '', ['from', 'reference']);
  if (optionOf(args, 'reference') !== undefined) return undefined;
  const [owner] = args.operands;
  return owner !== undefined && command.name === 'chgrp' ? `:${owner}` : owner;
}

function findingOf(name: string, owner: string): Finding {
  const isRoot = owner.split(/[:.]/).every((part) => root.includes(part));
  const shown = `\`${owner.replace(/^:|:$/g, '')}\``;
  if (isRoot)
    return { code: 'root-owner', message: `\`${name}\` gives files to root, whose they are anyway` };
  const [user, group] = owner.split(':');
  const message = `\`${name}\` gives files to ${shown}, which the sandbox refuses`;
  const unknown = `\`${name}\` gives files to ${shown}, which the sandbox refuses unless that is root`;
  return {
    code: 'needs-root',
    message: owner.includes('$') ? unknown : message,
    hint: `remove it, and give the files to ${shown} when the system starts (a line \`Z <path> - ${user || '-'} ${group || '-'}\` in /usr/lib/tmpfiles.d) or when its image is made`,
  };
}
