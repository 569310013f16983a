import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import glob from 'fast-glob';
import {
  type BuildStreamVersion,
  type ConvertOptions,
  collector,
  type Diagnostic,
  type ProjectFile,
  type SysrootSource,
  supportsSysroot,
} from '../index.js';
import type { ConversionFlags } from './conversion-flags.js';

/** What the command line says about the base, and what is wrong with it. */
export interface BaseChoice {
  readonly options: Pick<ConvertOptions, 'base' | 'baseStrata' | 'baseExtra' | 'sysroot' | 'rebase'>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes sense of the options that concern the base; a folder of the person's own is read. */
export async function chooseBase(flags: ConversionFlags): Promise<BaseChoice> {
  const { diagnostics, report } = collector();
  const refuse = (message: string, hint?: string) => report('bad-option', undefined, message, hint);
  if (flags.remoteExecution !== undefined && flags.buildstream === '1') {
    refuse(
      'BuildStream 1.6 has no remote execution',
      'convert for BuildStream 2, or share artifacts with --artifact-cache',
    );
  }
  const base = await readBase(flags.base, refuse);
  const sysroot = flags.sysroot === undefined ? undefined : readSysroot(flags, refuse);
  return {
    options: {
      rebase: flags.rebase,
      ...(base ? { base } : {}),
      ...(sysroot ? { sysroot } : {}),
      ...(flags.baseStratum ? { baseStrata: flags.baseStratum } : {}),
      ...(flags.baseExtra ? { baseExtra: flags.baseExtra } : {}),
    },
    diagnostics,
  };
}

type Refuse = (message: string, hint?: string) => void;

async function readBase(base: string, refuse: Refuse): Promise<ConvertOptions['base']> {
  if (base === 'sysroot' || base === 'bootstrap' || base === 'none') return base;
  const isFolder = await stat(base).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    refuse(`\`${base}\` is no base`, 'use sysroot, bootstrap, none, or a folder that has elements/base.bst');
    return undefined;
  }
  const files = new Map<string, ProjectFile>();
  for (const path of await glob('**', {
    cwd: base,
    dot: true,
    ignore: ['**/.git'],
    followSymbolicLinks: false,
  })) {
    const file = join(base, path);
    const executable = ((await stat(file)).mode & 0o111) !== 0;
    const content = await readFile(file);
    if (!isUtf8(content))
      refuse(`${file} is not text`, 'convert without it, and put it into the project by hand');
    files.set(path, { content: content.toString('utf8'), ...(executable ? { executable } : {}) });
  }
  if (!files.has('elements/base.bst')) {
    refuse(`the folder ${base} has no elements/base.bst`, 'add it: everything is built on base.bst');
  }
  return files;
}

function readSysroot(flags: ConversionFlags, refuse: Refuse): SysrootSource | undefined {
  const [, kind, place] = /^(tar|local|ostree|docker)=(.+)$/s.exec(flags.sysroot!) ?? [];
  if (kind === undefined || place === undefined) {
    refuse(
      `\`${flags.sysroot}\` is no place of a sysroot`,
      'use tar=URL, local=FOLDER, ostree=URL or docker=IMAGE',
    );
    return undefined;
  }
  const source = {
    kind: kind as 'tar' | 'local' | 'ostree' | 'docker',
    place,
    ...(flags.sysrootRef ? { ref: flags.sysrootRef } : {}),
    ...(flags.sysrootTrack ? { track: flags.sysrootTrack } : {}),
  };
  const version = Number(flags.buildstream) as BuildStreamVersion;
  if (!supportsSysroot(version, source.kind)) {
    const hint = 'use tar or local, or write include/sysroot.yml and declare the plugin by hand';
    refuse(`BuildStream ${version} has no ${source.kind} source of its own`, hint);
  }
  return source;
}
