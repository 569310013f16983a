import { type ArtifactRule, artifactRules, heldBy } from '../definitions/meaning/artifacts.js';
import { namesakes } from '../definitions/meaning/staging.js';
import type { Chunk, StratumReference, System } from '../definitions/model.js';
import type { Composition, EvaluatedElement } from '../project/evaluate/element.js';
import type { Evaluation } from '../project/evaluate/evaluation.js';
import type { ReadProject } from '../project/evaluate/read-project.js';
import { compareArchitecture } from './compare-architecture.js';
import { globsOf, kindsOf } from './compare-artifacts.js';
import { compareSystemIntegration } from './compare-integration.js';
import { withFiles } from './compare-staging.js';
import type { Comparison } from './comparison.js';
import { compareMarker } from './guard.js';
import { baseElement, baseParts, elementOfSystem, partOfSystem } from './names.js';
import { isClaimed } from './paths/kinds-of-path.js';
import { elementFor } from './plan.js';

/** Compares a system: its architecture, what it is composed of, and what runs when it is put together. */
export function compareSystem(system: System, whole: ReadProject, comparison: Comparison): void {
  const { project, findings } = comparison;
  const path = elementOfSystem(system);
  findings.look(path);
  if (!project.files.hasElement(path)) {
    findings.different('element', path, 'the element of the system is missing', { definition: system.at });
    return;
  }
  if (!compareArchitecture(system.arch, path, whole, comparison)) return;
  const element = project.element(path);
  if (!element.composition) {
    const message = `it is a ${element.kind} element, and puts no system together`;
    findings.different('element', path, message, { definition: system.at, project: element.at });
    return;
  }
  compareContents(system, element, element.composition, comparison);
  compareSystemIntegration(system, element, comparison);
}

function compareContents(
  system: System,
  element: EvaluatedElement,
  composition: Composition,
  comparison: Comparison,
): void {
  const { plan, project, staging, findings } = comparison;
  const { defaults } = plan.definitions;
  const held = heldBy(system, defaults);
  const staged = withFiles(project.graph.stagedFor(element.path), project);
  const left = new Set(staged);
  const wholly = partsOfBase(system, element, comparison);
  const chunks = new Map<string, Chunk>();
  for (const chunk of held.keys()) {
    const path = elementFor(chunk, staging.stratumOf(chunk), plan);
    // What stands in for a stratum is held whole.
    if (path !== undefined && !plan.replacements.has(staging.stratumOf(chunk))) chunks.set(path, chunk);
  }
  for (const [path, chunk] of chunks) {
    left.delete(path);
    const what = held.get(chunk)!;
    const rules = artifactRules(chunk, defaults);
    const isWanted = (rule: ArtifactRule | undefined) =>
      what === 'everything' || (rule !== undefined && what.has(rule.artifact));
    if (!staged.has(path)) {
      if (what !== 'everything' && what.size === 0) continue;
      findings.different('contents', element.path, `${path} is missing from the system`, {
        definition: placeIn(system, chunk),
        project: element.dependencies[0]?.at ?? element.at,
      });
      continue;
    }
    compareHeld(path, isWanted, rules, { system, element, composition, chunk }, comparison);
  }
  for (const path of wholly) {
    left.delete(path);
    if (!staged.has(path)) {
      findings.different('contents', element.path, `${path} is missing from the system`, {
        definition: system.at,
        project: element.dependencies[0]?.at ?? element.at,
      });
    } else if (project.element(path).kind !== 'absent') {
      compareHeld(path, () => true, [], { system, element, composition }, comparison);
    }
  }
  for (const path of left) {
    if (path === partOfSystem(system, 'manifest')) {
      findings.deliberate('manifest', 'the system holds a manifest of its contents', element.path);
      continue;
    }
    compareNotHeld(path, { system, element, composition }, comparison);
  }
  compareMarker(system, element, staged, comparison);
  for (const [name, those] of namesakes(
    [...held].flatMap(([chunk, what]) => (isNothing(what) ? [] : [chunk])),
  )) {
    const elements = those.map((chunk) => elementFor(chunk, staging.stratumOf(chunk), plan)).join(', ');
    findings.deliberate(
      'same-name-chunks',
      `several chunks are named ${name} (${elements}), and the system holds all`,
      element.path,
    );
  }
}

function isNothing(what: 'everything' | ReadonlySet<string>): boolean {
  return what !== 'everything' && what.size === 0;
}

interface Within {
  readonly system: System;
  readonly element: EvaluatedElement;
  readonly composition: Composition;
  readonly chunk?: Chunk;
}

function compareHeld(
  path: string,
  isWanted: (rule: ArtifactRule | undefined) => boolean,
  rules: readonly ArtifactRule[],
  { system, element, composition, chunk }: Within,
  { project, findings }: Comparison,
): void {
  const { kinds, notUnderstood } = kindsOf(rules, project.element(path), chunk);
  if (notUnderstood.length > 0) return;
  for (const { rule, domains, isNear, example } of kinds) {
    const wanted = isWanted(rules[rule]);
    if (isComposed(composition, domains, project.element(path)) === wanted) continue;
    if (isNear) {
      const message = `no globs are just what is to be held of ${path}: ${example} is ${wanted ? 'left out' : 'held'}`;
      findings.deliberate('approximate-split-rule', message, element.path);
      continue;
    }
    const artifact = rules[rule] ? `, which is part of ${rules[rule].artifact}` : '';
    const message = wanted
      ? `${example} of ${path}${artifact}, is left out of the system`
      : `${example} of ${path}${artifact}, is in the system, and should not be`;
    const by = element.dependencies.find(({ element: name }) => project.graph.running(name).has(path));
    findings.different('contents', element.path, message, {
      definition: chunk ? placeIn(system, chunk) : system.at,
      project: by?.at ?? element.at,
    });
    return;
  }
}

/** Compares what no definition stands for: the system holds none of its files, as far as they are known. */
function compareNotHeld(path: string, within: Within, comparison: Comparison): void {
  const { system, element, composition } = within;
  const { project, findings } = comparison;
  const files = filesOf(path, project);
  if (!files) {
    compareHeld(path, () => false, [], within, comparison);
    return;
  }
  const domains = [...globsOf(project.element(path).splitRules)];
  const held = files.find((file) => {
    const claims = new Set(domains.flatMap(([domain, globs]) => (isClaimed(file, globs) ? [domain] : [])));
    return isComposed(composition, claims, project.element(path));
  });
  if (held === undefined) return;
  const by = element.dependencies.find(({ element: name }) => project.graph.running(name).has(path));
  findings.different('contents', element.path, `${held} of ${path} is in the system, and should not be`, {
    definition: system.at,
    project: by?.at ?? element.at,
  });
}

/** The files of an element that imports files of the project, and the folders of these; undefined for other elements. */
function filesOf(path: string, project: Evaluation): string[] | undefined {
  const { kind, sources } = project.element(path);
  if (kind !== 'import') return undefined;
  const found = new Set<string>();
  for (const { entries } of sources) {
    const [sort, folder] = [entries.get('kind'), entries.get('path')];
    if (sort?.kind !== 'scalar' || sort.text !== 'local' || folder?.kind !== 'scalar') return undefined;
    const prefix = `${folder.text.replace(/\/*$/, '')}/`;
    for (const file of project.files.texts.keys()) {
      if (!file.startsWith(prefix)) continue;
      const names = file.slice(prefix.length).split('/');
      for (const index of names.keys()) found.add(names.slice(0, index + 1).join('/'));
    }
  }
  return [...found];
}

/** Whether a composition holds what some domains claim (BuildStream: `Element.__split_filter`, in both versions). */
function isComposed(
  composition: Composition,
  claims: ReadonlySet<string>,
  { splitRules }: EvaluatedElement,
): boolean {
  const { include, exclude, includeOrphans } = composition;
  if (exclude.some((domain) => claims.has(domain))) return false;
  if (claims.size === 0) return includeOrphans;
  const included = include.length > 0 ? include : [...splitRules.keys()];
  return included.some((domain) => claims.has(domain));
}

/** The elements that a system holds whole, because they stand in for strata. */
function partsOfBase(
  system: System,
  element: EvaluatedElement,
  { plan, project, findings }: Comparison,
): Set<string> {
  const found = new Set<string>();
  for (const reference of system.strata) {
    const replacement = plan.replacements.get(reference.stratum);
    if (replacement === undefined) continue;
    const part = replacement === baseElement ? partFor(reference, project, plan.isBootstrap) : undefined;
    if (reference.artifacts) {
      findings.deliberate(
        'base-part',
        `${part ?? replacement} stands in for selected artifacts of ${reference.stratum.path}`,
        element.path,
      );
    } else {
      findings.deliberate(
        'base-replaced',
        `${replacement} stands in for ${reference.stratum.path}`,
        element.path,
      );
    }
    for (const path of withFiles(project.graph.running(part ?? replacement), project)) found.add(path);
  }
  return found;
}

function partFor(
  { stratum, artifacts }: StratumReference,
  project: Evaluation,
  isBootstrap: boolean,
): string | undefined {
  if (!artifacts || isBootstrap) return undefined;
  const known = ['-minimal', '-runtime', '-devel', '-doc', '-misc'];
  const names = artifacts
    .map(({ text }) => text.replace(stratum.name, ''))
    .filter((name) => known.includes(name));
  if (names.length === 0) return undefined;
  const part = baseParts.find(([, covered]) => names.every((name) => covered.includes(name)))?.[0];
  return part !== undefined && project.files.hasElement(part) ? part : undefined;
}

function placeIn(system: System, chunk: Chunk) {
  return system.strata.find(({ stratum }) => stratum.path === chunk.stratum)?.at ?? system.at;
}
