import type { Expected } from './corpus.js';
import type { ReadElement } from './read-project.js';

/** Libraries that would displace those of the sysroot: beside it, a copy without what does so stands in for them. */
const BESIDE = ['stage2-glibc', 'stage2-eglibc'];

/**
 * What BuildStream has to stage for each chunk of the bootstrap, by element: what ybd stages, with the declared
 * stand-ins. These are the sysroot, where ybd uses the machine it runs on, and the C library beside it; where it does not,
 * an element without files that runs ldconfig, which ybd does with the machine's.
 */
export function bootstrapStaging({ chunkKeys, chunks, strata }: Expected): Map<string, string[]> {
  const keys = strata['strata/build-essential']!.chunks;
  return new Map(
    keys.map((key) => {
      const { name, buildMode, staged } = chunks[key]!;
      const isBootstrap = buildMode === 'bootstrap';
      const names = staged.map((index) => chunks[chunkKeys[index]!]!.name);
      const elements = names.map((each) =>
        isBootstrap && BESIDE.includes(each) ? `base/${each}-beside-sysroot.bst` : `base/${each}.bst`,
      );
      const standIn = isBootstrap ? 'base/sysroot.bst' : 'base/ldconfig.bst';
      return [`base/${name}.bst`, [...elements, standIn].sort()];
    }),
  );
}

/** All commands that an element itself has, in the order in which they run. */
export function commandsOf({ config = {} }: ReadElement): string[] {
  const lists = ['configure-commands', 'build-commands', 'install-commands', 'strip-commands'];
  return lists.flatMap((list) => {
    const value = config[list] as string[] | { '(<)'?: string[]; '(>)'?: string[] } | undefined;
    if (value === undefined || Array.isArray(value)) return value ?? [];
    return [...(value['(<)'] ?? []), ...(value['(>)'] ?? [])];
  });
}
