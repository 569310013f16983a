import type { Report } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/place.js';
import { findCycles } from './cycles.js';
import type { Chunk, Stratum } from './model.js';

/** Reports strata that are built on each other in a circle, and chunks of a stratum that are. */
export function reportCycles(strata: readonly Stratum[], report: Report): void {
  const tell = (names: readonly string[], place: Place) => {
    const circle = [...names, names[0]].map((name) => `\`${name}\``).join(' → ');
    report('dependency-cycle', place, `the dependencies go in a circle: ${circle}`);
  };
  const circles = findCycles(strata, ({ buildDepends }) => buildDepends.map((to) => to.stratum));
  for (const circle of circles) {
    const [first, second = first] = circle as [Stratum, Stratum?];
    const place = first.buildDepends.find(({ stratum }) => stratum === second)?.at ?? first.at;
    tell(
      circle.map(({ path }) => path),
      place,
    );
  }
  for (const { chunks } of strata) {
    for (const circle of findCycles<Chunk>(chunks, ({ buildDepends }) => buildDepends)) {
      tell(
        circle.map(({ name }) => name),
        circle[0]!.at,
      );
    }
  }
}
