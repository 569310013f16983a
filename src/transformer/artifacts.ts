import { closestMatch } from 'leven';
import type { Chunk, Defaults, SplitRule, Stratum, StratumReference } from '../definitions/model.js';
import { matcher } from '../split-rules/matches.js';

/** What a system holds of a chunk: all of its files, or those of some of its artifacts. */
export type Selected = 'whole' | ReadonlySet<string>;

/**
 * The rules that divide a chunk's files into artifacts: its own, then those of DEFAULTS. An artifact that begins with
 * `-` is named after the chunk (ybd: `splitting.compile_rules`).
 */
export function chunkRules(chunk: Chunk, { splitRules }: Defaults): SplitRule[] {
  return named([...chunk.products, ...splitRules.chunk], chunk.name);
}

/** The names of the artifacts that a chunk produces, in the order of the rules. */
export function chunkArtifacts(chunk: Chunk, defaults: Defaults): Set<string> {
  return new Set(chunkRules(chunk, defaults).map(({ artifact }) => artifact.text));
}

/**
 * What the artifacts of a stratum hold, as names of chunk artifacts: what entries of chunks assign to them, and what
 * the first matching rule does. An assigned artifact is in both (ybd: `splitting.write_stratum_metafiles`).
 */
function stratumArtifacts(stratum: Stratum, defaults: Defaults): Map<string, Set<string>> {
  const rules = stratumRules(stratum, defaults).map(({ artifact, include }) => ({
    artifact: artifact.text,
    matches: include.map(({ text }) => matcher(text)),
  }));
  const contents = new Map(rules.map(({ artifact }) => [artifact, new Set<string>()]));
  for (const chunk of stratum.chunks.filter(({ bootstrap }) => !bootstrap)) {
    for (const [artifact, target] of chunk.artifacts) contents.get(target.text)?.add(artifact);
    for (const artifact of chunkArtifacts(chunk, defaults)) {
      const rule = rules.find(({ matches }) => matches.some((isMatch) => isMatch(artifact)));
      if (rule) contents.get(rule.artifact)!.add(artifact);
    }
  }
  return contents;
}

/** The rules that divide a stratum's chunk artifacts: its own, then those of DEFAULTS. */
export function stratumRules(stratum: Stratum, { splitRules }: Defaults): SplitRule[] {
  return named([...stratum.products, ...splitRules.stratum], stratum.name);
}

/**
 * What a system holds of each chunk of some of its strata (ybd: `assembly.install_split_artifacts`).
 *
 * @param known what the artifacts of strata hold, as far as it was worked out for other systems; more is added.
 */
export function selectedArtifacts(
  strata: readonly StratumReference[],
  defaults: Defaults,
  known: Map<Stratum, Map<string, Set<string>>>,
): Map<Chunk, Selected> {
  const contentsOf = (stratum: Stratum) => {
    const contents = known.get(stratum) ?? stratumArtifacts(stratum, defaults);
    known.set(stratum, contents);
    return contents;
  };
  const selected = new Map<Chunk, Selected>();
  for (const { stratum, artifacts } of strata) {
    const contents = artifacts && contentsOf(stratum);
    const names = artifacts?.map(({ text }) => contents!.get(text) ?? new Set<string>());
    for (const chunk of stratum.chunks) {
      const before = selected.get(chunk) ?? new Set();
      if (before === 'whole') continue;
      if (!names) selected.set(chunk, 'whole');
      else {
        const produced = [...chunkArtifacts(chunk, defaults)];
        const found = produced.filter((artifact) => names.some((contained) => contained.has(artifact)));
        selected.set(chunk, new Set([...before, ...found]));
      }
    }
  }
  return selected;
}

/** In how many characters a name may differ from one that it could have been meant to be. */
const SIMILAR = 3;

/** What to write instead of an artifact that is not there: a name that is like it, else those that there are. */
export function nearestHint(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const nearest = closestMatch(name, names, { maxDistance: SIMILAR });
  if (nearest !== undefined) return `the nearest name is \`${nearest}\``;
  return names.length === 0 ? undefined : `there are ${names.map((each) => `\`${each}\``).join(', ')}`;
}

function named(rules: readonly SplitRule[], name: string): SplitRule[] {
  return rules.map(({ artifact, include }) => ({
    artifact: artifact.text.startsWith('-') ? { ...artifact, text: name + artifact.text } : artifact,
    include,
  }));
}
