import type { Definitions } from '../definitions/model.js';
import { collector, type Diagnostic } from '../diagnostics/diagnostic.js';
import { inParallel } from '../in-parallel.js';
import { aliasesOf, isCommit, repositoryUrl } from '../transformer/sources.js';
import { askGit, PROCESSES } from './git.js';

/** How long one repository may take to answer, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Looks up the commits of the branches and tags that chunks are built from, with `git ls-remote`.
 *
 * @param aliases URLs for aliases, as `convert` takes them.
 * @returns `refs` for the options of `convert`, and a diagnostic for each that could not be looked up.
 */
export async function resolveRefs(
  definitions: Definitions,
  aliases: Readonly<Record<string, string>> = {},
): Promise<{ refs: Map<string, string>; diagnostics: Diagnostic[] }> {
  const { diagnostics, report } = collector();
  const refs = new Map<string, string>();
  const known = aliasesOf({ aliases });
  const chunks = definitions.strata
    .flatMap((stratum) => stratum.chunks)
    .filter(({ repo, ref }) => repo && ref && !isCommit(ref.text));
  await inParallel(chunks, PROCESSES, async ({ repo, ref }) => {
    const key = `${repo!.text} ${ref!.text}`;
    // The commit of an annotated tag is listed under a name of its own, which has to be asked for.
    const names = [ref!.text, `${ref!.text}^{}`];
    const url = repositoryUrl(repo!.text, known);
    const { output, failure } = await askGit(['ls-remote', '--', url, ...names], PATIENCE);
    const commit = output === undefined ? undefined : chooseCommit(output, ref!.text);
    const [asked, where] = [`\`${ref!.text}\``, repo!.text];
    if (commit) refs.set(key, commit);
    else if (output !== undefined) report('unresolved-ref', ref!.at, `${asked} was not found in ${where}`);
    else report('unresolved-ref', ref!.at, `${asked} cannot be looked up in ${where}: ${failure}`);
  });
  return { refs, diagnostics };
}

/** The commit that git would check out: a tag's own commit before the tag object, a branch before a tag. */
function chooseCommit(answer: string, ref: string): string | undefined {
  const commits = new Map(
    answer
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t').reverse() as [string, string]),
  );
  const names = [ref, `refs/heads/${ref}`, `refs/tags/${ref}^{}`, `refs/tags/${ref}`];
  return names.map((name) => commits.get(name)).find((commit) => commit !== undefined);
}
