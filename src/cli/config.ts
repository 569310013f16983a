import type { Command } from 'commander';
import type { Config } from '../config/config.js';
import type { ConvertOptions, Diagnostic } from '../index.js';
import type { ConversionFlags } from './conversion-flags.js';

/** The options of the command line, with what a configuration says where the command line says nothing. */
export interface Configured<F> {
  readonly flags: F;
  readonly options: Pick<ConvertOptions, 'sources' | 'ownBuildSystems' | 'ownWriteTypes' | 'rules'>;
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Which flag each field of a configuration stands for. */
const flagOf = {
  name: 'name',
  systems: 'system',
  buildstream: 'buildstream',
  aliases: 'alias',
  buildSystems: 'buildSystem',
  chunkRefs: 'ref',
  integration: 'integration',
  base: 'base',
  baseStrata: 'baseStratum',
  baseExtra: 'baseExtra',
  sysroot: 'sysroot',
  sysrootRef: 'sysrootRef',
  sysrootTrack: 'sysrootTrack',
  rebase: 'rebase',
  artifactCaches: 'artifactCache',
  remoteExecution: 'remoteExecution',
  manifest: 'manifest',
  keepGoing: 'keepGoing',
} as const satisfies { readonly [F in keyof Config]?: keyof ConversionFlags };

/** Notes, before a command runs, which of its options the command line gives. */
export function noteGiven(command: Command): void {
  const given = command.options
    .map((option) => option.attributeName())
    .filter((name) => command.getOptionValueSource(name) === 'cli');
  command.setOptionValue('given', given);
}

/**
 * Reads the configuration that `--config` names, or that is in the current folder, and lays the options of the command
 * line over it: those that are tables one entry at a time, others as a whole.
 */
export async function configure<F extends Partial<ConversionFlags>>(flags: F): Promise<Configured<F>> {
  if (flags.config === false) return { flags, options: {}, files: new Map(), diagnostics: [] };
  const { findConfig, loadConfig } = await import('../config/load-config.js');
  const path = flags.config ?? findConfig('.');
  if (path === undefined) return { flags, options: {}, files: new Map(), diagnostics: [] };
  const { config, files, diagnostics } = await loadConfig(path);
  const merged = { ...flags } as Record<string, unknown>;
  for (const [field, flag] of Object.entries(flagOf)) {
    const value = config[field as keyof typeof flagOf];
    if (value === undefined) continue;
    const own = flags[flag as keyof F];
    if (typeof value === 'object' && !Array.isArray(value)) merged[flag] = { ...value, ...(own as object) };
    else if (!flags.given?.includes(flag)) merged[flag] = typeof value === 'number' ? String(value) : value;
  }
  const { sources, ownBuildSystems, ownWriteTypes, rules } = config;
  return {
    flags: merged as unknown as F,
    options: {
      ...(sources ? { sources } : {}),
      ...(ownBuildSystems ? { ownBuildSystems } : {}),
      ...(ownWriteTypes ? { ownWriteTypes } : {}),
      ...(rules ? { rules } : {}),
    },
    files,
    diagnostics,
  };
}
