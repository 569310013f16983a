/**
 * The CPU names that ybd derives from Baserock's architecture names, where they differ (ybd: `app.config['cpu']`).
 * They become the first part of TARGET.
 */
const cpus: ReadonlyMap<string, string> = new Map(
  Object.entries({
    x86_32: 'i686',
    armv8l64: 'aarch64',
    armv8b64: 'aarch64_be',
    mips64b: 'mips64',
    mips64l: 'mips64el',
    mips32b: 'mips',
    mips32l: 'mipsel',
  }),
);

/** The architectures that Baserock has names for (morph: `valid_archs`). */
export const architectures: readonly string[] = [
  'armv5l',
  'armv7b',
  'armv7l',
  'armv7lhf',
  'armv8b64',
  'armv8l64',
  'mips32b',
  'mips32l',
  'mips64b',
  'mips64l',
  'ppc64',
  'x86_32',
  'x86_64',
];

/** BuildStream's names of the machines that architectures are native to (BuildStream: `Platform.canonicalize_arch`). */
const machines: ReadonlyMap<string, string> = new Map(
  Object.entries({
    armv5l: 'aarch32',
    armv7l: 'aarch32',
    armv7lhf: 'aarch32',
    armv8b64: 'aarch64-be',
    armv8l64: 'aarch64',
    ppc64: 'power-isa-be',
    x86_32: 'x86-32',
    x86_64: 'x86-64',
  }),
);

/** What BuildStream calls the machine that builds for an architecture; undefined where it has no name for it. */
export function machineOf(architecture: string): string | undefined {
  return machines.get(architecture);
}

/** The CPU part of an architecture's target triplet. */
export function cpuOf(architecture: string): string {
  return cpus.get(architecture) ?? architecture;
}

/** What follows `linux-gnu` in an architecture's target triplet. */
export function abiOf(architecture: string): string {
  if (/^armv[57]/.test(architecture)) return 'eabi';
  return architecture.startsWith('mips64') ? 'abi64' : '';
}
