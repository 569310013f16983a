import { compareBytes } from '../byte-order.js';
import type { Definitions } from '../definitions/model.js';
import { aliasesOf, aliasOf, repositoryUrl } from '../transformer/sources.js';
import { askGit, inParallel } from './git.js';

/**
 * Whether a ref can be fetched. `found`: it is a branch or tag, or a commit at the end of one; `unseen`: a commit that
 * no branch or tag ends at, so it may or may not be in their history; `missing`: there is no branch or tag of that name.
 */
export type RefState = 'found' | 'unseen' | 'missing';

/** One version of a repository that definitions are built from. */
export interface SourceRef {
  readonly ref: string;
  /** The chunks built from it, as `<stratum>/<name>`. */
  readonly chunks: readonly string[];
  /** Only after a check of a repository that answers. */
  readonly state?: RefState;
}

/** One repository that definitions are built from. */
export interface SourceRepository {
  /** As the definitions write it: `upstream:bash`. */
  readonly repository: string;
  /** With its alias expanded; undefined if nothing says what the alias stands for. */
  readonly url: string | undefined;
  /** How many chunks use it, as their source or as a submodule. */
  readonly uses: number;
  readonly refs: readonly SourceRef[];
  /** Only after a check: true, or why the repository cannot be read. */
  readonly answers?: true | string;
}

/** One alias that repositories start with. */
export interface SourceAlias {
  readonly alias: string;
  readonly url: string | undefined;
  readonly uses: number;
  readonly repositories: number;
  /** Only after a check: how many of its repositories can be read. */
  readonly answering?: number;
}

/** Where the sources of definitions come from. */
export interface SourceList {
  readonly aliases: readonly SourceAlias[];
  readonly repositories: readonly SourceRepository[];
}

/** Every alias and repository that the chunks of definitions use, in order of name, with how often they use it. */
export function listSources(
  definitions: Definitions,
  aliases: Readonly<Record<string, string>> = {},
): SourceList {
  const known = aliasesOf({ aliases });
  const uses = new Map<string, number>();
  const refs = new Map<string, Map<string, string[]>>();
  const use = (repository: string) => uses.set(repository, (uses.get(repository) ?? 0) + 1);
  for (const chunk of definitions.strata.flatMap((stratum) => stratum.chunks)) {
    for (const { url } of chunk.submodules) use(url.text);
    if (!chunk.repo) continue;
    use(chunk.repo.text);
    const ref = (chunk.ref ?? chunk.unpetrifyRef)?.text;
    if (ref === undefined) continue;
    const ofRepository = refs.get(chunk.repo.text) ?? new Map<string, string[]>();
    refs.set(chunk.repo.text, ofRepository);
    ofRepository.set(ref, [...(ofRepository.get(ref) ?? []), `${chunk.stratum}/${chunk.name}`]);
  }
  const repositories = [...uses]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([repository, count]): SourceRepository => {
      const alias = aliasOf(repository);
      return {
        repository,
        url: alias === undefined || known.has(alias) ? repositoryUrl(repository, known) : undefined,
        uses: count,
        refs: [...(refs.get(repository) ?? [])].map(([ref, chunks]) => ({ ref, chunks })),
      };
    });
  return { aliases: aliasesAmong(repositories, known), repositories };
}

/**
 * Asks every repository with `git ls-remote`, several at a time, whether it is still there, and whether the refs are.
 *
 * @param timeout how long one repository may take to answer, in milliseconds.
 */
export async function checkSources(list: SourceList, timeout = 30_000): Promise<SourceList> {
  const checked = new Map<string, SourceRepository>();
  await inParallel(list.repositories, async (source) => {
    checked.set(source.repository, await check(source, timeout));
  });
  const repositories = list.repositories.map(({ repository }) => checked.get(repository)!);
  const aliases = list.aliases.map((alias) => ({
    ...alias,
    answering: repositories.filter(
      (each) => aliasOf(each.repository) === alias.alias && each.answers === true,
    ).length,
  }));
  return { aliases, repositories };
}

/** True if a check found everything, as far as `git ls-remote` can tell. */
export function isComplete({ repositories }: SourceList): boolean {
  return repositories.every(
    ({ answers, refs }) => answers === true && refs.every(({ state }) => state !== 'missing'),
  );
}

async function check(source: SourceRepository, timeout: number): Promise<SourceRepository> {
  if (source.url === undefined) return { ...source, answers: 'nothing says what its alias stands for' };
  const answer = await askGit(['ls-remote', '--', source.url], timeout);
  if ('error' in answer) return { ...source, answers: answer.error };
  const names = new Set<string>();
  const commits = new Set<string>();
  for (const line of answer.output.split('\n')) {
    const [commit, name] = line.split('\t');
    if (commit && name) {
      commits.add(commit);
      names.add(name.replace(/^refs\/(heads|tags)\//, '')).add(name);
    }
  }
  const stateOf = (ref: string): RefState => {
    if (commits.has(ref) || names.has(ref)) return 'found';
    return /^[0-9a-f]{40}$/.test(ref) ? 'unseen' : 'missing';
  };
  return { ...source, answers: true, refs: source.refs.map((ref) => ({ ...ref, state: stateOf(ref.ref) })) };
}

function aliasesAmong(
  repositories: readonly SourceRepository[],
  known: ReadonlyMap<string, string>,
): SourceAlias[] {
  const names = new Set(repositories.flatMap(({ repository }) => aliasOf(repository) ?? []));
  return [...names].sort(compareBytes).map((alias) => {
    const its = repositories.filter(({ repository }) => aliasOf(repository) === alias);
    const uses = its.reduce((sum, each) => sum + each.uses, 0);
    return { alias, url: known.get(alias), uses, repositories: its.length };
  });
}
