import type { Chunk } from '../definitions/model.js';
import type { ProjectFile } from '../project/model.js';
import type { SysrootSource } from '../project/sysroot.js';
import type { WriteType } from './deployment/write-types.js';
import type { OwnBuildSystem } from './own-build-systems.js';
import type { OwnRules } from './rules.js';

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
  /**
   * Variables of deployments in addition to those of their clusters, or in place of them, by the name of the deployment
   * (as `morph deploy CLUSTER DEPLOYMENT.KEY=VALUE`). Files that they name have to be among the definitions:
   * `loadDefinitions` takes the same variables.
   */
  readonly deployments?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
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
  /** Sources of chunks from elsewhere, by the chunk's name or `<stratum path>/<name>`. */
  readonly sources?: Readonly<Record<string, OtherSource>>;
  /** Build systems in addition to those of DEFAULTS, or in their place. */
  readonly ownBuildSystems?: Readonly<Record<string, OwnBuildSystem>>;
  /** Write extensions in addition to those that this tool knows, or in their place, by the name that `type` has. */
  readonly ownWriteTypes?: Readonly<Record<string, WriteType>>;
  /** Rules laid over the standard ones, one after the other. */
  readonly rules?: readonly OwnRules[];
  /** The architecture, as Baserock names it, of the machine that will build. Default: not known. */
  readonly builder?: string;
}

/** Where a chunk's source is, in the place of what the definitions say. */
export interface OtherSource {
  /** `git` unless this says otherwise. */
  readonly kind?: 'git' | 'tar';
  readonly url: string;
  /** The commit, or the SHA-256 of the archive. Without it a git source keeps the one of the definitions. */
  readonly ref?: string;
  /** The branch or tag that `bst track` follows in a git repository. */
  readonly track?: string;
}

/** What an option says of a chunk, by `<stratum path>/<name>` or else by its name, which may be any, `constructor` too. */
export function valueFor<T>(
  { stratum, name }: Chunk,
  values: Readonly<Record<string, T>> = {},
): T | undefined {
  const key = [`${stratum}/${name}`, name].find((each) => Object.hasOwn(values, each));
  return key === undefined ? undefined : values[key];
}
