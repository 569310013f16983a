import type { BuildStreamVersion } from '../project/dialects.js';
import type { WriteType } from '../transformer/deployment/write-types.js';
import type { OtherSource } from '../transformer/options.js';
import type { OwnBuildSystem } from '../transformer/own-build-systems.js';
import type { OwnRules } from '../transformer/rules.js';

/** A configuration: how definitions are converted, as far as the command line says nothing else. */
export interface Config {
  readonly name?: string | undefined;
  readonly systems?: readonly string[] | undefined;
  readonly buildstream?: BuildStreamVersion | undefined;
  readonly aliases?: Readonly<Record<string, string>> | undefined;
  readonly buildSystems?: Readonly<Record<string, string>> | undefined;
  readonly ownBuildSystems?: Readonly<Record<string, OwnBuildSystem>> | undefined;
  readonly ownWriteTypes?: Readonly<Record<string, WriteType>> | undefined;
  readonly chunkRefs?: Readonly<Record<string, string>> | undefined;
  readonly sources?: Readonly<Record<string, OtherSource>> | undefined;
  readonly integration?: 'guarded' | 'everywhere' | 'system' | undefined;
  readonly base?: string | undefined;
  readonly baseStrata?: readonly string[] | undefined;
  readonly baseExtra?: readonly string[] | undefined;
  readonly sysroot?: string | undefined;
  readonly sysrootRef?: string | undefined;
  readonly sysrootTrack?: string | undefined;
  readonly rebase?: Readonly<Record<string, string>> | undefined;
  readonly artifactCaches?: readonly string[] | undefined;
  readonly remoteExecution?: string | undefined;
  readonly manifest?: boolean | undefined;
  readonly keepGoing?: boolean | undefined;
  /** Rules laid over the standard ones, one after the other; only a JavaScript file can have them. */
  readonly rules?: readonly OwnRules[] | undefined;
}
