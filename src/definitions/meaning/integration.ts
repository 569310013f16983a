import { compareBytes } from '../../byte-order.js';
import type { Chunk, Command, System } from '../model.js';

/** A script of system integration. */
export interface Script {
  readonly chunk: Chunk;
  /** `<script>-<artifact>`: scripts run in the order of the bytes of this. */
  readonly key: string;
  readonly commands: readonly Command[];
}

/** The scripts of some chunks in the order in which ybd and morph run them in a system. */
export function scriptsOf(chunks: Iterable<Chunk>): Script[] {
  const scripts: Script[] = [];
  for (const chunk of chunks) {
    for (const { artifact, script, commands } of chunk.systemIntegration) {
      scripts.push({ chunk, key: `${script.text}-${artifact.text}`, commands });
    }
  }
  return scripts.sort((a, b) => compareBytes(a.key, b.key));
}

/** The chunks of a system's strata, whether it holds files of them or not: the scripts of all of them run. */
export function integratedChunks(system: System): Set<Chunk> {
  return new Set(system.strata.flatMap(({ stratum }) => stratum.chunks));
}
