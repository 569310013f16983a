import { namesakes } from '../definitions/meaning/staging.js';
import type { Chunk, Stratum } from '../definitions/model.js';
import type { EvaluatedElement } from '../project/evaluate/element.js';
import type { Evaluation } from '../project/evaluate/evaluation.js';
import type { Comparison } from './comparison.js';
import {
  baseElement,
  baseParts,
  elementBeside,
  elementOfChunk,
  elementOfStratum,
  sysrootElement,
} from './names.js';
import { elementFor } from './plan.js';

/** The elements among some that bring files of their own, and not just those of others. */
export function withFiles(elements: Iterable<string>, project: Evaluation): Set<string> {
  const found = new Set<string>();
  for (const path of elements) if (project.hasFiles(path)) found.add(path);
  return found;
}

/** Compares what is in the sandbox while a chunk is built. */
export function compareStaging(chunk: Chunk, element: EvaluatedElement, comparison: Comparison): void {
  const { plan, staging, project, findings } = comparison;
  const { chunks, replaced } = staging.of(chunk);
  const wanted = new Map<string, Chunk | Stratum>();
  for (const each of chunks) {
    const stratum = staging.stratumOf(each);
    const path = elementFor(each, stratum, plan);
    if (path !== undefined) wanted.set(path, each);
  }
  for (const stratum of replaced) {
    for (const path of withFiles(project.graph.running(plan.replacements.get(stratum)!), project)) {
      if (!wanted.has(path)) wanted.set(path, stratum);
    }
  }
  if (chunk.bootstrap && plan.isBootstrap) {
    for (const path of project.graph.running(sysrootElement)) wanted.set(path, staging.stratumOf(chunk));
  }
  const beside = new Map([...chunks].map((each) => [elementBeside(each), each]));
  const found = new Set<string>();
  for (const path of withFiles(project.graph.stagedFor(element.path), project)) {
    const copied = plan.isBootstrap && chunk.bootstrap ? beside.get(path) : undefined;
    const original = copied && elementFor(copied, staging.stratumOf(copied), plan);
    if (original !== undefined && isCopy(path, original, project)) {
      findings.deliberate(
        'bootstrap',
        `${path} is staged: ${original} without what displaces the sysroot`,
        element.path,
      );
      found.add(original);
    } else found.add(path);
  }
  for (const [path, what] of wanted) {
    if (found.has(path)) continue;
    findings.different('staging', element.path, `${path} is not staged for its build`, {
      definition: what.at,
      project: element.dependencies[0]?.at ?? element.at,
    });
  }
  for (const path of found) {
    if (wanted.has(path)) continue;
    const by = element.dependencies.find(
      ({ element: name, isBuild }) => isBuild && project.graph.running(name).has(path),
    );
    findings.different('staging', element.path, `${path} is staged for its build, and should not be`, {
      definition: chunk.at,
      project: by?.at ?? element.at,
    });
  }
  for (const [name, those] of namesakes(chunks)) {
    const elements = those.map((each) => elementFor(each, staging.stratumOf(each), plan)).join(', ');
    findings.deliberate(
      'same-name-chunks',
      `several chunks are named ${name} (${elements}), and all are staged`,
      element.path,
    );
  }
}

/** Where the sysroot has its loader, its libraries and its configuration. */
const DISPLACED = ['/etc', '/etc/**', '/lib', '/lib/**', '/lib64', '/lib64/**'];

/** A composition of one element and nothing else, without what would displace files of the sysroot. */
function isCopy(path: string, original: string, project: Evaluation): boolean {
  const { kind, dependencies, composition } = project.element(path);
  const isOfOne = dependencies.length === 1 && dependencies[0]!.element === original;
  if (kind !== 'compose' || !isOfOne) return false;
  const { include, exclude, includeOrphans } = composition!;
  const { splitRules } = project.element(original);
  const left = exclude.flatMap((domain) => (splitRules.get(domain) ?? []).map((glob) => glob.text.trim()));
  const isWhole = includeOrphans && include.length === 0;
  return isWhole && [...new Set(left)].sort().join(' ') === DISPLACED.join(' ');
}

/** Compares what a stratum's element stands for: its chunks. */
export function compareStratum(stratum: Stratum, { project, findings }: Comparison): void {
  const path = elementOfStratum(stratum);
  findings.look(path);
  if (!project.files.hasElement(path)) {
    findings.different('element', path, 'the element of the stratum is missing', { definition: stratum.at });
    return;
  }
  const wanted = new Map(stratum.chunks.map((chunk) => [elementOfChunk(chunk), chunk]));
  const found = withFiles(project.graph.running(path), project);
  const at = project.element(path).dependencies[0]?.at ?? project.element(path).at;
  for (const [name, chunk] of wanted) {
    if (found.has(name)) continue;
    findings.different('contents', path, `${name} is missing from the stratum`, {
      definition: chunk.at,
      project: at,
    });
  }
  for (const name of found) {
    if (wanted.has(name)) continue;
    const by = project
      .element(path)
      .dependencies.find(({ element }) => project.graph.running(element).has(name));
    findings.different('contents', path, `the stratum holds ${name}, and should not`, {
      definition: stratum.at,
      project: by?.at ?? at,
    });
  }
}

/** Compares what stands in for the stratum that bootstraps the toolchain with what it has to be. */
export function compareBase({ plan, project, findings }: Comparison): void {
  const bases = plan.base.filter((stratum) => plan.replacements.get(stratum) === baseElement);
  if (bases.length === 0) return;
  findings.look(baseElement);
  if (!project.files.hasElement(baseElement)) {
    findings.notCompared('it is a person’s own, and not in the project', baseElement);
    return;
  }
  const { at } = project.element(baseElement);
  const found = withFiles(project.graph.running(baseElement), project);
  const isSysroot = project.files.hasElement(sysrootElement);
  const wanted = plan.isBootstrap
    ? bases.flatMap((stratum) =>
        stratum.chunks
          .filter(({ bootstrap }) => !bootstrap)
          .map((chunk) => elementFor(chunk, stratum, plan)!),
      )
    : isSysroot
      ? [sysrootElement]
      : [];
  for (const path of wanted) {
    if (found.has(path)) continue;
    findings.different('contents', baseElement, `${path} is missing from the base`, {
      definition: bases[0]!.at,
      project: at,
    });
  }
  for (const path of found) {
    if (wanted.length === 0 || wanted.includes(path)) continue;
    findings.different('contents', baseElement, `the base holds ${path}, and should not`, {
      definition: bases[0]!.at,
      project: at,
    });
  }
  if (!isSysroot || plan.isBootstrap) return;
  // The parts of the base are made of the sysroot, and of nothing else.
  for (const [part] of baseParts.filter(([path]) => project.files.hasElement(path))) {
    const staged = withFiles(project.graph.stagedFor(part), project);
    if (staged.size === 1 && staged.has(sysrootElement)) continue;
    findings.different('contents', part, `this part of the base is not made of ${sysrootElement} alone`, {
      found: [...staged].join(', ') || 'nothing',
      definition: bases[0]!.at,
      project: project.element(part).at,
    });
  }
}
