import type { Chunk, Stratum, System } from '../definitions/model.js';
import type { Place } from '../diagnostics/place.js';
import type { Element, StackElement } from '../project/model.js';
import { buildSystemOf } from './build-systems.js';
import { convertChunk } from './chunk.js';
import type { Context } from './context.js';
import type { PlannedDeployment } from './deployment/plan.js';
import { type WriteType, writeTypeOf } from './deployment/write-types.js';
import { convertBuildDepends, convertStratum } from './stratum.js';
import { type ConvertedSystem, convertSystem } from './system.js';

/** The rules by which definitions become elements, one for each thing that is converted. */
export interface Rules {
  /** The name of the build system of a chunk: one of DEFAULTS, of `ownBuildSystems`, or `manual`. */
  readonly buildSystem: (chunk: Chunk, context: Context) => string;
  /** A chunk, as an entry of its stratum, becomes one element. */
  readonly chunk: (chunk: Chunk, stratum: Stratum, context: Context) => Element;
  /** A stratum becomes a stack of its own chunks. */
  readonly stratum: (stratum: Stratum, context: Context) => Element;
  /** What the chunks of a stratum are built on becomes a stack, if there is anything. */
  readonly buildDepends: (stratum: Stratum, context: Context) => StackElement | undefined;
  /** A system becomes a composition, and what belongs to it alone. */
  readonly system: (system: System, context: Context) => ConvertedSystem;
  /** How a deployment ends: what its write extension comes to; undefined for one that nobody knows, which becomes a tar. */
  readonly write: (deployment: PlannedDeployment, context: Context) => WriteType | undefined;
}

/**
 * Rules of a caller's own: each is given the rule that is in force, and returns the one that takes its place. It may
 * change what that one gives, or do without it.
 *
 * They report with `context.report` like all others, best under the code `site-rule`. What they throw is reported as
 * `failed-rule`, and the rule that was in force takes effect.
 */
export type OwnRules = {
  readonly [Name in keyof Rules]?: (inForce: Rules[Name]) => Rules[Name];
};

/** The rules that are in force unless a caller has others. */
export const standardRules: Rules = {
  buildSystem: buildSystemOf,
  chunk: convertChunk,
  stratum: convertStratum,
  buildDepends: convertBuildDepends,
  system: convertSystem,
  write: writeTypeOf,
};

/** What a rule is about, in a message. */
const subjects: Readonly<Record<keyof Rules, string>> = {
  buildSystem: 'the build system of a chunk',
  chunk: 'a chunk',
  stratum: 'a stratum',
  buildDepends: 'what a stratum is built on',
  system: 'a system',
  write: 'the write extension of a deployment',
};

/** The standard rules, with those of a caller laid over them one after the other. */
export function rulesInForce(all: readonly OwnRules[] = []): Rules {
  let rules = standardRules;
  for (const own of all) {
    const names = Object.keys(rules) as (keyof Rules)[];
    const overlaid = names.map((name) => {
      const replace = own[name] as ((inForce: AnyRule) => AnyRule) | undefined;
      const inForce = rules[name] as AnyRule;
      return [name, replace ? guarded(name, replace, inForce) : inForce];
    });
    rules = Object.fromEntries(overlaid) as Rules;
  }
  return rules;
}

type AnyRule = (...args: unknown[]) => unknown;

/** A rule that reports what it throws, in whose place the one that was in force takes effect then. */
function guarded(name: keyof Rules, replace: (inForce: AnyRule) => AnyRule, inForce: AnyRule): AnyRule {
  return (...args) => {
    try {
      return replace(inForce)(...args);
    } catch (error) {
      const [definition] = args as [{ readonly name: string; readonly at: Place }];
      const { report } = args.at(-1) as Context;
      const said = error instanceof Error ? error.message : String(error);
      report(
        'failed-rule',
        definition.at,
        `the rule for ${subjects[name]} failed on \`${definition.name}\`: ${said}`,
      );
      return inForce(...args);
    }
  };
}
