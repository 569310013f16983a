import type { Origin } from './origin.js';
import type { SysrootSource } from './sysroot.js';

/** A piece of text that is carried along with the comments that stood above it (without `#`). */
export interface CommentedText {
  readonly text: string;
  readonly comments?: readonly string[];
  readonly from?: Origin | undefined;
}

/** An element that another one needs. */
export interface Dependency {
  /** Path of the element below the element path: `strata/core.bst`. */
  readonly element: string;
  /** `build`: staged when this element is built; `all`: and wherever this element is staged. */
  readonly type: 'build' | 'all';
  /** The folder in which a script has its files, in place of the root. */
  readonly location?: string;
  readonly comments?: readonly string[];
  readonly from?: Origin | undefined;
}

/** A git repository; `ref` and `track` as BuildStream's git source has them. `%{` has no meaning in its texts. */
export interface GitSource {
  readonly kind: 'git';
  readonly url: string;
  readonly ref: string | undefined;
  readonly track: string | undefined;
  readonly submodules: readonly {
    readonly path: string;
    readonly url: string;
    readonly from?: Origin | undefined;
  }[];
  readonly comments?: readonly string[];
  /** What its fields come from. */
  readonly origins?: ReadonlyMap<'url' | 'track' | 'ref', Origin>;
}

/** Files that the project carries. */
export interface LocalSource {
  readonly kind: 'local';
  readonly path: string;
}

/** An archive, by its URL and SHA-256. `%{` has no meaning in the texts. */
export interface TarSource {
  readonly kind: 'tar';
  readonly url: string;
  readonly ref: string | undefined;
}

/** Where the files of an element come from. */
export type Source = GitSource | LocalSource | TarSource;

/** The lists of commands of BuildStream's build elements, in the order in which they run. */
export const commandKinds = ['configure', 'build', 'install', 'strip'] as const;

/** One list of commands of a build element. */
export type CommandKind = (typeof commandKinds)[number];

/** What a build element does with a list of its build system: replace it, or put commands before and after it. */
export type CommandChange = (
  | { readonly replace: readonly CommentedText[] }
  | { readonly before: readonly CommentedText[]; readonly after: readonly CommentedText[] }
) & { readonly comments?: readonly string[] };

/** A named set of command lists that build elements start from. */
export interface BuildSystem {
  readonly name: string;
  /** The kind of element that stands for it where the version of BuildStream has a plugin of that name. */
  readonly plugin: string;
  readonly commands: Readonly<Record<CommandKind, readonly CommentedText[]>>;
  readonly comments: readonly string[];
}

/** The parts of an element whose origins are told beside them, because they are texts, or keys of a mapping. */
export type ElementPart =
  | 'kind'
  | 'description'
  | 'include'
  | 'requires'
  | `${'variables' | 'environment' | 'split-rules'}.${string}`;

/** What elements of all kinds have. */
export interface ElementBase {
  /** Path below the element path: `strata/core/bash.bst`. */
  readonly path: string;
  /** Comments at the top of the file. */
  readonly header?: readonly string[];
  readonly description?: string | undefined;
  /** Compositions hold all of its files, whichever split domains they take. */
  readonly isWhole?: boolean;
  readonly dependencies: readonly Dependency[];
  readonly variables?: ReadonlyMap<string, string | boolean>;
  readonly environment?: ReadonlyMap<string, string>;
  readonly public?: PublicData;
  /** The element is for one value of a project option only; loading it with another fails with the message. */
  readonly requires?: { readonly option: string; readonly value: string; readonly message: string };
  /** What it comes from as a whole. */
  readonly from?: readonly Origin[];
  /** What single parts of it come from, in addition to what lists say of their items. */
  readonly origins?: ReadonlyMap<ElementPart, Origin>;
}

/** Public data in the `bst` domain. */
export interface PublicData {
  readonly integrationCommands?: readonly CommentedText[];
  readonly splitRules?: ReadonlyMap<string, readonly string[]>;
}

/** An element that runs commands to make files. */
export interface BuildElement extends ElementBase {
  readonly kind: 'build';
  /** The name of one of the project's build systems. */
  readonly buildSystem: string;
  readonly sources: readonly Source[];
  readonly commands: ReadonlyMap<CommandKind, CommandChange>;
}

/** A name for a group of elements. */
export interface StackElement extends ElementBase {
  readonly kind: 'stack';
}

/** Files taken as they are. */
export interface ImportElement extends ElementBase {
  readonly kind: 'import';
  readonly sources: readonly Source[];
}

/** Elements merged into one tree of files, in which integration commands have run. */
export interface ComposeElement extends ElementBase {
  readonly kind: 'compose';
  /** Whether integration commands run; they do unless this is false. */
  readonly integrate?: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly includeOrphans: boolean;
}

/** Commands that make files out of other elements' files, which stand apart in folders of their own. */
export interface ScriptElement extends ElementBase {
  readonly kind: 'script';
  /** The include file that says how it ends: variables, environment and the last commands. */
  readonly include: string;
  /** The commands that run before those of the include file. */
  readonly steps: readonly CommentedText[];
}

/** An element of a BuildStream project, in a form that no version of BuildStream shapes. */
export type Element = BuildElement | StackElement | ImportElement | ComposeElement | ScriptElement;

/** A choice that a person makes when running `bst`: `--option NAME VALUE`. */
export interface ProjectOption {
  readonly name: string;
  readonly description: string;
  readonly values: readonly string[];
  readonly default: string;
}

/** A variable of the project; `cases` gives other values for some values of an option. */
export interface ProjectVariable {
  readonly name: string;
  readonly value: string;
  readonly comments?: readonly string[];
}

/** Values that variables take when an option has a certain value. */
export interface ProjectCase {
  readonly option: string;
  readonly value: string;
  readonly variables: readonly ProjectVariable[];
}

/** What project.conf says. */
export interface ProjectConfiguration {
  readonly name: string;
  /** Comments on the build systems as a whole. */
  readonly buildSystemComments: readonly string[];
  readonly options: readonly ProjectOption[];
  readonly aliases: ReadonlyMap<string, string>;
  /** The globs of the split domains that every element has. */
  readonly splitRules: ReadonlyMap<string, readonly string[]>;
  /** What they come from, by domain. */
  readonly splitRuleOrigins?: ReadonlyMap<string, Origin>;
  /** The split domain of elements which compositions hold all of. */
  readonly wholeDomain: string;
  readonly variables: readonly ProjectVariable[];
  readonly cases: readonly ProjectCase[];
  readonly environment: ReadonlyMap<string, string>;
  /** Variables of the environment whose value has no influence on what is built. */
  readonly environmentNoCache: readonly string[];
  /** URLs of servers that may have artifacts ready-made. */
  readonly artifactCaches: readonly string[];
  /** URL of a server that builds. */
  readonly remoteExecution?: string;
  /** What BuildStream calls the machines that build, by values of the option `arch`, where others than this one may. */
  readonly machines?: ReadonlyMap<string, string>;
}

/** A file that the project carries besides elements. */
export interface ProjectFile {
  /** Text, or the bytes of what is none. */
  readonly content: string | Uint8Array;
  readonly executable?: boolean;
  /** The file is only a beginning: what a person or the project's own script makes of it stays. */
  readonly once?: boolean;
  /** Where it comes from, as `provenanceOf` says it; nothing for files that no definition is the reason of. */
  readonly provenance?: string;
}

/** A BuildStream project in memory. Lists are in the order in which they are written. */
export interface Project {
  readonly configuration: ProjectConfiguration;
  readonly buildSystems: readonly BuildSystem[];
  readonly elements: readonly Element[];
  /** Where the base takes its root file system from, if it imports one. */
  readonly sysroot?: SysrootSource;
  /** Where deployments take the root file system from that they run in, if there are deployments. */
  readonly deploymentTools?: SysrootSource;
  /** Files by path below the project: READMEs, what import elements import, hand-made elements. */
  readonly files: ReadonlyMap<string, ProjectFile>;
}
