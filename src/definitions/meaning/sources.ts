import type { Chunk, TextAt } from '../model.js';

/** Where the aliases lead that ybd knows (ybd: `ybd.conf`). */
export const aliases: ReadonlyMap<string, string> = new Map([
  ['baserock', 'git://git.baserock.org/baserock/'],
  ['freedesktop', 'git://anongit.freedesktop.org/'],
  ['github', 'git://github.com/'],
  ['gnome', 'git://git.gnome.org/'],
  ['upstream', 'git://git.baserock.org/delta/'],
]);

/** What is fetched for a chunk's build. */
export interface Fetched {
  readonly repo: TextAt;
  /** The commit; undefined where a branch or tag is built. */
  readonly commit: string | undefined;
  /** The branch or tag that is built, or that the commit was taken from. */
  readonly branch: string | undefined;
  readonly submodules: ReadonlyMap<string, string>;
  /** Where it says which version. */
  readonly at: TextAt['at'];
}

/** What is fetched for a chunk; nothing if it has no repository, or nothing says which version of it. */
export function fetchedFor(chunk: Chunk): Fetched | undefined {
  const { repo, ref, unpetrifyRef } = chunk;
  const version = ref ?? unpetrifyRef;
  if (!repo || !version) return undefined;
  const isCommit = /^[0-9a-f]{40}$/i.test(version.text);
  return {
    repo,
    commit: isCommit ? version.text.toLowerCase() : undefined,
    branch: isCommit ? unpetrifyRef?.text : version.text,
    submodules: new Map(chunk.submodules.map(({ path, url }) => [path, url.text])),
    at: version.at,
  };
}
