import { emptyAt } from './fields.js';
import type { Mapping, Position } from './node.js';
import { Variables } from './variables.js';

/** A piece of text in which variables have been expanded, and where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly at: Position;
}

/** A dependency: staged for the element's build, wherever the element is staged, or both. */
export interface DependencyAt {
  readonly element: string;
  readonly isBuild: boolean;
  readonly isRun: boolean;
  readonly at: Position;
  /** Where a script of BuildStream 2 has it. */
  readonly location?: string;
}

/** The lists of commands of elements that build. */
export const commandLists = [
  'configure-commands',
  'build-commands',
  'install-commands',
  'strip-commands',
] as const;

/** The name of one of these lists. */
export type CommandList = (typeof commandLists)[number];

/** What a compose element holds of what it stages. */
export interface Composition {
  readonly integrate: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly includeOrphans: boolean;
}

/** What a script element does. */
export interface Script {
  readonly commands: readonly PlacedText[];
  /** Where its dependencies are staged, by element. */
  readonly places: ReadonlyMap<string, string>;
}

/** What an element comes to for BuildStream, everything composed and expanded. */
export interface EvaluatedElement {
  readonly path: string;
  readonly kind: string;
  /** Where its file begins. */
  readonly at: Position;
  readonly dependencies: readonly DependencyAt[];
  /** The sources as they are fetched: their fields, and a place. */
  readonly sources: readonly Mapping[];
  readonly variables: Variables;
  /** Of an element that builds: its commands by list; undefined for other kinds. */
  readonly commands: ReadonlyMap<CommandList, readonly PlacedText[]> | undefined;
  readonly environment: ReadonlyMap<string, PlacedText>;
  readonly integrationCommands: readonly PlacedText[];
  readonly splitRules: ReadonlyMap<string, readonly PlacedText[]>;
  readonly composition: Composition | undefined;
  readonly script: Script | undefined;
}

/** An element that is not there, and need not be: it is taken for one without anything. */
export function nothingAt(path: string, at: Position): EvaluatedElement {
  return {
    path,
    kind: 'absent',
    at,
    dependencies: [],
    sources: [],
    variables: new Variables(emptyAt(at)),
    commands: undefined,
    environment: new Map(),
    integrationCommands: [],
    splitRules: new Map(),
    composition: undefined,
    script: undefined,
  };
}
