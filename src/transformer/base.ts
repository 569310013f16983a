import { counted } from '../counted.js';
import type { Stratum, StratumReference } from '../definitions/model.js';
import type { Report } from '../diagnostics/diagnostic.js';
import type { ProjectFile } from '../project/model.js';
import { readTemplates } from '../templates/read-templates.js';
import { stratumRules } from './artifacts.js';
import type { Context } from './context.js';
import { baseElement, isBootstrapped, replacementOf } from './replacements.js';

/** The packages that `--base-extra` adds to the sysroot, for its script to read. */
const extraPackages = 'base/extra-packages';

/** What building the first stages takes beyond build-essential itself; none of it gets into the result. */
const bootstrapPackages: readonly string[] = [
  'autoconf',
  'automake',
  'bc',
  'bison',
  'bzip2',
  'coreutils',
  'diffutils',
  'file',
  'findutils',
  'flex',
  'gettext',
  'grep',
  'gzip',
  'patch',
  'perl',
  'python3',
  'rsync',
  'sed',
  'tar',
  'texinfo',
  'xz-utils',
];

/** Files of the sysroot that make no sense where the sysroot is only what the base is built with. */
const sysrootOnly: readonly string[] = [
  'elements/base.bst',
  'elements/base/minimal.bst',
  'elements/base/runtime.bst',
];

/** The files of the base, which stands in for the stratum that bootstraps the toolchain. */
export function baseFiles(
  strata: readonly Stratum[],
  { options, report }: Context,
): Map<string, ProjectFile> {
  for (const stratum of strata) {
    const element = replacementOf(stratum);
    if (element === undefined) continue;
    const message = `\`${stratum.name}\` (${stratum.chunks.length} chunks) is replaced by ${element}`;
    report(element === baseElement ? 'base-replaced' : 'stratum-replaced', stratum.at, message);
    const isCarried = isBootstrapped(stratum, options) || options.integration === 'system';
    if (!isCarried) reportIntegration(stratum, report);
  }
  const files = new Map<string, ProjectFile>(readTemplates('base'));
  for (const [path, file] of filesOf(options.base)) files.set(path, file);
  const extra = [...(options.base === 'bootstrap' ? bootstrapPackages : []), ...(options.baseExtra ?? [])];
  for (const name of extra) {
    if (/^[a-z0-9][a-z0-9.+-]+$/.test(name)) continue;
    report('bad-option', undefined, `\`${name}\` cannot be the name of a Debian package`);
  }
  if (extra.length > 0) {
    const heading = '# What the sysroot has in addition: for the bootstrap, or by --base-extra.\n';
    files.set(extraPackages, { content: `${heading}${extra.join('\n')}\n` });
  }
  return files;
}

/** Reports integration commands that no element carries, because another one stands in for their stratum. */
function reportIntegration({ chunks }: Stratum, report: Report): void {
  for (const { name, systemIntegration } of chunks) {
    for (const { script, commands } of systemIntegration) {
      const count = counted(commands.length, 'command');
      report('base-integration', script.at, `\`${script.text}\` of \`${name}\` (${count}) is not run`);
    }
  }
}

/** True if the base is built on an imported root file system. */
export function hasSysroot({ options: { base = 'sysroot' } }: Context): boolean {
  return base === 'sysroot' || base === 'bootstrap';
}

/** The parts of the sysroot that systems can hold, by the artifacts of build-essential that come to them. */
const parts: readonly { readonly element: string; readonly artifacts: readonly string[] }[] = [
  { element: 'base/minimal.bst', artifacts: ['-minimal'] },
  { element: 'base/runtime.bst', artifacts: ['-minimal', '-runtime'] },
  { element: baseElement, artifacts: ['-minimal', '-runtime', '-devel', '-doc', '-misc'] },
];

/**
 * The part of the base that a system holds which selects artifacts of the stratum that the base stands in for.
 *
 * @returns undefined for a selection that no part of the base stands for, or of nothing that there is, and for other
 *   strata.
 */
export function basePart({ stratum, artifacts }: StratumReference, context: Context): string | undefined {
  const { base = 'sysroot' } = context.options;
  if (!artifacts || base !== 'sysroot' || replacementOf(stratum) !== baseElement) return undefined;
  const known = new Set(
    stratumRules(stratum, context.definitions.defaults).map(({ artifact }) => artifact.text),
  );
  const selected = artifacts.filter(({ text }) => known.has(text));
  const names = selected.map(({ text }) => text.replace(stratum.name, ''));
  if (names.length === 0) return undefined;
  return parts.find((part) => names.every((name) => part.artifacts.includes(name)))?.element;
}

function filesOf(base: Context['options']['base'] = 'sysroot'): ReadonlyMap<string, ProjectFile> {
  if (base === 'none') return new Map();
  if (typeof base !== 'string') return base;
  const files = new Map([...readTemplates('make-sysroot'), ...readTemplates('sysroot')]);
  if (base === 'bootstrap') for (const path of sysrootOnly) files.delete(path);
  return files;
}
