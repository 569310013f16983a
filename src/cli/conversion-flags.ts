import type { BuildStreamVersion } from '../index.js';
import type { VerbosityFlags } from './progress.js';

/** What the command line says about how to convert, whatever is done with the project. */
export interface ConversionFlags extends VerbosityFlags {
  readonly system?: string[];
  readonly buildstream: `${BuildStreamVersion}`;
  readonly alias: Record<string, string>;
  readonly buildSystem: Record<string, string>;
  readonly ref: Record<string, string>;
  readonly sources?: string;
  readonly resolveRefs?: boolean;
  readonly integration: 'guarded' | 'everywhere' | 'system';
  readonly base: string;
  readonly baseStratum?: string[];
  readonly baseExtra?: string[];
  readonly sysroot?: string;
  readonly sysrootRef?: string;
  readonly sysrootTrack?: string;
  readonly rebase: Record<string, string>;
  readonly set?: string[];
  readonly setFile?: string;
  readonly artifactCache?: string[];
  readonly remoteExecution?: string;
  readonly manifest?: boolean;
  readonly name?: string;
  readonly keepGoing?: boolean;
  /** False: convert anew, whatever is in the cache. */
  readonly cache?: boolean;
  /** The file of a configuration, or false for none. */
  readonly config?: string | false;
  /** The options that the command line gives. */
  readonly given?: readonly string[];
}
