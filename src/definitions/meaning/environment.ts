/** The machine part of target triplets where it is not the architecture's own name (ybd: `app.config['cpu']`). */
const machines: Readonly<Record<string, string>> = {
  armv8b64: 'aarch64_be',
  armv8l64: 'aarch64',
  mips32b: 'mips',
  mips32l: 'mipsel',
  mips64b: 'mips64',
  mips64l: 'mips64el',
  x86_32: 'i686',
};

/** Where ybd looks for programs, behind the prefixes of what is staged (ybd: `base-path`). */
export const basePath: readonly string[] = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

/**
 * The environment of every command for an architecture, but for what depends on the chunk: PATH, PREFIX, DESTDIR and
 * MAKEFLAGS (ybd: `sandbox.env_vars_for_build`).
 */
export function environmentFor(arch: string): ReadonlyMap<string, string> {
  const machine = machines[arch] ?? arch;
  const abi =
    arch.startsWith('armv5') || arch.startsWith('armv7') ? 'eabi' : arch.startsWith('mips64') ? 'abi64' : '';
  return new Map([
    ['MORPH_ARCH', arch],
    ['TARGET', `${machine}-baserock-linux-gnu${abi}`],
    ['TARGET_STAGE1', `${machine}-bootstrap-linux-gnu${abi}`],
    ['TERM', 'dumb'],
    ['SHELL', '/bin/sh'],
    ['USER', 'tomjon'],
    ['USERNAME', 'tomjon'],
    ['LOGNAME', 'tomjon'],
    ['LC_ALL', 'C'],
    ['HOME', '/tmp'],
    ['TZ', 'UTC'],
  ]);
}

/** The folder below a prefix that comes first in PATH. */
export function programsBelow(prefix: string): string {
  return `${prefix.replace(/\/+$/, '')}/bin`;
}
