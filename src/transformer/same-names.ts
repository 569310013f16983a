import type { Chunk, Stratum, System } from '../definitions/model.js';
import { type Context, isBase, strataBelow } from './context.js';

/**
 * Reports chunks of one name that are staged together, in a build or in a system. ybd leaves the second one out
 * without a word; BuildStream stages both.
 */
export function reportSameNames(
  strata: readonly Stratum[],
  systems: readonly System[],
  { report }: Context,
): void {
  const reported = new Set<string>();
  const check = (together: readonly Stratum[]) => {
    const byName = new Map<string, Chunk>();
    for (const chunk of together.filter((stratum) => !isBase(stratum)).flatMap(({ chunks }) => chunks)) {
      const other = byName.get(chunk.name);
      if (!other) byName.set(chunk.name, chunk);
      else if (other !== chunk) {
        const pair = [chunk.stratum, other.stratum].sort().join(' ');
        if (reported.has(`${chunk.name} ${pair}`)) continue;
        reported.add(`${chunk.name} ${pair}`);
        const message = `there is a \`${chunk.name}\` in ${chunk.stratum} and in ${other.stratum}, staged together`;
        report('same-name-chunks', chunk.at, message);
      }
    }
  };
  for (const stratum of strata) check([...strataBelow(stratum), stratum]);
  for (const system of systems) check(system.strata.map((reference) => reference.stratum));
}
