import { type ArtifactRule, artifactRules } from '../definitions/meaning/artifacts.js';
import type { Chunk } from '../definitions/model.js';
import type { EvaluatedElement } from '../project/evaluate/element.js';
import type { Comparison } from './comparison.js';
import { type KindOfPath, type Kinds, kindsOfPath } from './paths/kinds-of-path.js';

const known = new WeakMap<EvaluatedElement['splitRules'], Map<string, Kinds>>();

/**
 * The kinds of path that the rules of a chunk and the domains of its element tell apart.
 *
 * @param chunk whose rules these are; undefined for none.
 */
export function kindsOf(
  rules: readonly ArtifactRule[],
  { splitRules }: EvaluatedElement,
  chunk: Chunk | undefined,
): Kinds {
  const ofDomains = known.get(splitRules) ?? new Map<string, Kinds>();
  known.set(splitRules, ofDomains);
  const key = JSON.stringify(chunk ? rules.map(({ patterns }) => patterns) : []);
  const found =
    ofDomains.get(key) ??
    kindsOfPath(
      rules.map(({ patterns }) => patterns),
      globsOf(splitRules),
    );
  ofDomains.set(key, found);
  return found;
}

/** The globs of each domain. */
export function globsOf(splitRules: EvaluatedElement['splitRules']): Map<string, readonly string[]> {
  return new Map([...splitRules].map(([domain, globs]) => [domain, globs.map(({ text }) => text.trim())]));
}

/**
 * Compares the domains of a chunk's element with the artifacts of the chunk: for each artifact there has to be one that
 * holds just its files, under the end of its name, and `all` for what takes everything else.
 */
export function compareArtifacts(chunk: Chunk, element: EvaluatedElement, comparison: Comparison): void {
  const { plan, findings } = comparison;
  const rules = artifactRules(chunk, plan.definitions.defaults);
  const { kinds, notUnderstood } = kindsOf(rules, element, chunk);
  for (const pattern of notUnderstood) {
    findings.notCompared(`the regular expression \`${pattern}\` is not regular`, element.path);
  }
  if (notUnderstood.length > 0) return;
  const artifacts = [...new Set(rules.map(({ artifact }) => artifact))];
  const everything = rules.filter(({ patterns }) =>
    patterns.some((pattern) => /^(\.\*|\.\+)$/.test(pattern)),
  );
  for (const artifact of artifacts) {
    const isEverything = everything.some((rule) => rule.artifact === artifact);
    const names = domainsFor(artifact, chunk, isEverything).filter((name) => element.splitRules.has(name));
    const faults = names.map((name) => faultOf(name, artifact, isEverything, rules, kinds));
    if (faults.some((fault) => fault === undefined)) {
      reportNear(artifact, names[faults.indexOf(undefined)]!, rules, kinds, element, comparison);
      continue;
    }
    const patterns = rules.filter((rule) => rule.artifact === artifact).flatMap((rule) => rule.patterns);
    const isEmpty = kinds.every(({ rule }) => rules[rule]?.artifact !== artifact);
    if (names.length === 0 && isEmpty) continue;
    const fault = faults[0];
    const message = fault
      ? `${fault.isMissing ? `${fault.example} is part of ${artifact}, but not of` : `${fault.example} is not part of ${artifact}, but of`} the domain ${names[0]}`
      : `there is no domain for ${artifact}`;
    findings.different('artifacts', element.path, message, {
      wanted: patterns.join(' '),
      found: element.splitRules
        .get(names[0] ?? '')
        ?.map(({ text }) => text)
        .join(' '),
      definition: placeOfArtifact(artifact, chunk, comparison),
      project: element.splitRules.get(names[0] ?? '')?.[0]?.at ?? element.at,
    });
  }
}

interface Fault {
  readonly example: string;
  readonly isMissing: boolean;
}

/** A path that the domain holds and the artifact does not, or the other way round. */
function faultOf(
  domain: string,
  artifact: string,
  isEverything: boolean,
  rules: readonly ArtifactRule[],
  kinds: readonly KindOfPath[],
): Fault | undefined {
  for (const { rule, domains, isNear, example } of kinds) {
    const isHeld = domains.has(domain);
    const isPart = isEverything || rules[rule]?.artifact === artifact;
    if (isHeld !== isPart && !isNear) return { example, isMissing: isPart };
  }
  return undefined;
}

/** `bash-devel` is `devel`, or under its whole name where a system wants `devel` of other chunks and not of this one. */
function domainsFor(artifact: string, chunk: Chunk, isEverything: boolean): string[] {
  const own = `${chunk.name}-`;
  const short = isEverything ? 'all' : artifact.startsWith(own) ? artifact.slice(own.length) : artifact;
  const whole = isEverything ? `${own}all` : artifact;
  return [
    ...new Set([short, whole, `${chunk.stratum}/${chunk.name}:${short}`, artifact, `artifact:${artifact}`]),
  ];
}

function reportNear(
  artifact: string,
  domain: string,
  rules: readonly ArtifactRule[],
  kinds: readonly KindOfPath[],
  element: EvaluatedElement,
  { findings }: Comparison,
): void {
  const near = kinds.find(
    ({ rule, domains, isNear }) =>
      isNear && domains.has(domain) && rules[rule]?.artifact !== artifact && domain !== 'all',
  );
  if (!near) return;
  const message = `no globs are just what ${domain} is: they hold ${near.example} as well`;
  findings.deliberate('approximate-split-rule', message, element.path);
}

function placeOfArtifact(artifact: string, chunk: Chunk, { plan }: Comparison) {
  const isIt = ({ text }: { text: string }) => text === artifact || `${chunk.name}${text}` === artifact;
  const rule =
    chunk.products.find((product) => isIt(product.artifact)) ??
    plan.definitions.defaults.splitRules.chunk.find((each) => isIt(each.artifact));
  return rule?.artifact.at ?? chunk.at;
}
