import { compareBytes } from '../byte-order.js';
import type { System } from '../definitions/model.js';
import { percentVariable } from '../project/escape-variables.js';
import type { ProjectCase, ProjectConfiguration, ProjectVariable } from '../project/model.js';
import { abiOf, architectures, cpuOf, machineOf } from './architectures.js';
import type { Context } from './context.js';
import { wholeDomain } from './domains.js';
import { guard } from './integration.js';
import { quoted } from './names.js';

/** PATH in ybd's sandbox (ybd: `base-path`). */
export const searchPath = '/usr/bin:/bin:/usr/sbin:/sbin';

/** What ybd sets for every command (ybd: `sandbox.clean_env`), in terms of BuildStream's variables. */
const environment: ReadonlyMap<string, string> = new Map([
  ['PATH', searchPath],
  ['PREFIX', '%{prefix}'],
  ['DESTDIR', '%{install-root}'],
  ['MAKEFLAGS', '-j%{max-jobs}'],
  ['MORPH_ARCH', '%{arch}'],
  ['TARGET', '%{cpu}-baserock-linux-gnu%{abi}'],
  ['TARGET_STAGE1', '%{cpu}-bootstrap-linux-gnu%{abi}'],
  ['TERM', 'dumb'],
  ['SHELL', '/bin/sh'],
  ['USER', 'tomjon'],
  ['USERNAME', 'tomjon'],
  ['LOGNAME', 'tomjon'],
  ['LC_ALL', 'C'],
  ['HOME', '/tmp'],
  ['TZ', 'UTC'],
]);

/** What project.conf has to say: the architectures, the servers, and the environment that commands count on. */
export function configureProject(systems: readonly System[], context: Context): ProjectConfiguration {
  const { definitions, options } = context;
  const values = architecturesOf(systems, context);
  return {
    name: options.name ?? 'baserock',
    buildSystemComments: definitions.defaults.comments,
    options: [
      {
        name: 'arch',
        description: 'Architecture to build for, as Baserock names it',
        values,
        default: mostFrequent(systems.filter(({ arch }) => values.includes(arch.text))) ?? 'x86_64',
      },
    ],
    aliases: context.aliases,
    variables: [
      {
        name: guard,
        value: '[ -e /baserock/system ] || exit 0',
        comments: [
          ' Ends an integration command unless a system is being put together: BuildStream runs',
          ' these commands in every build as well, Baserock does not.',
        ],
      },
      {
        name: percentVariable,
        value: '%',
        comments: [' For commands that mean a percent sign before a brace.'],
      },
      {
        name: 'cpu',
        value: '%{arch}',
        comments: [' The parts of TARGET that depend on the architecture.'],
      },
      { name: 'abi', value: '' },
    ],
    cases: values.flatMap(caseOf),
    environment,
    splitRules: context.splitting.domains.usual(),
    splitRuleOrigins: context.splitting.domains.originsOfUsual(),
    wholeDomain,
    environmentNoCache: ['MAKEFLAGS'],
    artifactCaches: options.artifactCaches ?? [],
    ...(options.remoteExecution === undefined
      ? {}
      : { remoteExecution: options.remoteExecution, machines: machinesOf(values) }),
  };
}

function architecturesOf(systems: readonly System[], { report }: Context): string[] {
  const values = new Set(architectures);
  for (const { arch } of systems) {
    if (values.has(arch.text)) continue;
    if (!/^[\w.+-]+$/.test(arch.text)) {
      report('bad-name', arch.at, `no architecture can have the name ${quoted(arch.text)}`);
      continue;
    }
    report('unknown-architecture', arch.at, `Baserock knows no architecture \`${arch.text}\``);
    values.add(arch.text);
  }
  return [...values].sort();
}

/** The one that most systems are for; x86_64 among equals. */
function mostFrequent(systems: readonly System[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { arch } of systems) counts.set(arch.text, (counts.get(arch.text) ?? 0) + 1);
  return [...counts].sort(
    ([a, m], [b, n]) => n - m || Number(b === 'x86_64') - Number(a === 'x86_64') || compareBytes(a, b),
  )[0]?.[0];
}

function machinesOf(values: readonly string[]): Map<string, string> {
  return new Map(
    values.flatMap((value): [string, string][] => {
      const machine = machineOf(value);
      return machine === undefined ? [] : [[value, machine]];
    }),
  );
}

function caseOf(architecture: string): ProjectCase[] {
  const variables: ProjectVariable[] = [];
  if (cpuOf(architecture) !== architecture) variables.push({ name: 'cpu', value: cpuOf(architecture) });
  if (abiOf(architecture) !== '') variables.push({ name: 'abi', value: abiOf(architecture) });
  return variables.length > 0 ? [{ option: 'arch', value: architecture, variables }] : [];
}
