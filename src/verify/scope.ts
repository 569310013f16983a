import { Staging } from '../definitions/meaning/staging.js';
import type { Chunk, Stratum } from '../definitions/model.js';
import type { ReadProject } from '../project/evaluate/read-project.js';
import type { Plan } from './plan.js';

/** The architecture that is looked at where there is no system. */
const DEFAULT = 'x86_64';

/** What is compared: the chunks, all of them for one architecture, and for others what their systems are made of. */
export interface Scope {
  readonly staging: Staging;
  readonly chunks: readonly { readonly chunk: Chunk; readonly stratum: Stratum }[];
  readonly byArchitecture: ReadonlyMap<string, ReadonlySet<Chunk>>;
  readonly first: string;
}

/** What of a plan is compared, and for which architectures. */
export function scopeOf(plan: Plan, whole: ReadProject): Scope {
  const staging = new Staging(plan.definitions.strata, (stratum) => plan.replacements.has(stratum));
  const chunks = plan.strata.flatMap((stratum) => stratum.chunks.map((chunk) => ({ chunk, stratum })));
  if (plan.isBootstrap) {
    for (const stratum of plan.base) chunks.push(...stratum.chunks.map((chunk) => ({ chunk, stratum })));
  }
  const byArchitecture = new Map<string, Set<Chunk>>();
  for (const system of plan.systems) {
    const found = byArchitecture.get(system.arch.text) ?? new Set();
    byArchitecture.set(system.arch.text, found);
    for (const stratum of system.strata.map((reference) => reference.stratum)) {
      for (const chunk of stratum.chunks) {
        found.add(chunk);
        for (const each of staging.of(chunk).chunks) found.add(each);
      }
    }
  }
  const values = whole.with().valuesOf('arch');
  const [first = DEFAULT] = [...byArchitecture.keys()].filter((arch) => values.includes(arch));
  return { staging, chunks, byArchitecture, first };
}
