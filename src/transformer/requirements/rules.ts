import { accounts } from './accounts.js';
import { archives } from './archives.js';
import { gems, git, gitFiles } from './git.js';
import { diskCommands, kernelRelease, services } from './host.js';
import { modes } from './modes.js';
import { network, pythonModules } from './network.js';
import { owners } from './owners.js';
import { rootCommands, specialFiles } from './privileges.js';
import type { Rule } from './rule.js';

/** All rules about single commands; what they find about one command is reported in this order. */
export const rules: readonly Rule[] = [
  rootCommands,
  specialFiles,
  owners,
  modes,
  accounts,
  archives,
  services,
  kernelRelease,
  diskCommands,
  git,
  gems,
  gitFiles,
  network,
  pythonModules,
];
