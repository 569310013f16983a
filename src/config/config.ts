import type { OtherSource } from '../transformer/options.js';
import type { OwnBuildSystem } from '../transformer/own-build-systems.js';
import type { OwnRules } from '../transformer/rules.js';

type ByName<T = string> = Readonly<Record<string, T>>;

/** A configuration: how definitions are converted, as far as the command line says nothing else. */
export interface Config {
  readonly name?: string | undefined;
  readonly systems?: readonly string[] | undefined;
  readonly buildstream?: 1 | 2 | undefined;
  readonly aliases?: ByName | undefined;
  readonly buildSystems?: ByName | undefined;
  readonly ownBuildSystems?: ByName<OwnBuildSystem> | undefined;
  readonly chunkRefs?: ByName | undefined;
  readonly sources?: ByName<OtherSource> | undefined;
  readonly integration?: 'guarded' | 'everywhere' | 'system' | undefined;
  readonly base?: string | undefined;
  readonly baseStrata?: readonly string[] | undefined;
  readonly baseExtra?: readonly string[] | undefined;
  readonly sysroot?: string | undefined;
  readonly sysrootRef?: string | undefined;
  readonly sysrootTrack?: string | undefined;
  readonly rebase?: ByName | undefined;
  readonly artifactCaches?: readonly string[] | undefined;
  readonly remoteExecution?: string | undefined;
  readonly manifest?: boolean | undefined;
  readonly keepGoing?: boolean | undefined;
  /** Rules laid over the standard ones, one after the other; only a JavaScript file can have them. */
  readonly rules?: readonly OwnRules[] | undefined;
}
