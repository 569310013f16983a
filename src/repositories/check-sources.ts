import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Definitions, Stratum, TextAt } from '../definitions/model.js';
import type { Place } from '../diagnostics/place.js';
import { inParallel } from '../in-parallel.js';
import type { ConvertOptions } from '../transformer/options.js';
import { baseElement, replacementsOf } from '../transformer/replacements.js';
import { aliasesOf, aliasOf, isCommit, repositoryUrl } from '../transformer/sources.js';
import { askGit, PROCESSES } from './git.js';

/** What a chunk is built from: a commit, branch or tag of a repository. */
export interface RefUse {
  readonly ref: string;
  /** The chunks that are built from it: `strata/core/bash`. */
  readonly chunks: readonly string[];
  /** Where the first of them says so. */
  readonly place: Place;
  /** Whether the repository still has it; undefined where that was not asked or could not be found out. */
  readonly found?: boolean;
}

/** A repository of the definitions, and how it is used. */
export interface RepositoryUse {
  /** As the definitions name it: `upstream:bash`. */
  readonly repo: string;
  readonly alias: string | undefined;
  readonly url: string;
  /** How many chunks name it, as their own repository or that of a submodule. */
  readonly uses: number;
  readonly refs: readonly RefUse[];
  /** Whether its server answers for it; undefined where that was not asked. */
  readonly answers?: boolean;
  /** Why it does not, in git's words. */
  readonly reason?: string;
}

/** What to find out about repositories, and which strata are none of it because the base or another element has their place. */
export interface CheckOptions extends Pick<ConvertOptions, 'base' | 'baseStrata' | 'rebase'> {
  /** URLs for aliases, as `convert` takes them. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Asks the servers; without it, nothing leaves the machine. */
  readonly check?: boolean;
  /** How long one answer may take, in milliseconds; 30,000 unless told otherwise. */
  readonly patience?: number;
}

/**
 * Lists the repositories that the project is built from, in the order of their names, and asks whether they
 * and each commit, branch and tag can still be fetched: with `git ls-remote`, and for a commit that no branch or tag
 * is at with a fetch of that one commit without its files.
 */
export async function checkSources(
  definitions: Definitions,
  { aliases = {}, check = false, patience = 30_000, base = 'sysroot', baseStrata, rebase }: CheckOptions = {},
): Promise<RepositoryUse[]> {
  const chosen = { ...(baseStrata ? { baseStrata } : {}), ...(rebase ? { rebase } : {}) };
  const replaced = replacementsOf(definitions, chosen, () => {});
  const isBuilt = (stratum: Stratum) => {
    const element = replaced.get(stratum);
    return element === undefined || (element === baseElement && base === 'bootstrap');
  };
  const uses = usesOf(definitions.strata.filter(isBuilt), aliasesOf({ aliases }));
  if (!check) return uses;
  const scratch = mkdtempSync(join(tmpdir(), 'baserock2bst-sources-'));
  try {
    await askGit(['init', '--quiet', '--bare', scratch], patience);
    const checked = new Map<RepositoryUse, RepositoryUse>();
    await inParallel(uses, PROCESSES, async (use) => {
      checked.set(use, await checkRepository(use, scratch, patience));
    });
    return uses.map((use) => checked.get(use)!);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function usesOf(strata: readonly Stratum[], aliases: ReadonlyMap<string, string>): RepositoryUse[] {
  const all = new Map<string, { uses: number; refs: Map<string, { chunks: string[]; place: Place }> }>();
  const use = (repo: TextAt) => {
    const known = all.get(repo.text) ?? { uses: 0, refs: new Map() };
    known.uses += 1;
    all.set(repo.text, known);
    return known.refs;
  };
  for (const { repo, ref, stratum, name, submodules } of strata.flatMap((each) => each.chunks)) {
    if (repo) {
      const refs = use(repo);
      const known = ref && refs.get(ref.text);
      if (known) known.chunks.push(`${stratum}/${name}`);
      else if (ref) refs.set(ref.text, { chunks: [`${stratum}/${name}`], place: ref.at });
    }
    for (const { url } of submodules) use(url);
  }
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([repo, { uses, refs }]) => ({
      repo,
      alias: aliasOf(repo),
      url: repositoryUrl(repo, aliases),
      uses,
      refs: [...refs].map(([ref, { chunks, place }]) => ({ ref, chunks, place })),
    }));
}

async function checkRepository(
  use: RepositoryUse,
  scratch: string,
  patience: number,
): Promise<RepositoryUse> {
  const { output, failure } = await askGit(['ls-remote', '--', use.url], patience);
  if (output === undefined) return { ...use, answers: false, reason: failure };
  const names = new Set<string>();
  const commits = new Set<string>();
  for (const line of output.split('\n').filter((text) => text !== '')) {
    const [commit, name] = line.split('\t');
    commits.add(commit!);
    names.add(name!.replace(/^refs\/(heads|tags)\//, ''));
  }
  const refs: RefUse[] = [];
  for (const each of use.refs) {
    const found = isCommit(each.ref)
      ? commits.has(each.ref) || (await hasCommit(use.url, each.ref, scratch, patience))
      : names.has(each.ref);
    refs.push(found === undefined ? each : { ...each, found });
  }
  return { ...use, answers: true, refs };
}

/** True or false as the server says; undefined where it does not tell of commits that no branch or tag is at. */
async function hasCommit(
  url: string,
  commit: string,
  scratch: string,
  patience: number,
): Promise<boolean | undefined> {
  const fetch = [
    'fetch',
    '--quiet',
    '--no-write-fetch-head',
    '--depth=1',
    '--filter=tree:0',
    '--',
    url,
    commit,
  ];
  const { output, failure } = await askGit(['-C', scratch, ...fetch], patience);
  if (output !== undefined) return true;
  return /not our ref|couldn't find remote ref/i.test(failure) ? false : undefined;
}
