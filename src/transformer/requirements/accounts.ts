import { argumentsOf } from './arguments.js';
import type { Rule } from './rule.js';

/** Commands that change accounts, with the letters of their options that take a value. */
const commands: ReadonlyMap<string, string> = new Map([
  ['useradd', 'bcdefgGkKpPRsuZ'],
  ['usermod', 'cdefgGlpPRsuZvVwW'],
  ['userdel', 'RP'],
  ['groupadd', 'gKpRPU'],
  ['groupmod', 'gnpRPU'],
  ['groupdel', 'RP'],
  ['adduser', 'hgsGuk'],
  ['addgroup', 'g'],
  ['deluser', ''],
  ['delgroup', ''],
  ['passwd', 'inRwx'],
  ['chpasswd', ''],
  ['gpasswd', 'adAMQ'],
  ['chage', 'dEIMRW'],
  ['chsh', 's'],
  ['chfn', 'fhorw'],
  ['newusers', ''],
]);

/**
 * Commands that change the accounts of a system. They write /etc/passwd and the like, which works where a system is
 * put together; a build cannot write there.
 */
export const accounts: Rule = {
  names: [...commands.keys()],
  check: (command, { stage }) => {
    const { operands } = argumentsOf(command, commands.get(command.name)!);
    const account = operands.at(-1);
    const shown = `\`${command.name}\`${account === undefined ? '' : ` for \`${account}\``}`;
    if (stage === 'build') {
      return [
        {
          code: 'needs-root',
          message: `${shown} changes the accounts of the build sandbox, which cannot be written`,
          hint: 'move it to `system-integration`, which runs where the system is put together',
        },
      ];
    }
    return [{ code: 'account', message: `${shown} changes the accounts of the system` }];
  },
};
