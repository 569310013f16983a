import type {
  Cluster,
  ClusterSystem,
  Definitions,
  Stratum,
  StratumReference,
  System,
} from '../definitions/model.js';
import { resolvePath } from '../definitions/resolve.js';
import type { Report } from '../diagnostics/diagnostic.js';
import type { ConvertOptions } from './options.js';

/** The element that stands for the stratum which bootstraps the toolchain. */
export const baseElement = 'base.bst';

/** A stratum that is not converted, because an element stands in for it. */
interface ReplacedStratum extends Stratum {
  readonly replacedBy: string;
}

/** A copy of a stratum while its references are being redirected. */
type Copy = Omit<Stratum, 'buildDepends'> & { buildDepends: readonly StratumReference[] };

/** The element that stands in for a stratum; undefined for one that is converted. */
export function replacementOf(stratum: Stratum): string | undefined {
  return (stratum as Partial<ReplacedStratum>).replacedBy;
}

/** True for the stratum that bootstraps the toolchain, where the project builds it (`--base bootstrap`). */
export function isBootstrapped(stratum: Stratum, { base }: ConvertOptions): boolean {
  return base === 'bootstrap' && replacementOf(stratum) === baseElement;
}

/**
 * Definitions in which every stratum that an element stands in for says so: those that the caller replaces, and the
 * one that bootstraps the toolchain with tools of the host, which BuildStream does not have. The latter is the one
 * with bootstrap chunks, unless the caller names others.
 */
export function replaceStrata(
  definitions: Definitions,
  options: ConvertOptions,
  report: Report,
): Definitions {
  const replacements = replacementsOf(definitions, options, report);
  if (replacements.size === 0) return definitions;
  // All strata first, as empty copies, so that references can lead to copies in whatever order they come.
  const copies = new Map<Stratum, Copy>();
  for (const stratum of definitions.strata) {
    const replacedBy = replacements.get(stratum);
    copies.set(stratum, { ...stratum, ...(replacedBy === undefined ? {} : { replacedBy }) });
  }
  const redirect = (reference: StratumReference): StratumReference => ({
    ...reference,
    stratum: copies.get(reference.stratum)!,
  });
  for (const copy of copies.values()) copy.buildDepends = copy.buildDepends.map(redirect);
  const systems = new Map<System, System>(
    definitions.systems.map((system) => [system, { ...system, strata: system.strata.map(redirect) }]),
  );
  const inCluster = (entry: ClusterSystem): ClusterSystem => ({
    ...entry,
    system: entry.system && systems.get(entry.system),
    subsystems: entry.subsystems.map(inCluster),
  });
  return {
    ...definitions,
    strata: [...copies.values()],
    systems: [...systems.values()],
    clusters: definitions.clusters.map(
      (cluster): Cluster => ({ ...cluster, systems: cluster.systems.map(inCluster) }),
    ),
  };
}

/** The strata in whose place an element is put, with its name: those that the base stands in for, and others by request. */
export function replacementsOf(
  { strata }: Definitions,
  { baseStrata, rebase }: Pick<ConvertOptions, 'baseStrata' | 'rebase'>,
  report: Report,
): Map<Stratum, string> {
  const byPath = new Map(strata.map((stratum) => [`${stratum.path}.morph`, stratum]));
  const find = (name: string) => {
    const path = resolvePath(name, new Set(byPath.keys()));
    if (path === undefined) report('bad-option', undefined, `there is no stratum ${name}`);
    return path === undefined ? [] : [byPath.get(path)!];
  };
  const base = baseStrata
    ? baseStrata.flatMap(find)
    : strata.filter(({ chunks }) => chunks.some(({ bootstrap }) => bootstrap));
  const replacements = new Map(base.map((stratum) => [stratum, baseElement]));
  for (const [name, element] of Object.entries(rebase ?? {})) {
    if (!element.endsWith('.bst')) {
      report(
        'bad-option',
        undefined,
        `\`${element}\`, in the place of ${name}, is not the name of an element`,
      );
    }
    for (const stratum of find(name)) replacements.set(stratum, element);
  }
  return replacements;
}
