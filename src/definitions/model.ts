import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/place.js';
import type { Step } from './steps.js';

/** A piece of text of the definitions and where it stands. */
export interface TextAt {
  readonly text: string;
  readonly at: Place;
}

/** One shell command, verbatim, with the comments that stood above it (without `#`). */
export interface Command extends TextAt {
  readonly comments: readonly string[];
}

/** Lists of commands by step. An empty list is a decision of the author; a missing one is not. */
export type CommandLists = ReadonlyMap<Step, readonly Command[]>;

/** An ordered rule of a chunk or stratum: files (or artifacts) that match go to the artifact; first match wins. */
export interface SplitRule {
  readonly artifact: TextAt;
  readonly include: readonly TextAt[];
}

/** Commands that ybd and morph run in the assembled system, tied to one artifact of a chunk. */
export interface SystemIntegration {
  readonly artifact: TextAt;
  readonly script: TextAt;
  readonly commands: readonly Command[];
}

/** A git submodule whose repository the definitions override. */
export interface Submodule {
  readonly path: string;
  readonly url: TextAt;
}

/** A device node that ybd makes in the installed files of a chunk. */
export interface DeviceNode {
  readonly at: Place;
  readonly type: string;
  readonly filename: string;
  readonly major: string;
  readonly minor: string;
  readonly uid: string;
  readonly gid: string;
  readonly permissions: string;
}

/** Comments by the part of a definition that they speak of; `''` for the definition as a whole. */
export type Comments = ReadonlyMap<string, readonly string[]>;

/** A chunk as a stratum lists it, with what its own file adds. */
export interface Chunk {
  readonly kind: 'chunk';
  readonly name: string;
  /** Where the stratum lists it. */
  readonly at: Place;
  /** The path of the stratum's file without its suffix. */
  readonly stratum: string;
  /** The chunk's own file, if it has one. */
  readonly file: string | undefined;
  readonly comments: Comments;
  readonly description: string | undefined;
  readonly descriptionAt: Place | undefined;
  readonly repo: TextAt | undefined;
  /** A commit, or a branch or tag; `sha` has already taken precedence over `ref`. */
  readonly ref: TextAt | undefined;
  readonly unpetrifyRef: TextAt | undefined;
  readonly submodules: readonly Submodule[];
  readonly buildSystem: TextAt | undefined;
  readonly bootstrap: boolean;
  readonly prefix: TextAt | undefined;
  readonly maxJobs: TextAt | undefined;
  readonly commands: CommandLists;
  readonly devices: readonly DeviceNode[];
  readonly products: readonly SplitRule[];
  /** Chunk artifact → stratum artifact, as the stratum assigns them. */
  readonly artifacts: ReadonlyMap<string, TextAt>;
  readonly systemIntegration: readonly SystemIntegration[];
  /** The chunks of the same stratum that it names, in its order. */
  readonly buildDepends: readonly Chunk[];
  /** The names by which it names them, and those that lead nowhere, which has been reported. */
  readonly buildDependNames: readonly TextAt[];
}

/** A reference to a stratum, by a stratum or a system. */
export interface StratumReference {
  readonly stratum: Stratum;
  readonly at: Place;
  readonly comments: readonly string[];
  /** The stratum artifacts that a system selects; undefined means all. */
  readonly artifacts: readonly TextAt[] | undefined;
}

/** A set of chunks that are built and staged together. */
export interface Stratum {
  readonly kind: 'stratum';
  /** The path of its file without its suffix: `strata/core`. */
  readonly path: string;
  readonly name: string;
  readonly at: Place;
  readonly comments: Comments;
  readonly description: string | undefined;
  readonly descriptionAt: Place | undefined;
  readonly buildDepends: readonly StratumReference[];
  readonly products: readonly SplitRule[];
  readonly chunks: readonly Chunk[];
  /** Something that it refers to is not there or could not be read, which has been reported. */
  readonly isIncomplete: boolean;
}

/** A system: the strata that make up one root file system. */
export interface System {
  readonly kind: 'system';
  readonly path: string;
  readonly name: string;
  readonly at: Place;
  readonly comments: Comments;
  readonly description: string | undefined;
  readonly descriptionAt: Place | undefined;
  readonly arch: TextAt;
  readonly strata: readonly StratumReference[];
  readonly configurationExtensions: readonly TextAt[];
  /** Something that it refers to is not there or could not be read, which has been reported. */
  readonly isIncomplete: boolean;
}

/** A variable of a deployment: what extensions find in their environment, or how the system is deployed. */
export interface Variable {
  readonly value: unknown;
  /** The value as Python prints it: what an extension gets. */
  readonly text: string;
  /** Where the value stands; undefined for one that the caller gives. */
  readonly at: Place | undefined;
}

/** Variables by name. */
export type Variables = ReadonlyMap<string, Variable>;

/** A deployment of a system: its name and its own variables. */
export interface Deployment {
  readonly name: string;
  readonly at: Place;
  readonly variables: Variables;
}

/** A system that a cluster deploys, with the systems that are put into it first. */
export interface ClusterSystem {
  readonly at: Place;
  readonly system: System | undefined;
  /** Variables of all its deployments, unless they have their own (`deploy-defaults`). */
  readonly defaults: Variables;
  readonly deployments: readonly Deployment[];
  readonly subsystems: readonly ClusterSystem[];
}

/** Systems and how they are deployed. */
export interface Cluster {
  readonly kind: 'cluster';
  readonly path: string;
  readonly name: string;
  readonly at: Place;
  readonly comments: Comments;
  readonly description: string | undefined;
  readonly descriptionAt: Place | undefined;
  readonly systems: readonly ClusterSystem[];
}

/** Something in the tree that is no definition, but that deployments name: of a folder the names in it, sorted. */
export type TreeFile =
  | { readonly kind: 'file'; readonly content: Uint8Array; readonly executable: boolean }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder'; readonly entries: readonly string[] };

/** A predefined way of building: command lists, and the files by which ybd recognises it in sources. */
export interface BuildSystem {
  readonly name: string;
  readonly commands: CommandLists;
  readonly indicators: readonly string[];
  readonly comments: readonly string[];
}

/** What DEFAULTS says, laid over what ybd has built in. */
export interface Defaults {
  /** What DEFAULTS says of itself and of its parts, but for single build systems. */
  readonly comments: readonly string[];
  readonly buildSystems: ReadonlyMap<string, BuildSystem>;
  readonly splitRules: {
    readonly chunk: readonly SplitRule[];
    readonly stratum: readonly SplitRule[];
  };
}

/** A whole definitions repository, read and linked; lists are in the order of their paths' bytes. */
export interface Definitions {
  /** The version of the definitions format, or undefined for a tree from before there was VERSION. */
  readonly format: number | undefined;
  readonly defaults: Defaults;
  readonly strata: readonly Stratum[];
  readonly systems: readonly System[];
  readonly clusters: readonly Cluster[];
  /** What deployments name that is no definition, by path: scripts, manifests, what is put into systems. */
  readonly tree: ReadonlyMap<string, TreeFile>;
  /** The text of every file that was read, by path: what diagnostics show their places in. */
  readonly files: ReadonlyMap<string, string>;
  /** What reading found. If any of it is an error, the definitions are not complete. */
  readonly diagnostics: readonly Diagnostic[];
}
