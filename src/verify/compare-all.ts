import type { MeantDeployment } from '../definitions/meaning/deployments.js';
import type { Staging } from '../definitions/meaning/staging.js';
import type { Chunk, Definitions, Stratum } from '../definitions/model.js';
import type { Evaluation } from '../project/evaluate/evaluation.js';
import { isRefused, type ReadProject } from '../project/evaluate/read-project.js';
import { compareBaseIntegration } from './compare-base-integration.js';
import { compareChunk } from './compare-chunk.js';
import { compareNoIntegration, integrationOf } from './compare-integration.js';
import { compareBase, compareStratum } from './compare-staging.js';
import { compareSystem } from './compare-system.js';
import type { Comparison } from './comparison.js';
import { compareDeployment } from './deployments/compare-deployment.js';
import { planDeployments } from './deployments/plan-deployments.js';
import type { Findings } from './findings.js';
import { listOthers } from './list-others.js';
import { elementOfBuildDepends, elementOfDeployment, elementOfStratum, elementOfSystem } from './names.js';
import type { VerifyOptions } from './options.js';
import { absentReplacements, elementFor, makePlan, type Plan } from './plan.js';
import type { Aspect, Counts } from './result.js';
import { scopeOf } from './scope.js';

/**
 * Compares everything, one architecture after the other.
 *
 * @param generated the files that a conversion wrote, if the project says so.
 */
export function compareAll(
  definitions: Definitions,
  given: ReadProject,
  generated: ReadonlySet<string> | undefined,
  options: VerifyOptions,
  findings: Findings,
): Counts {
  const plan = makePlan(definitions, given.with(), generated, options, findings);
  const absent = absentReplacements(plan, given.with());
  for (const element of absent) findings.notCompared('it is a person’s own, and not in the project', element);
  const whole = given.without(absent).asked(options.answers ?? new Map());
  const { staging, chunks, byArchitecture, first } = scopeOf(plan, whole);
  const integration =
    options.integration ?? integrationOf(loadable(chunks, plan, whole.with({ arch: first })));
  const seen = new Map<Chunk, Map<Aspect, Set<object>>>();
  const deployments = planDeployments(plan, whole.files, generated, findings);
  const bound = new Set([...plan.systems.map(elementOfSystem), ...deployments.map(elementOfDeployment)]);
  const isFixed = whole.files
    .elements()
    .every((path) => bound.has(path) || !whole.files.dependsOnOptions(path));
  for (const architecture of new Set([first, ...byArchitecture.keys()])) {
    if (!whole.with().valuesOf('arch').includes(architecture)) {
      reportSystems(plan, deployments, architecture, whole, findings, staging);
      continue;
    }
    const project = whole.with({ arch: architecture });
    const comparison: Comparison = {
      plan,
      staging,
      project,
      architecture,
      integration,
      findings,
      isFixed,
      isNew: (aspect, chunk, what) => {
        const compared = seen.get(chunk) ?? new Map<Aspect, Set<object>>();
        const before = compared.get(aspect) ?? new Set();
        seen.set(chunk, compared.set(aspect, before));
        if (!before.has(what)) return before.add(what).size > 0;
        findings.same(aspect, elementFor(chunk, staging.stratumOf(chunk), plan)!);
        return false;
      },
    };
    findings.architecture = architecture;
    const built = byArchitecture.get(architecture);
    for (const { chunk, stratum } of chunks) {
      if (architecture === first || built?.has(chunk)) compareChunk(chunk, stratum, comparison);
    }
    if (architecture === first) {
      for (const stratum of plan.strata) compareStratum(stratum, comparison);
      compareBase(comparison);
      compareOthers(comparison);
    }
    compareBaseIntegration(comparison);
    for (const system of plan.systems.filter(({ arch }) => arch.text === architecture)) {
      compareSystem(system, whole, comparison);
    }
    for (const deployment of deployments.filter(({ system }) => system.arch.text === architecture)) {
      compareDeployment(deployment, whole, comparison);
    }
  }
  listOthers(plan, deployments, whole.with(), findings);
  return {
    chunks: chunks.length,
    strata: plan.strata.length,
    systems: plan.systems.length,
    deployments: deployments.length,
  };
}

/** Says of what is for an architecture that the project does not have. */
function reportSystems(
  plan: Plan,
  deployments: readonly MeantDeployment[],
  architecture: string,
  whole: ReadProject,
  findings: Findings,
  staging: Staging,
): void {
  findings.architecture = architecture;
  const comparison: Comparison = {
    plan,
    staging,
    project: whole.with(),
    architecture,
    integration: 'guarded',
    findings,
    isFixed: true,
    isNew: () => true,
  };
  for (const system of plan.systems.filter(({ arch }) => arch.text === architecture)) {
    compareSystem(system, whole, comparison);
  }
  for (const deployment of deployments.filter(({ system }) => system.arch.text === architecture)) {
    compareDeployment(deployment, whole, comparison);
  }
}

function loadable(chunks: readonly { chunk: Chunk; stratum: Stratum }[], plan: Plan, project: Evaluation) {
  return chunks.flatMap(({ chunk, stratum }) => {
    const path = elementFor(chunk, stratum, plan);
    if (path === undefined || !project.files.hasElement(path)) return [];
    return isRefused(() => project.element(path)) ? [] : [project.element(path)];
  });
}

/** Stacks bring nothing of their own. */
function compareOthers(comparison: Comparison): void {
  const { plan, project } = comparison;
  for (const stratum of plan.strata) {
    for (const path of [elementOfStratum(stratum), elementOfBuildDepends(stratum)]) {
      if (project.files.hasElement(path)) compareNoIntegration(project.element(path), comparison);
    }
  }
}
