import { compareBytes } from '../byte-order.js';
import type { Cluster, ClusterSystem, Definitions, Stratum, System } from '../definitions/model.js';
import { type Diagnostic, isFailure } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/place.js';
import type { Project } from '../project/model.js';
import { isBase, strataBelow, strataOf } from '../transformer/context.js';
import { findFlawed, isFatal, type LeftOut, vital } from '../transformer/keep-going.js';
import { stratumElement, systemElement } from '../transformer/names.js';
import type { Selection } from '../transformer/selection.js';
import { dependenciesFirst } from '../transformer/walk.js';
import { version } from '../version.js';
import { elementOfChunk, elementsOf, type Origin } from './elements.js';
import { type Found, liesIn, liesInChunk, numbered } from './numbered-diagnostics.js';
import type { ConversionReport, Tally } from './report.js';
import { codesOf, copyOf, countSeverities, reported } from './reported-diagnostics.js';
import { type Verdict, verdictOf, worst } from './verdict.js';

/** A finished conversion, and everything that it has to say. */
export interface ReportInput {
  /** What the definitions are called: the name of their folder. */
  readonly name: string;
  readonly definitions: Definitions;
  readonly project: Project;
  readonly asked: Selection;
  /** What reading, converting and writing found. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Says how far a conversion goes: for each system, stratum and element a verdict, and what a person has to do in what
 * order. The same input gives the same report.
 */
export function buildReport(input: ReportInput): ConversionReport {
  const { definitions, project, asked } = input;
  const strata = inBuildOrder(asked);
  const leftOut = findFlawed(asked, input.diagnostics);
  const found = numbered(input, strata);
  const judge = judgeOf(found, leftOut);
  const elements = new Map(
    [...elementsOf(asked, project)]
      .sort(([a], [b]) => compareBytes(a, b))
      .map(([path, origin]) => [path, { origin, ...judge(origin) }] as const),
  );
  const verdictsIn = (origins: ReadonlySet<Stratum | System | Cluster>) =>
    [...elements.values()].flatMap(({ origin, verdict }) =>
      origin && origins.has(ownerOf(origin)) ? [verdict] : [],
    );
  const present = new Set(elements.keys());
  const clustersOf = (system: System) =>
    asked.clusters.filter((cluster) => cluster.systems.flatMap(deployed).includes(system));
  return {
    schema: 1,
    tool: { name: 'baserock2bst', version },
    definitions: { name: input.name, format: definitions.format ?? null },
    status: statusOf(input.diagnostics, leftOut),
    totals: {
      systems: asked.systems.length,
      strata: asked.strata.length,
      chunks: asked.strata.reduce((sum, { chunks }) => sum + chunks.length, 0),
      clusters: asked.clusters.length,
      elements: tallyOf([...elements.values()].map(({ verdict }) => verdict)),
      diagnostics: countSeverities(input.diagnostics),
    },
    codes: codesOf(input.diagnostics),
    systems: asked.systems.map((system) => {
      const needed = new Set(strataOf(system).flatMap((stratum) => [stratum, ...strataBelow(stratum)]));
      const all = verdictsIn(new Set([system, ...needed]));
      const isLeftOut = leftOut.systems.has(system);
      const parts = { system, needed, deployedBy: clustersOf(system), isLeftOut };
      const concerning = found.filter((each) => concernsSystem(each, parts));
      const isWork = ({ step }: Found) => step !== 'notes';
      return {
        path: system.path,
        name: system.name,
        place: copyOf(system.at),
        architecture: system.arch.text,
        element: systemElement(system),
        verdict: isLeftOut ? 'left-out' : worst(all),
        elements: tallyOf(all),
        strata: strataOf(system).map(({ path }) => path),
        builds: strata.filter((stratum) => needed.has(stratum)).map(({ path }) => path),
        work: concerning.filter(isWork).map(({ id }) => id),
        notes: concerning.filter((each) => !isWork(each)).map(({ id }) => id),
      };
    }),
    strata: strata.map((stratum) => {
      const all = verdictsIn(new Set([stratum]));
      return {
        path: stratum.path,
        name: stratum.name,
        place: copyOf(stratum.at),
        element: stratumElement(stratum),
        isReplaced: isBase(stratum),
        verdict: leftOut.strata.has(stratum) ? 'left-out' : worst(all),
        elements: tallyOf(all),
        buildDepends: [...new Set(stratum.buildDepends.map((reference) => reference.stratum.path))],
        chunks: stratum.chunks.map((chunk) => {
          const element = elementOfChunk(chunk, stratum, present) ?? null;
          return {
            name: chunk.name,
            place: copyOf(chunk.at),
            file: chunk.file ?? null,
            element,
            verdict: element === null ? null : elements.get(element)!.verdict,
            buildDepends: chunk.buildDepends.map(({ name }) => name),
            diagnostics: found.filter(liesInChunk(chunk, stratum)).map(({ id }) => id),
          };
        }),
        diagnostics: found.filter(({ concerns }) => concerns.strata.includes(stratum)).map(({ id }) => id),
      };
    }),
    clusters: asked.clusters.map((cluster) => ({
      path: cluster.path,
      name: cluster.name,
      place: copyOf(cluster.at),
      systems: [...new Set(cluster.systems.flatMap(deployed).map(({ path }) => path))],
      diagnostics: found.filter(({ concerns }) => concerns.clusters.includes(cluster)).map(({ id }) => id),
    })),
    elements: [...elements].map(([path, { origin, verdict, because }]) => ({
      path,
      verdict,
      from: origin ? copyOf(placeOf(origin)) : null,
      diagnostics: because,
    })),
    diagnostics: found.map((each) => reported(each, definitions.files)),
  };
}

/** Judges elements by what they came from. */
function judgeOf(found: readonly Found[], leftOut: LeftOut) {
  return (origin: Origin | undefined): { verdict: Verdict; because: number[] } => {
    if (!origin) return { verdict: 'exact', because: [] };
    const those = found.filter((each) => liesIn(each, origin));
    const owner = ownerOf(origin);
    const isLeftOut =
      (owner.kind === 'system' && leftOut.systems.has(owner)) ||
      (owner.kind === 'stratum' && leftOut.strata.has(owner));
    return {
      verdict: isLeftOut ? 'left-out' : verdictOf(those.map(({ diagnostic }) => diagnostic)),
      because: those.map(({ id }) => id),
    };
  };
}

/**
 * Whether a diagnostic has to do with a system: because it speaks of it, or because it lies in it, in what it is built
 * of, in what deploys it, or in what all of them have in common. An error in a file that could not even be taken for a
 * definition has to do with what is left out.
 */
function concernsSystem(
  { concerns: { systems, strata, chunks, clusters }, diagnostic }: Found,
  { system, needed, deployedBy, isLeftOut }: SystemParts,
): boolean {
  if (diagnostic.systems) return diagnostic.systems.includes(system.path);
  if (systems.length + strata.length + chunks.length + clusters.length === 0) {
    const { place } = diagnostic;
    return !place || vital.includes(place.file) || (isFailure(diagnostic) && isLeftOut);
  }
  return (
    systems.includes(system) ||
    strata.some((stratum) => needed.has(stratum)) ||
    chunks.some(({ stratum }) => needed.has(stratum)) ||
    clusters.some((cluster) => deployedBy.includes(cluster))
  );
}

/** A system, and all that has to do with it. */
interface SystemParts {
  readonly system: System;
  readonly needed: ReadonlySet<Stratum>;
  readonly deployedBy: readonly Cluster[];
  readonly isLeftOut: boolean;
}

function statusOf(diagnostics: readonly Diagnostic[], leftOut: LeftOut): ConversionReport['status'] {
  if (diagnostics.some(isFatal)) return 'failed';
  const isPartial = diagnostics.some(isFailure) || leftOut.strata.size + leftOut.systems.size > 0;
  return isPartial ? 'partial' : 'complete';
}

function tallyOf(given: readonly Verdict[]): Tally {
  const count = (verdict: Verdict) => given.filter((each) => each === verdict).length;
  return {
    total: given.length,
    exact: count('exact'),
    approximate: count('approximate'),
    manual: count('manual'),
    leftOut: count('left-out'),
  };
}

/** The strata that are asked for, each after what it is built on. */
function inBuildOrder(asked: Selection): Stratum[] {
  const strata = new Set(asked.strata);
  const below = ({ buildDepends }: Stratum) => buildDepends.map(({ stratum }) => stratum);
  return dependenciesFirst(asked.strata, below).filter((stratum) => strata.has(stratum));
}

function ownerOf(origin: Origin): Stratum | System | Cluster {
  if (origin.kind === 'system') return origin.system;
  return origin.kind === 'cluster' ? origin.cluster : origin.stratum;
}

function placeOf(origin: Origin): Place {
  return origin.kind === 'chunk' ? origin.chunk.at : ownerOf(origin).at;
}

function deployed({ system, subsystems }: ClusterSystem): System[] {
  return [...(system ? [system] : []), ...subsystems.flatMap(deployed)];
}
