import { Staging } from '../definitions/meaning/staging.js';
import type { Chunk, Definitions, Stratum } from '../definitions/model.js';
import { type Diagnostic, isFailure } from '../diagnostics/diagnostic.js';
import type { Evaluation } from '../project/evaluate/evaluation.js';
import {
  attempt,
  isRefused,
  type ReadProject,
  readProject,
  type Texts,
} from '../project/evaluate/read-project.js';
import { compareArtifacts } from './compare-artifacts.js';
import { compareCommands } from './compare-commands.js';
import { compareEnvironment } from './compare-environment.js';
import {
  compareBaseIntegration,
  compareChunkIntegration,
  compareNoIntegration,
  integrationOf,
} from './compare-integration.js';
import { compareSources } from './compare-sources.js';
import { compareBase, compareStaging, compareStratum } from './compare-staging.js';
import { compareSystem } from './compare-system.js';
import type { Comparison } from './comparison.js';
import { Findings } from './findings.js';
import {
  elementOfBuildDepends,
  elementOfStratum,
  elementOfSystem,
  markerElement,
  partOfSystem,
} from './names.js';
import type { VerifyOptions } from './options.js';
import { absentReplacements, elementFor, makePlan, type Plan } from './plan.js';
import type { Aspect, Verification } from './result.js';

const MANIFEST = '.baserock2bst/manifest.json';

/**
 * Compares a BuildStream project with definitions: whether what BuildStream would stage, run, fetch and compose is what
 * the definitions mean. The project is read as it is, whoever wrote it; nothing of the conversion is used.
 *
 * @param texts the files of the project by path; its manifest, if it is among them, tells what it was converted for.
 * @returns differences, each with both places; those that are meant apart. Errors in either of the two are diagnostics.
 */
export function verifyProject(
  definitions: Definitions,
  texts: Texts,
  options: VerifyOptions = {},
): Verification {
  const failures = options.keepGoing ? [] : definitions.diagnostics.filter(isFailure);
  if (failures.length > 0) return failed(failures);
  const findings = new Findings();
  const read = readProject(texts);
  if (!read.value) return failed(read.diagnostics);
  const compared = attempt(() => compare(definitions, read.value!, generatedFiles(texts), options, findings));
  if (!compared.value) return failed(compared.diagnostics);
  const differences = findings.differences();
  return {
    status: differences.length > 0 ? 'different' : 'equal',
    differences,
    deliberate: findings.allDeliberate(),
    notCompared: findings.allNotCompared(),
    counts: compared.value,
    diagnostics: [],
  };
}

function failed(diagnostics: readonly Diagnostic[]): Verification {
  const counts = { chunks: 0, strata: 0, systems: 0 };
  return { status: 'failed', differences: [], deliberate: [], notCompared: [], counts, diagnostics };
}

/** The files that a conversion wrote, if the project says so. */
function generatedFiles(texts: Texts): Set<string> | undefined {
  try {
    const { files } = JSON.parse(texts.get(MANIFEST) ?? '') as { files: Record<string, unknown> };
    return new Set(Object.keys(files));
  } catch {
    return undefined;
  }
}

function compare(
  definitions: Definitions,
  given: ReadProject,
  generated: ReadonlySet<string> | undefined,
  options: VerifyOptions,
  findings: Findings,
): Verification['counts'] {
  const plan = makePlan(definitions, given.with(), generated, options, findings);
  const absent = absentReplacements(plan, given.with());
  for (const element of absent) findings.notCompared('it is a person’s own, and not in the project', element);
  const whole = given.without(absent).asked(options.answers ?? new Map());
  const { staging, chunks, byArchitecture, first } = scopeOf(plan, whole);
  const integration =
    options.integration ?? integrationOf(loadable(chunks, plan, whole.with({ arch: first })));
  const seen = new Map<Chunk, Map<Aspect, Set<object>>>();
  const systemElements = new Set(plan.systems.map(elementOfSystem));
  const isFixed = whole.files
    .elements()
    .every((path) => systemElements.has(path) || !whole.files.dependsOnOptions(path));
  for (const architecture of new Set([first, ...byArchitecture.keys()])) {
    if (!whole.with().valuesOf('arch').includes(architecture)) {
      reportSystems(plan, architecture, whole, findings, staging);
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
  }
  listOthers(plan, whole.with(), findings);
  return { chunks: chunks.length, strata: plan.strata.length, systems: plan.systems.length };
}

/** What is compared: the chunks, all of them for one architecture, and for others what their systems are made of. */
interface Scope {
  readonly staging: Staging;
  readonly chunks: readonly { readonly chunk: Chunk; readonly stratum: Stratum }[];
  readonly byArchitecture: ReadonlyMap<string, ReadonlySet<Chunk>>;
  readonly first: string;
}

function scopeOf(plan: Plan, whole: ReadProject): Scope {
  const staging = new Staging(plan.definitions.strata, (stratum) => plan.replacements.has(stratum));
  const chunks = plan.strata.flatMap((stratum) => stratum.chunks.map((chunk) => ({ chunk, stratum })));
  if (plan.isBootstrap) {
    for (const stratum of plan.base) chunks.push(...stratum.chunks.map((chunk) => ({ chunk, stratum })));
  }
  const byArchitecture = new Map<string, Set<Chunk>>();
  for (const system of plan.systems) {
    const found = byArchitecture.get(system.arch.text) ?? new Set();
    byArchitecture.set(system.arch.text, found);
    for (const stratum of system.strata.map((reference) => reference.stratum)) {
      for (const chunk of stratum.chunks) {
        found.add(chunk);
        for (const each of staging.of(chunk).chunks) found.add(each);
      }
    }
  }
  const values = whole.with().valuesOf('arch');
  const [first = DEFAULT] = [...byArchitecture.keys()].filter((arch) => values.includes(arch));
  return { staging, chunks, byArchitecture, first };
}

/**
 * The elements of which BuildStream itself can be asked before they are compared, by architecture.
 *
 * @returns none if the project or the definitions cannot be understood; comparing them says why.
 */
export function elementsToAsk(
  definitions: Definitions,
  texts: Texts,
  options: VerifyOptions = {},
): ReadonlyMap<string, readonly string[]> {
  const { value } = attempt(() => {
    const read = readProject(texts).value;
    if (!read) return undefined;
    const plan = makePlan(definitions, read.with(), generatedFiles(texts), options, new Findings());
    const { chunks, byArchitecture, first } = scopeOf(plan, read);
    const values = read.with().valuesOf('arch');
    const asked = [...new Set([first, ...byArchitecture.keys()])].filter((arch) => values.includes(arch));
    return new Map(
      asked.map((arch) => [
        arch,
        chunks
          .filter(({ chunk }) => arch === first || byArchitecture.get(arch)?.has(chunk))
          .flatMap(({ chunk, stratum }) => elementFor(chunk, stratum, plan) ?? [])
          .filter((path) => read.files.hasElement(path)),
      ]),
    );
  });
  return value ?? new Map();
}

/** The architecture that is looked at where there is no system. */
const DEFAULT = 'x86_64';

function reportSystems(
  plan: Plan,
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
}

function loadable(chunks: readonly { chunk: Chunk; stratum: Stratum }[], plan: Plan, project: Evaluation) {
  return chunks.flatMap(({ chunk, stratum }) => {
    const path = elementFor(chunk, stratum, plan);
    if (path === undefined || !project.files.hasElement(path)) return [];
    return isRefused(() => project.element(path)) ? [] : [project.element(path)];
  });
}

function compareChunk(chunk: Chunk, stratum: Stratum, comparison: Comparison): void {
  const { plan, project, findings } = comparison;
  const path = elementFor(chunk, stratum, plan)!;
  findings.look(path);
  if (!project.files.hasElement(path)) {
    findings.different('element', path, 'the element of the chunk is missing', { definition: chunk.at });
    return;
  }
  if (isRefused(() => project.element(path))) {
    findings.different('architecture', path, 'it does not load', { definition: chunk.at });
    return;
  }
  const element = project.element(path);
  if (!element.commands) {
    const message = `it is a ${element.kind} element, and builds nothing`;
    findings.different('element', path, message, { definition: chunk.at, project: element.at });
    return;
  }
  compareEnvironment(chunk, element, comparison);
  compareSources(chunk, element, comparison);
  compareChunkIntegration(chunk, element, comparison);
  const { isNew } = comparison;
  // Where no option changes what depends on what, everything is staged alike for all architectures.
  if (isNew('staging', chunk, comparison.isFixed ? plan : element))
    compareStaging(chunk, element, comparison);
  if (isNew('commands', chunk, element.commands)) compareCommands(chunk, element, comparison);
  const isSplit = !plan.replacements.has(stratum);
  if (isSplit && isNew('artifacts', chunk, element.splitRules)) compareArtifacts(chunk, element, comparison);
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

/** What is in the project and stands for no definition that was compared. */
function listOthers(plan: Plan, project: Evaluation, findings: Findings): void {
  const known = new Set<string>([markerElement]);
  for (const stratum of plan.strata) {
    known.add(elementOfStratum(stratum)).add(elementOfBuildDepends(stratum));
    for (const chunk of stratum.chunks) known.add(elementFor(chunk, stratum, plan)!);
  }
  for (const system of plan.systems) {
    known.add(elementOfSystem(system));
    for (const part of ['integration', 'manifest']) known.add(partOfSystem(system, part));
  }
  for (const path of project.files.elements()) {
    if (known.has(path) || /^base(\/|\.bst$)/.test(path)) continue;
    const isDeployment = path.startsWith('clusters/');
    findings.notCompared(isDeployment ? 'deployments are not compared' : 'no definition stands for it', path);
  }
  for (const cluster of plan.definitions.clusters) {
    findings.notCompared('deployments are not compared', `${cluster.path}.morph`);
  }
}
