import type { Chunk } from '../definitions/model.js';
import type { ProjectFile } from '../project/model.js';
import type { SysrootSource } from '../project/sysroot.js';

/** What a conversion can be told. */
export interface ConvertOptions {
  /** Name of the project; letters, digits, `-` and `_`. Default: `baserock`. */
  readonly name?: string;
  /** Paths of the systems and clusters to convert, with what they need. Default: everything. */
  readonly systems?: readonly string[];
  /** URLs for aliases of repositories, in addition to ybd's or in place of them. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Build systems of chunks that name none, by the chunk's name or `<stratum path>/<name>`. */
  readonly buildSystems?: Readonly<Record<string, string>>;
  /** Other commits for chunks, by the chunk's name or `<stratum path>/<name>`: for sources from another server. */
  readonly chunkRefs?: Readonly<Record<string, string>>;
  /** Commits of branches and tags: for `repo ref`, both as the definitions write them, the sha1. */
  readonly refs?: ReadonlyMap<string, string>;
  /**
   * Where system integration commands go. `guarded`: on the chunks, doing nothing outside a system; `everywhere`: on
   * the chunks as they are; `system`: on one element of each system, in exactly Baserock's order.
   */
  readonly integration?: 'guarded' | 'everywhere' | 'system';
  /** Put a manifest of what a system is made of into it, as /baserock/manifest.json. */
  readonly manifest?: boolean;
  /** Convert what can be converted, and leave out the systems and strata that have or need something with an error. */
  readonly keepGoing?: boolean;
  /**
   * What stands in for the stratum that bootstraps the toolchain, as base.bst. `sysroot`: an imported root file system
   * with compiler and build tools; `bootstrap`: that stratum itself, built on such a root file system; `none`: nothing,
   * `elements/base.bst` is the person's; files by path: these, `elements/base.bst` among them. Default: `sysroot`.
   */
  readonly base?: 'sysroot' | 'bootstrap' | 'none' | ReadonlyMap<string, ProjectFile>;
  /** Paths of the strata that the base stands in for. Default: those with chunks in `build-mode: bootstrap`. */
  readonly baseStrata?: readonly string[];
  /** Debian packages that the sysroot is to have in addition. */
  readonly baseExtra?: readonly string[];
  /** Where the sysroot comes from. Default: from the tar file that the project's own script makes. */
  readonly sysroot?: SysrootSource;
  /** Elements that stand in for strata, and for all that these are built on, by the path of the stratum. */
  readonly rebase?: Readonly<Record<string, string>>;
  /** URLs of servers that have artifacts ready-made. */
  readonly artifactCaches?: readonly string[];
  /** URL of a server that builds, by the Remote Execution API. */
  readonly remoteExecution?: string;
  /** The architecture, as Baserock names it, of the machine that will build. Default: not known. */
  readonly builder?: string;
}

/** What an option says of a chunk, by `<stratum path>/<name>` or else by its name, which may be any, `constructor` too. */
export function valueFor(
  { stratum, name }: Chunk,
  values: Readonly<Record<string, string>> = {},
): string | undefined {
  const key = [`${stratum}/${name}`, name].find((each) => Object.hasOwn(values, each));
  return key === undefined ? undefined : values[key];
}
