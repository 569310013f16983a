import type { Chunk, Definitions, Stratum, System } from '../definitions/model.js';
import { builtIn } from '../definitions/read-defaults.js';
import type { Origin } from '../project/origin.js';
import { type Selected, selectedArtifacts } from './artifacts.js';
import { type Context, isBase, strataOf } from './context.js';
import { type Domain, Domains, markerDomain, reservedDomains, wholeDomain } from './domains.js';

/** What the compose element of a system takes of what is staged. */
export interface Composition {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly includeOrphans: boolean;
}

/** What a compose element can do with a domain, by preference. */
const uses = ['include', 'neither', 'exclude'] as const;
type Use = (typeof uses)[number];

/**
 * Which domains the elements of chunks have, and which of them systems hold.
 *
 * A compose element selects by the names of domains alone (BuildStream: `Element.compute_manifest`): a file is in if
 * one of its domains is included and none is excluded. Where a system wants the domain of one chunk, and not the domain
 * of that name of another, the fewer chunks get a domain of their own, under the artifact's whole name.
 */
export class Splitting {
  readonly domains: Domains;
  /** For systems that select artifacts: what they hold of each chunk, the base's aside. */
  readonly #selected = new Map<System, ReadonlyMap<Chunk, Selected>>();
  /** By chunk: its own names for domains, by the common ones. */
  readonly #ownNames = new Map<Chunk, Map<string, string>>();

  /** All systems count, so that an element is the same whichever of them are converted. */
  constructor({ defaults, systems }: Definitions) {
    this.domains = new Domains(defaults);
    const converted = systems.map((system) => ({
      system,
      strata: system.strata.filter(({ stratum }) => !isBase(stratum)),
    }));
    const contents = new Map<Stratum, Map<string, Set<string>>>();
    for (const { system, strata } of converted) {
      if (strata.some(({ artifacts }) => artifacts)) {
        this.#selected.set(system, selectedArtifacts(strata, defaults, contents));
      }
    }
    const chunks = [...this.#selected.values()].flatMap((selected) => [...selected.keys()]);
    const inUse = chunks.flatMap((chunk) => this.domains.of(chunk).map(({ name }) => name));
    const taken = new Set([...reservedDomains, ...this.domains.usual().keys(), ...inUse]);
    for (const system of this.#selected.keys()) {
      for (const { name, unfit } of this.#decide(system)) {
        for (const { chunk, domain } of unfit) this.#rename(chunk, domain, name, taken);
      }
    }
  }

  /**
   * Reports where the domains of DEFAULTS hold other files than its artifacts; of rules that no one wrote, only if it
   * makes a difference to a system.
   */
  reportDefaults(systems: readonly System[], { definitions, report }: Context): void {
    const isWritten = definitions.defaults.splitRules.chunk.some(({ artifact }) => artifact.at !== builtIn);
    if (isWritten || systems.some((system) => this.#selected.has(system)))
      this.domains.reportDefaults(report);
  }

  /** The split rules of a chunk's element, as far as they differ from those of project.conf. */
  splitRules(chunk: Chunk): Map<string, readonly string[]> {
    const rules = new Map<string, readonly string[]>();
    const own = this.#ownNames.get(chunk);
    if (chunk.products.length === 0 && !own) return rules;
    const usual = this.domains.usual();
    for (const name of own?.keys() ?? []) if (usual.has(name)) rules.set(name, []);
    for (const { name, globs } of this.#domainsOf(chunk)) {
      if (usual.get(name)?.join('\n') !== globs.join('\n')) rules.set(name, globs);
    }
    return rules;
  }

  /** What a chunk's own split rules come from, by domain. */
  originsOf(chunk: Chunk): readonly (readonly [domain: string, from: Origin | undefined])[] {
    if (chunk.products.length === 0 && !this.#ownNames.has(chunk)) return [];
    return this.#domainsOf(chunk).map(({ name, from }) => [name, from]);
  }

  /** What a system holds of a chunk; of the base, which is no matter of chunks, everything. */
  selected(system: System, chunk: Chunk): Selected {
    return this.#selected.get(system)?.get(chunk) ?? 'whole';
  }

  /** True if a system holds no file of a stratum that it lists, because of the artifacts that it selects. */
  isEmpty(stratum: Stratum, system: System): boolean {
    const { chunks } = stratum;
    return chunks.length > 0 && chunks.every((chunk) => isNothing(this.selected(system, chunk)));
  }

  /** What a system's compose element takes, so that it holds the artifacts that the system selects. */
  composition(system: System): Composition {
    const selected = [...(this.#selected.get(system)?.values() ?? [])];
    if (!selected.some((what) => what !== 'whole')) {
      return { include: [], exclude: [markerDomain], includeOrphans: true };
    }
    const decided = this.#decide(system);
    const names = (use: Use) => decided.flatMap((each) => (each.use === use ? [each.name] : []));
    return {
      include: [...names('include'), wholeDomain],
      exclude: [...names('exclude'), markerDomain],
      includeOrphans: false,
    };
  }

  /** For the name of each domain: what most chunks of a system want of it, and those that want something else. */
  #decide(system: System) {
    const wishes = new Map<string, { chunk: Chunk; domain: Domain; fitting: readonly Use[] }[]>();
    const strata = strataOf(system).filter((stratum) => !isBase(stratum) && !this.isEmpty(stratum, system));
    for (const chunk of strata.flatMap(({ chunks }) => chunks)) {
      const what = this.selected(system, chunk);
      const domains = this.#domainsOf(chunk);
      for (const domain of domains) {
        const others = wishes.get(domain.name) ?? [];
        wishes.set(domain.name, others);
        others.push({ chunk, domain, fitting: fittingUses(domain, what, domains) });
      }
    }
    return [...wishes].map(([name, all]) => {
      const fits = (use: Use) => all.filter(({ fitting }) => fitting.includes(use)).length;
      const use = uses.reduce((best, each) => (fits(each) > fits(best) ? each : best));
      return { name, use, unfit: all.filter(({ fitting }) => !fitting.includes(use)) };
    });
  }

  #domainsOf(chunk: Chunk): Domain[] {
    const own = this.#ownNames.get(chunk);
    return this.domains
      .of(chunk)
      .map((domain) => ({ ...domain, name: own?.get(domain.name) ?? domain.name }));
  }

  /** `libs` → `glibc-libs`, unless another chunk has a domain of that name. */
  #rename(chunk: Chunk, { artifact, isEverything }: Domain, name: string, taken: Set<string>): void {
    const full = isEverything ? `${chunk.name}-${name}` : artifact!;
    const own = taken.has(full) ? `${chunk.stratum}/${chunk.name}:${name}` : full;
    taken.add(own);
    const names = this.#ownNames.get(chunk) ?? new Map<string, string>();
    this.#ownNames.set(chunk, names.set(name, own));
  }
}

function isNothing(what: Selected): boolean {
  return what !== 'whole' && what.size === 0;
}

/** What may become of a chunk's domain in a system, if the system is to hold just what it selects of the chunk. */
function fittingUses(domain: Domain, what: Selected, domains: readonly Domain[]): readonly Use[] {
  if (domain.globs.length === 0) return uses;
  if (what === 'whole') return domain.isEverything ? ['include'] : ['include', 'neither'];
  const holds = ({ artifact }: Domain) => artifact !== undefined && what.has(artifact);
  const holdsTheRest = domains.some((each) => each.isEverything && holds(each));
  if (domain.isEverything) return holdsTheRest ? ['include'] : ['neither'];
  if (holdsTheRest) return holds(domain) ? ['include', 'neither'] : ['exclude'];
  return holds(domain) ? ['include'] : ['neither', 'exclude'];
}
