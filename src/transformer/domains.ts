import type { Chunk, Defaults, SplitRule } from '../definitions/model.js';
import { builtIn } from '../definitions/read-defaults.js';
import type { Report } from '../diagnostics/diagnostic.js';
import type { Origin } from '../project/origin.js';
import type { SplitDomain } from '../split-rules/compile-rules.js';
import { compiledRules } from '../split-rules/compiled-rules.js';
import { chunkRules } from './artifacts.js';
import { originOfRule, originsOf } from './origins.js';

/** The domain of what is not made of chunks, and which a system holds all of: the base, a manifest. */
export const wholeDomain = 'whole';

/** The domain of the system marker: what keeps the marker out of systems. */
export const markerDomain = 'system-marker';

/** The domain of all files of a chunk: what an artifact that takes everything else becomes. */
const everythingDomain = 'all';

/** The domains that BuildStream has of its own; they claim files by other rules than Baserock's. */
const domainsOfBuildStream: readonly string[] = ['runtime', 'libs', 'devel', 'debug', 'doc', 'locale'];

/** Names that mean something: no artifact has a domain of that name. */
export const reservedDomains: readonly string[] = [wholeDomain, markerDomain, everythingDomain];

/** Part of a chunk's files, as BuildStream knows it. */
export interface Domain {
  readonly name: string;
  /** The artifact whose files these are; nothing if no rule takes everything else. */
  readonly artifact: string | undefined;
  /** The domain of all files: those of the other domains are in it too. */
  readonly isEverything: boolean;
  readonly globs: readonly string[];
  /** The rule that says so, if a file does. */
  readonly from: Origin | undefined;
}

/**
 * The split domains of chunks: one for each artifact, under the end of its name (`bash-devel` → `devel`), so that
 * chunks which follow the rules of DEFAULTS need to say nothing.
 */
export class Domains {
  readonly #defaults: Defaults;
  readonly #known = new Map<Chunk, readonly Domain[]>();

  constructor(defaults: Defaults) {
    this.#defaults = defaults;
  }

  /** The domains that project.conf gives every element. Those of BuildStream itself that are not in use are empty. */
  usual(): Map<string, readonly string[]> {
    const domains = new Map(this.#named(this.#defaults.splitRules.chunk, '').map((d) => [d.name, d.globs]));
    for (const name of domainsOfBuildStream) if (!domains.has(name)) domains.set(name, []);
    return domains;
  }

  /** What those come from, by name. */
  originsOfUsual(): ReadonlyMap<string, Origin> {
    return originsOf(this.#named(this.#defaults.splitRules.chunk, '').map(({ name, from }) => [name, from]));
  }

  of(chunk: Chunk): readonly Domain[] {
    const known = this.#known.get(chunk);
    if (known) return known;
    const domains = this.#named(chunkRules(chunk, this.#defaults), chunk.name);
    this.#known.set(chunk, domains);
    return domains;
  }

  /** Reports where the domains of DEFAULTS, or of the rules that are in force without it, hold other files. */
  reportDefaults(report: Report): void {
    const rules = this.#defaults.splitRules.chunk;
    this.#report(this.#compile(rules, ''), rules, report);
  }

  /** Reports where the domains of a chunk hold other files than its artifacts, beyond what DEFAULTS is to blame for. */
  reportChunk(chunk: Chunk, report: Report): void {
    if (chunk.products.length === 0) return;
    this.#report(this.#compile(chunkRules(chunk, this.#defaults), chunk.name), chunk.products, report);
  }

  #report(domains: readonly SplitDomain[], rules: readonly SplitRule[], report: Report): void {
    const patterns = rules.flatMap(({ include }) => include);
    const placeOf = (pattern: string) => patterns.find(({ text }) => text === pattern)?.at;
    for (const { approximations, overlaps } of domains) {
      for (const { pattern, globs, witness, notSupported } of approximations) {
        const place = placeOf(pattern);
        if (!place) continue;
        const why =
          witness === undefined ? `because of ${notSupported ?? 'what it is'}` : `for example ${witness}`;
        report(
          'approximate-split-rule',
          place === builtIn ? undefined : place,
          `${shown(globs)} match more than \`${pattern}\`, ${why}`,
        );
      }
      // Rules of DEFAULTS that come after those of a chunk share files with these: that is said once.
      const seen = new Set<string>();
      for (const { pattern, earlier, witness } of overlaps) {
        const at = placeOf(pattern) ?? rules[0]!.artifact.at;
        const key = `${at.line}:${at.column} ${earlier.artifact}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const first = `\`${earlier.artifact.replace(/^-/, '')}\``;
        const example = witness === undefined ? '' : `, for example ${witness}`;
        const message = `what \`${pattern}\` has in common with ${first}, which comes first, is part of both${example}`;
        report('overlapping-split-rules', at, message);
      }
    }
  }

  #named(rules: readonly SplitRule[], chunk: string): Domain[] {
    const domains = this.#compile(rules, chunk).map(({ artifact, isCatchAll, globs }): Domain => {
      const name = isCatchAll ? everythingDomain : domainName(artifact);
      const full = artifact.startsWith('-') ? chunk + artifact : artifact;
      const rule = rules.find(({ artifact: { text } }) => text === full || text === artifact);
      return { name, artifact: full, isEverything: isCatchAll, globs, from: rule && originOfRule(rule) };
    });
    if (domains.some(({ isEverything }) => isEverything)) return domains;
    return [
      ...domains,
      { name: everythingDomain, artifact: undefined, isEverything: true, globs: ['/**'], from: undefined },
    ];
  }

  /** Rules are the same for many chunks, but for the chunk's name in the names of artifacts. */
  #compile(rules: readonly SplitRule[], chunk: string): readonly SplitDomain[] {
    const prefix = `${chunk}-`;
    const relative = rules.map(({ artifact: { text }, include }) => ({
      artifact: chunk !== '' && text.startsWith(prefix) ? text.slice(chunk.length) : text,
      include: include.map((pattern) => pattern.text),
    }));
    return compiledRules(relative);
  }
}

/** `-devel` → `devel`. What is not named after its chunk, or as something else is, keeps all of its name. */
function domainName(artifact: string): string {
  const end = artifact.replace(/^-/, '');
  return artifact.startsWith('-') && !reservedDomains.includes(end) ? end : `artifact:${artifact}`;
}

/** A few of the globs, so that a message stays readable. */
function shown(globs: readonly string[]): string {
  const some = globs.slice(0, 3).map((glob) => `\`${glob}\``);
  return `${some.join(', ')}${globs.length > some.length ? ' …' : ''}`;
}
