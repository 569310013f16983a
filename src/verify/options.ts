import type { GivenVariables } from '../definitions/deployed-files.js';
import type { Answers } from '../project/evaluate/ask-buildstream.js';

/** What a comparison can be told, where the project does not show it: the options of `convert` that it goes by. */
export interface VerifyOptions {
  /** Paths of the systems and clusters that were converted. Default: all that the project has been converted for. */
  readonly systems?: readonly string[];
  /** Build systems of chunks that name none, by the chunk's name or `<stratum path>/<name>`. Default: any that fits. */
  readonly buildSystems?: Readonly<Record<string, string>>;
  /** Other commits for chunks, by the chunk's name or `<stratum path>/<name>`. */
  readonly chunkRefs?: Readonly<Record<string, string>>;
  /** Where system integration commands go. Default: where most of the project's are. */
  readonly integration?: 'guarded' | 'everywhere' | 'system';
  /** Paths of the strata that the base stands in for. Default: those with chunks in `build-mode: bootstrap`. */
  readonly baseStrata?: readonly string[];
  /** Elements that stand in for strata, by the path of the stratum. Default: what the project shows. */
  readonly rebase?: Readonly<Record<string, string>>;
  /** Variables that deployments were given, over those of their clusters. */
  readonly deployments?: GivenVariables;
  /** Compare although the definitions have errors, because what these concern was left out. */
  readonly keepGoing?: boolean;
  /** What BuildStream itself says of elements, by architecture: see `elementsToAsk`. */
  readonly answers?: ReadonlyMap<string, Answers>;
}
