import { type Arguments, argumentsOf, optionOf } from './arguments.js';
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
    const args = argumentsOf(command, commands.get(command.name)!, ['home', 'home-dir', 'gid', 'uid']);
    const account = args.operands.at(-1);
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
    const home = homeOf(command.name, args);
    const hint = account !== undefined && home?.startsWith('/') ? { hint: adviceFor(account, home) } : {};
    return [{ code: 'account', message: `${shown} changes the accounts of the system`, ...hint }];
  },
};

function homeOf(name: string, args: Arguments): string | undefined {
  if (name === 'useradd') return optionOf(args, 'd', 'home', 'home-dir');
  return name === 'adduser' ? optionOf(args, 'h', 'home') : undefined;
}

function adviceFor(account: string, home: string): string {
  return `its home folder belongs to root if it is made here: let the system make it when it starts, by a line \`d ${home} 0750 ${account} -\` in /usr/lib/tmpfiles.d`;
}
