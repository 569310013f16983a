import { closestMatch } from 'leven';
import type { Cluster, ClusterSystem, Stratum, System } from '../definitions/model.js';
import { resolvePath } from '../definitions/resolve.js';
import { type Context, strataBelow } from './context.js';
import type { LeftOut } from './keep-going.js';

/** How many characters may be wrong in a path that is named after it. */
const SIMILAR = 8;

/** The part of the definitions that is to be converted. */
export interface Selection {
  readonly systems: readonly System[];
  readonly clusters: readonly Cluster[];
  readonly strata: readonly Stratum[];
}

/** What is asked for, but for what is left out. */
export function select(asked: Selection, leftOut: LeftOut, context: Context): Selection {
  const isLeftOut = (definition: Stratum | System) =>
    definition.kind === 'stratum' ? leftOut.strata.has(definition) : leftOut.systems.has(definition);
  const { strata, systems } = asked;
  for (const definition of [...strata, ...systems].filter(isLeftOut)) {
    const reason = leftOut.strata.get(definition as Stratum) ?? leftOut.systems.get(definition as System);
    const message = `the ${definition.kind} \`${definition.name}\` is left out: ${reason}`;
    context.report('left-out', definition.at, message);
  }
  return {
    ...asked,
    strata: strata.filter((stratum) => !isLeftOut(stratum)),
    systems: systems.filter((system) => !isLeftOut(system)),
  };
}

/** What is asked for: everything, or the systems and clusters that the caller names with all that they need. */
export function choose({ definitions, options, report }: Context): Selection {
  const { systems, strata, clusters } = definitions;
  if (!options.systems) return { systems, clusters, strata };
  const byPath = new Map<string, System | Cluster>(
    [...systems, ...clusters].map((definition) => [definition.at.file, definition]),
  );
  const chosen = new Set<System>();
  const chosenClusters: Cluster[] = [];
  for (const name of options.systems) {
    const path = resolvePath(name, new Set(byPath.keys()));
    const definition = path === undefined ? undefined : byPath.get(path);
    if (!definition) {
      const nearest = closestMatch(name, [...byPath.keys()], { maxDistance: SIMILAR });
      const hint = nearest && `did you mean ${nearest}?`;
      report('unknown-system', undefined, `there is no system or cluster ${name}`, hint);
    } else if (definition.kind === 'system') chosen.add(definition);
    else {
      chosenClusters.push(definition);
      for (const system of definition.systems.flatMap(deployed)) chosen.add(system);
    }
  }
  const needed = new Set<Stratum>();
  for (const { strata } of chosen) {
    for (const { stratum } of strata) {
      for (const each of [stratum, ...strataBelow(stratum)]) needed.add(each);
    }
  }
  return {
    systems: systems.filter((system) => chosen.has(system)),
    clusters: chosenClusters,
    strata: strata.filter((stratum) => needed.has(stratum)),
  };
}

function deployed({ system, subsystems }: ClusterSystem): System[] {
  return [...(system ? [system] : []), ...subsystems.flatMap(deployed)];
}
