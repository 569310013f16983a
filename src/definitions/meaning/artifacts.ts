import type { Chunk, Defaults, SplitRule, Stratum, System } from '../model.js';

/** An artifact and the regular expressions of what belongs to it; of several that match the first one counts. */
export interface ArtifactRule {
  readonly artifact: string;
  readonly patterns: readonly string[];
}

/** The rules that divide the files of a chunk (ybd: `splitting.write_chunk_metafile`). */
export function artifactRules(chunk: Chunk, { splitRules }: Defaults): ArtifactRule[] {
  return inFull([...chunk.products, ...splitRules.chunk], chunk.name);
}

/** An artifact that begins with a dash is named after what it is part of. */
function inFull(rules: readonly SplitRule[], owner: string): ArtifactRule[] {
  return rules.map(({ artifact: { text }, include }) => ({
    artifact: text.startsWith('-') ? `${owner}${text}` : text,
    patterns: include.map((pattern) => pattern.text),
  }));
}

/** The artifacts of a chunk that a system holds, or all of its files. */
export type Held = 'everything' | ReadonlySet<string>;

/**
 * What a system holds of each chunk of its strata (ybd: `install_split_artifacts`). An artifact of a stratum holds
 * those artifacts of chunks that entries of the stratum assign to it, and those that its rules are the first to match.
 * What is not there holds nothing.
 */
export function heldBy(system: System, defaults: Defaults): Map<Chunk, Held> {
  const held = new Map<Chunk, Held>();
  for (const { stratum, artifacts } of system.strata) {
    const selected = artifacts && new Set(artifacts.map(({ text }) => text));
    const targets = selected && targetsOf(stratum, defaults);
    for (const chunk of stratum.chunks) {
      if (chunk.bootstrap) continue;
      const before = held.get(chunk);
      if (!selected || before === 'everything') {
        held.set(chunk, 'everything');
        continue;
      }
      const found = new Set(before);
      for (const artifact of new Set(artifactRules(chunk, defaults).map((rule) => rule.artifact))) {
        if (targets!(chunk, artifact).some((target) => selected.has(target))) found.add(artifact);
      }
      held.set(chunk, found);
    }
  }
  return held;
}

/** Tells which artifacts of a stratum hold an artifact of one of its chunks. */
function targetsOf(stratum: Stratum, { splitRules }: Defaults): (chunk: Chunk, artifact: string) => string[] {
  const rules = inFull([...stratum.products, ...splitRules.stratum], stratum.name).map((rule) => ({
    artifact: rule.artifact,
    patterns: rule.patterns.map((pattern) => new RegExp(`^(?:${pattern})$`)),
  }));
  const names = new Set(rules.map(({ artifact }) => artifact));
  const matched = new Map<string, string | undefined>();
  const firstMatch = (artifact: string) => {
    if (!matched.has(artifact)) {
      matched.set(
        artifact,
        rules.find(({ patterns }) => patterns.some((each) => each.test(artifact)))?.artifact,
      );
    }
    return matched.get(artifact);
  };
  // What an entry assigns holds for all chunks of the stratum that make an artifact of that name.
  const assigned = new Map<string, Set<string>>();
  for (const { artifacts } of stratum.chunks) {
    for (const [artifact, { text }] of artifacts) {
      if (names.has(text)) assigned.set(artifact, (assigned.get(artifact) ?? new Set()).add(text));
    }
  }
  return (_, artifact) => [firstMatch(artifact) ?? [], ...(assigned.get(artifact) ?? [])].flat();
}
