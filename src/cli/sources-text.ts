import type { RefUse, RepositoryUse } from '../index.js';

/** One line for each alias, and for each server that is named by URL. */
export function serverTable(repositories: readonly RepositoryUse[], check: boolean): string {
  const servers = grouped(repositories, serverOf);
  const heads = [
    'server',
    'uses',
    'repositories',
    ...(check ? ['answer', 'refs', 'found', 'lost'] : []),
    'URL',
  ];
  const rows = [...servers].map(([name, those]) => {
    const refs = those.flatMap((each) => each.refs);
    const counts = [
      those.filter(({ answers }) => answers).length,
      refs.length,
      refs.filter(({ found }) => found).length,
      refs.filter(({ found }) => found === false).length,
    ];
    return [
      name,
      String(those.reduce((sum, { uses }) => sum + uses, 0)),
      String(those.length),
      ...(check ? counts.map(String) : []),
      those[0]!.alias === undefined ? '' : baseUrl(those[0]!),
    ];
  });
  return table([heads, ...rows]);
}

/** One line for each repository. */
export function repositoryTable(repositories: readonly RepositoryUse[], check: boolean): string {
  const rows = repositories.map(({ repo, uses, refs, url, answers }) => [
    repo,
    String(uses),
    String(refs.length),
    ...(check ? [answers ? 'yes' : 'no', String(refs.filter(({ found }) => found).length)] : []),
    url,
  ]);
  return table([['repository', 'uses', 'refs', ...(check ? ['answers', 'found'] : []), 'URL'], ...rows]);
}

/** What cannot be fetched. What a server says of several repositories is said once, unless all are asked for. */
export function faults(repositories: readonly RepositoryUse[], isAll: boolean): string {
  const lost = repositories.filter(({ answers }) => answers === false);
  const refs = repositories.flatMap(({ repo, refs: all }) =>
    all.filter(({ found }) => found === false).map((ref) => [repo, ref] as const),
  );
  const unclear = repositories
    .filter(({ answers }) => answers)
    .flatMap((each) => each.refs.filter(({ found }) => found === undefined)).length;
  return [
    ...(lost.length > 0 ? ['\nno answer:\n'] : []),
    ...[...grouped(lost, isAll ? ({ repo }) => repo : sameAnswer).values()].map(noAnswer),
    ...(refs.length > 0 ? ['\nno longer there:\n'] : []),
    ...refs.map(([repo, ref]) => `  ${repo} ${ref.ref} (${whereOf(ref)})\n`),
    ...(unclear > 0 ? [`\n${unclear} commits that no branch or tag is at: their servers do not tell\n`] : []),
  ].join('');
}

/** The server of a repository and what it says, but for what it quotes: the URL. */
function sameAnswer(repository: RepositoryUse): string {
  return `${serverOf(repository)} ${repository.reason?.replaceAll(/'[^']*'/g, '')}`;
}

function noAnswer([first, ...more]: readonly RepositoryUse[]): string {
  const { repo, uses, reason } = first!;
  if (more.length === 0) return `  ${repo} (${uses}): ${reason}\n`;
  return `  ${serverOf(first!)}, ${more.length + 1} repositories (--all names them): ${reason}\n`;
}

function grouped(
  repositories: readonly RepositoryUse[],
  by: (repository: RepositoryUse) => string,
): ReadonlyMap<string, readonly RepositoryUse[]> {
  const groups = new Map<string, RepositoryUse[]>();
  for (const each of repositories) groups.set(by(each), [...(groups.get(by(each)) ?? []), each]);
  return groups;
}

/** The alias of a repository, or the host where there is none. */
function serverOf({ alias, url }: RepositoryUse): string {
  return alias ?? hostOf(url);
}

function whereOf({ place, chunks }: RefUse): string {
  return `${place.file}:${place.line}${chunks.length > 1 ? `, ${chunks.length} chunks` : ''}`;
}

function hostOf(url: string): string {
  return /^[a-z+]+:\/\/([^/]+)/.exec(url)?.[1] ?? url;
}

function baseUrl({ repo, url }: RepositoryUse): string {
  const rest = repo.slice(repo.indexOf(':') + 1);
  return url.endsWith(rest) ? url.slice(0, url.length - rest.length) : url;
}

/** Columns with two spaces between them; numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const cell = (text: string, column: number) =>
    /^\d+$/.test(rows[1]?.[column] ?? '') ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  return rows.map((row) => `${row.map(cell).join('  ').trimEnd()}\n`).join('');
}
