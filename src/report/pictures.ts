import { type Layout, layOut } from './layout.js';
import type { ConversionReport } from './report.js';

/** The pictures of a report: of what each system is built, and each stratum. */
export interface Pictures {
  readonly layouts: readonly Layout[];
  /** For each system, by its position, that of its picture: systems of the same strata share one. */
  readonly systems: readonly number[];
  readonly strata: readonly number[];
}

/** Lays out what the strata that a system needs are built on, and the chunks of each stratum. */
export function drawPictures({ systems, strata }: ConversionReport): Pictures {
  const layouts: Layout[] = [];
  const known = new Map<string, number>();
  const draw = (names: readonly string[], below: (index: number) => readonly string[], label = same) => {
    const key = JSON.stringify(names.map((name, index) => [name, below(index)]));
    const shared = known.get(key);
    if (shared !== undefined) return shared;
    const position = new Map(names.map((name, index) => [name, index]));
    const nodes = names.map((name, index) => ({
      name: label(name),
      below: below(index).flatMap((each) => position.get(each) ?? []),
    }));
    known.set(key, layouts.length);
    return layouts.push(layOut(nodes)) - 1;
  };
  const byPath = new Map(strata.map((stratum) => [stratum.path, stratum]));
  return {
    systems: systems.map(({ builds }) =>
      draw(
        builds,
        (index) => byPath.get(builds[index]!)!.buildDepends,
        (path) => byPath.get(path)!.name,
      ),
    ),
    strata: strata.map(({ chunks }) =>
      draw(
        chunks.map(({ name }) => name),
        (index) => chunks[index]!.buildDepends,
      ),
    ),
    layouts,
  };
}

const same = (name: string) => name;
