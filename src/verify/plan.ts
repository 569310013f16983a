import type { Chunk, Cluster, ClusterSystem, Definitions, Stratum, System } from '../definitions/model.js';
import { resolvePath } from '../definitions/resolve.js';
import type { Evaluation } from '../project/evaluate/evaluation.js';
import type { Findings } from './findings.js';
import {
  baseElement,
  elementOfBootstrap,
  elementOfBuildDepends,
  elementOfChunk,
  elementOfStratum,
  elementOfSystem,
  markerElement,
} from './names.js';
import type { VerifyOptions } from './options.js';

/** What stands for what: the options of the conversion as the project shows them, or as they are given. */
export interface Plan {
  readonly definitions: Definitions;
  readonly options: VerifyOptions;
  readonly systems: readonly System[];
  /** The strata that the project has to have, but for those that something stands in for. */
  readonly strata: readonly Stratum[];
  /** The elements that stand in for strata. */
  readonly replacements: ReadonlyMap<Stratum, string>;
  /** The strata that the base stands in for. */
  readonly base: readonly Stratum[];
  /** True where the project builds these itself. */
  readonly isBootstrap: boolean;
}

/** Elements that stand in for strata are a person's own, and may yet have to be added to the project. */
export function absentReplacements({ replacements }: Plan, { files }: Evaluation): Set<string> {
  return new Set([...replacements.values()].filter((element) => !files.hasElement(element)));
}

/** The element that a chunk is built as; undefined where another element stands in for its stratum. */
export function elementFor(chunk: Chunk, stratum: Stratum, plan: Plan): string | undefined {
  if (!plan.replacements.has(stratum)) return elementOfChunk(chunk);
  return plan.isBootstrap && plan.base.includes(stratum) ? elementOfBootstrap(chunk) : undefined;
}

export function makePlan(
  definitions: Definitions,
  evaluation: Evaluation,
  generated: ReadonlySet<string> | undefined,
  options: VerifyOptions,
  findings: Findings,
): Plan {
  const { files } = evaluation;
  const byPath = new Map(definitions.strata.map((stratum) => [`${stratum.path}.morph`, stratum]));
  const find = (name: string) => byPath.get(resolvePath(name, new Set(byPath.keys())) ?? '');
  const base = options.baseStrata
    ? options.baseStrata.flatMap((name) => find(name) ?? [])
    : definitions.strata.filter(({ chunks }) => chunks.some(({ bootstrap }) => bootstrap));
  const replacements = new Map<Stratum, string>(base.map((stratum) => [stratum, baseElement]));
  for (const [name, element] of Object.entries(options.rebase ?? {})) {
    const stratum = find(name);
    if (stratum) replacements.set(stratum, element);
  }
  const isConverted = (element: string) => {
    if (files.hasElement(element) || !generated) return true;
    return generated.has(files.elementPath + element);
  };
  const systems = systemsOf(definitions, options).filter((system) => {
    if (options.systems || isConverted(elementOfSystem(system))) return true;
    findings.notCompared('the project was not converted for it', `${system.path}.morph`);
    return false;
  });
  const isEverything = systems.length === definitions.systems.length;
  const needed = reachedBy(systems, (stratum) => replacements.has(stratum));
  // A stratum that is needed and not there, and in whose place something else is depended on, was rebased.
  const isReplaced = (stratum: Stratum) => replacements.has(stratum);
  for (const stratum of definitions.strata) {
    if (isReplaced(stratum) || files.hasElement(elementOfStratum(stratum))) continue;
    const element = standIn(stratum, definitions, evaluation);
    if (element) replacements.set(stratum, element);
  }
  const still = reachedBy(systems, isReplaced);
  const strata = definitions.strata.filter((stratum) => {
    if (isReplaced(stratum)) return false;
    if (still.has(stratum) || files.hasElement(elementOfStratum(stratum))) return true;
    const isWanted = isEverything && !needed.has(stratum) && isConverted(elementOfStratum(stratum));
    if (!isWanted) findings.notCompared('the project was not converted for it', `${stratum.path}.morph`);
    return isWanted;
  });
  const isBootstrap = base.some((stratum) =>
    stratum.chunks.some((chunk) => !chunk.bootstrap && files.hasElement(elementOfBootstrap(chunk))),
  );
  return { definitions, options, systems, strata, replacements, base, isBootstrap };
}

function systemsOf({ systems, clusters }: Definitions, options: VerifyOptions): readonly System[] {
  if (!options.systems) return systems;
  const byPath = new Map<string, System | Cluster>(
    [...systems, ...clusters].map((each) => [`${each.path}.morph`, each]),
  );
  const inCluster = ({ system, subsystems }: ClusterSystem): System[] => [
    ...(system ? [system] : []),
    ...subsystems.flatMap(inCluster),
  ];
  const found = options.systems.flatMap((name) => {
    const target = byPath.get(resolvePath(name, new Set(byPath.keys())) ?? '');
    if (!target) return [];
    return target.kind === 'system' ? [target] : target.systems.flatMap(inCluster);
  });
  return [...new Set(found)];
}

/** The strata of systems, and those that these are built on. */
function reachedBy(systems: readonly System[], isReplaced: (stratum: Stratum) => boolean): Set<Stratum> {
  const found = new Set<Stratum>();
  const waiting = systems.flatMap(({ strata }) => strata.map(({ stratum }) => stratum));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    if (!isReplaced(next)) waiting.push(...next.buildDepends.map(({ stratum }) => stratum));
  }
  return found;
}

/** What all elements depend on that should depend on a stratum, if it is just one thing that no definition stands for. */
function standIn(stratum: Stratum, definitions: Definitions, { files }: Evaluation): string | undefined {
  const known = new Set<string>([
    markerElement,
    ...definitions.strata.flatMap((each) => [elementOfStratum(each), elementOfBuildDepends(each)]),
    ...definitions.strata.flatMap(({ chunks }) => chunks.map(elementOfChunk)),
  ]);
  let candidates: Set<string> | undefined;
  const users = [
    ...definitions.strata
      .filter(({ buildDepends }) => buildDepends.some((reference) => reference.stratum === stratum))
      .map(elementOfBuildDepends),
    ...definitions.systems
      .filter(({ strata }) => strata.some((reference) => reference.stratum === stratum))
      .map(elementOfSystem),
  ];
  for (const user of users) {
    if (!files.hasElement(user)) continue;
    const listed = dependencyNames(user, files).filter(
      (name) => !known.has(name) && !name.startsWith(user.replace(/\.bst$/, '/')),
    );
    candidates = new Set(candidates ? listed.filter((name) => candidates!.has(name)) : listed);
  }
  const others = [...(candidates ?? [])].filter((name) => name !== baseElement);
  return others.length === 1 ? others[0] : undefined;
}

function dependencyNames(path: string, files: Evaluation['files']): string[] {
  const { entries } = files.parse(files.elementPath + path);
  return ['depends', 'build-depends'].flatMap((key) => {
    const list = entries.get(key);
    return list?.kind === 'list'
      ? list.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []))
      : [];
  });
}
