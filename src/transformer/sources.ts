import type { Chunk, Stratum, TextAt } from '../definitions/model.js';
import type { GitSource, TarSource } from '../project/model.js';
import { type Context, isBase } from './context.js';
import { type ConvertOptions, type OtherSource, valueFor } from './options.js';
import { originOf, originsOf } from './origins.js';
import { isBootstrapped } from './replacements.js';

/** The aliases that ybd has built in (ybd: `ybd.conf`), but for GitHub's, which no longer answers to git://. */
const builtInAliases: Readonly<Record<string, string>> = {
  baserock: 'git://git.baserock.org/baserock/',
  freedesktop: 'git://anongit.freedesktop.org/',
  github: 'https://github.com/',
  gnome: 'git://git.gnome.org/',
  upstream: 'git://git.baserock.org/delta/',
};

/** The fields of a chunk whose comments speak of its sources. */
export const sourceFields: readonly string[] = ['repo', 'ref', 'sha', 'unpetrify-ref', 'submodules'];

/** All aliases: ybd's, those that the caller adds, and the caller's URL where both have one. In order of name. */
export function aliasesOf(options: ConvertOptions): Map<string, string> {
  const all = { ...builtInAliases, ...options.aliases };
  return new Map(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The alias that a repository starts with (`upstream:bash`), or undefined for a plain URL. */
export function aliasOf(repo: string): string | undefined {
  return /^([A-Za-z][A-Za-z0-9_.+-]*):(?!\/\/)/.exec(repo)?.[1];
}

/** True for a `ref` that names a commit, and not a branch or tag. */
export function isCommit(ref: string): boolean {
  return /^[0-9a-f]{40}$/i.test(ref);
}

/** The URL that a repository of the definitions stands for: its alias expanded, if it has one that is known. */
export function repositoryUrl(repo: string, aliases: ReadonlyMap<string, string>): string {
  const alias = aliasOf(repo);
  const url = alias === undefined ? undefined : aliases.get(alias);
  return url === undefined ? portableUrl(repo) : url + repo.slice(alias!.length + 1);
}

/**
 * The git source of a chunk. A commit is pinned, and what it was petrified from is tracked; a branch or tag is
 * tracked without a pin, unless the caller has looked up its commit.
 *
 * @returns undefined, after a report, if the chunk has no repository.
 */
export function convertSource(chunk: Chunk, context: Context): GitSource | TarSource | undefined {
  const given = valueFor(chunk, context.options.sources);
  return given ? otherSource(chunk, given, context) : ownSource(chunk, context);
}

/** The source that the caller names, with the commit of the definitions unless it names another. */
function otherSource(chunk: Chunk, given: OtherSource, { aliases, report }: Context): GitSource | TarSource {
  const alias = aliasOf(given.url);
  const at = chunk.repo?.at ?? chunk.at;
  if (alias !== undefined && !aliases.has(alias)) {
    report('unknown-alias', at, `nothing says what the alias \`${alias}\` stands for`);
  }
  const url = portableUrl(given.url);
  if (given.kind === 'tar') return { kind: 'tar', url, ref: given.ref };
  const named = given.ref ?? chunk.ref?.text;
  const ref = named !== undefined && isCommit(named) ? named.toLowerCase() : undefined;
  const track = given.track ?? (ref === undefined ? named : chunk.unpetrifyRef?.text);
  if (ref === undefined) {
    report('unpinned-ref', at, `\`${chunk.name}\` is built from \`${named ?? url}\`, which is not a commit`);
  }
  return { kind: 'git', url, ref, track, submodules: submodulesOf(chunk) };
}

function ownSource(chunk: Chunk, context: Context): GitSource | undefined {
  const { report, options } = context;
  const { repo, ref, unpetrifyRef } = chunk;
  if (!repo) {
    report('missing-repo', chunk.at, `\`${chunk.name}\` has no \`repo\`, so its element has no sources`);
    return undefined;
  }
  checkAlias(repo, context);
  for (const { url } of chunk.submodules) checkAlias(url, context);
  const other = valueFor(chunk, options.chunkRefs);
  const named = other === undefined ? (ref ?? unpetrifyRef) : { text: other, at: ref?.at ?? repo.at };
  if (!named) {
    report('missing-repo', repo.at, `\`${chunk.name}\` has no \`ref\``);
    return undefined;
  }
  const isPinned = isCommit(named.text);
  const resolved = isPinned ? named.text.toLowerCase() : options.refs?.get(`${repo.text} ${named.text}`);
  if (!resolved) {
    const message = `\`${chunk.name}\` is built from \`${named.text}\`, which is not a commit`;
    const unused =
      unpetrifyRef && unpetrifyRef.text !== named.text ? `; its \`unpetrify-ref\` is not used` : '';
    report('unpinned-ref', named.at, message + unused);
  }
  checkSsh(repo, context);
  for (const { url } of chunk.submodules) checkSsh(url, context);
  const comments = sourceFields.flatMap((field) => chunk.comments.get(field) ?? []);
  return {
    kind: 'git',
    url: portableUrl(repo.text),
    ref: resolved,
    track: isPinned ? unpetrifyRef?.text : named.text,
    submodules: submodulesOf(chunk),
    origins: originsOf([
      ['url', originOf(repo.at)],
      ['track', originOf(isPinned ? unpetrifyRef?.at : named.at)],
      ['ref', originOf(named.at)],
    ]),
    ...(comments.length > 0 ? { comments } : {}),
  };
}

function submodulesOf(chunk: Chunk): GitSource['submodules'] {
  return chunk.submodules.map(({ path, url }) => ({
    path,
    url: portableUrl(url.text),
    from: originOf(url.at),
  }));
}

/**
 * Tells which aliases the repositories of strata use and how often: their servers have to exist for a build. Those for
 * which the caller names a server are none of it.
 */
export function reportServers(strata: readonly Stratum[], context: Context): void {
  const given = context.options.aliases ?? {};
  const uses = new Map<string, number>();
  const built = strata.filter((stratum) => !isBase(stratum) || isBootstrapped(stratum, context.options));
  for (const { repo } of built.flatMap(({ chunks }) => chunks)) {
    const alias = repo && aliasOf(repo.text);
    if (alias && !Object.hasOwn(given, alias)) uses.set(alias, (uses.get(alias) ?? 0) + 1);
  }
  if (uses.size === 0) return;
  const counts = [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([alias, count]) => `${alias} ${count}`);
  context.report('source-servers', undefined, `repositories by alias: ${counts.join(', ')}`);
}

/** git's short form for ssh, `user@host:path`, in which BuildStream sees an alias. */
const shortSsh = /^([^/:@\s]+@[^/:\s]+):(?!\/\/)\/*(.*)$/;

function portableUrl(repo: string): string {
  return repo.replace(shortSsh, 'ssh://$1/$2');
}

function checkSsh(repo: TextAt, { report }: Context): void {
  if (!shortSsh.test(repo.text)) return;
  report('rewritten-url', repo.at, `\`${repo.text}\` is written as ${portableUrl(repo.text)}`);
}

function checkAlias(repo: TextAt, { aliases, report }: Context): void {
  const alias = aliasOf(repo.text);
  if (alias !== undefined && !aliases.has(alias)) {
    report('unknown-alias', repo.at, `nothing says what the alias \`${alias}\` stands for`);
  }
}
