import type { Chunk, Stratum, System } from '../definitions/model.js';
import { type Context, isBase, strataBelow, strataOf } from './context.js';

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
  const sharing = chunksThatShareNames([...strata, ...systems.flatMap(strataOf)]);
  const check = (together: readonly Stratum[]) => {
    const byName = new Map<string, Chunk>();
    for (const chunk of together.flatMap((stratum) => sharing.get(stratum) ?? [])) {
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

/** Of each stratum the chunks whose name another stratum has too: few, so that looking at them often costs little. */
function chunksThatShareNames(strata: readonly Stratum[]): Map<Stratum, readonly Chunk[]> {
  const converted = [...new Set(strata)].filter((stratum) => !isBase(stratum));
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { name } of converted.flatMap(({ chunks }) => chunks))
    (seen.has(name) ? shared : seen).add(name);
  return new Map(
    converted.map((stratum) => [stratum, stratum.chunks.filter(({ name }) => shared.has(name))]),
  );
}
