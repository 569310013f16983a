import { integratedChunks, type Script, scriptsOf } from '../definitions/meaning/integration.js';
import type { Chunk, Command, System } from '../definitions/model.js';
import type { EvaluatedElement } from '../project/evaluate/element.js';
import { firstDifference } from './compare-commands.js';
import type { Comparison } from './comparison.js';
import { isGuarded, unguarded } from './guard.js';
import { elementFor } from './plan.js';

/** Where the integration commands of a project are: what most of those elements show that have some. */
export function integrationOf(elements: Iterable<EvaluatedElement>): Comparison['integration'] {
  let guarded = 0;
  let plain = 0;
  for (const { integrationCommands } of elements) {
    for (const { text } of integrationCommands) {
      if (isGuarded(text)) guarded += 1;
      else plain += 1;
    }
  }
  if (guarded + plain === 0) return 'system';
  return guarded > 0 ? 'guarded' : 'everywhere';
}

/** Compares the integration commands that a chunk's element carries, and their order. */
export function compareChunkIntegration(
  chunk: Chunk,
  element: EvaluatedElement,
  comparison: Comparison,
): void {
  const { integration } = comparison;
  const scripts = integration === 'system' ? [] : scriptsOf([chunk]);
  compareList(
    scripts.flatMap(({ commands }) => commands),
    element,
    chunk.at,
    comparison,
  );
  if (integration === 'everywhere' && element.integrationCommands.length > 0) {
    comparison.findings.deliberate('integration', 'integration commands run in builds too', element.path);
  }
}

/** Elements that are no chunks carry none, but for the base and what belongs to a system. */
export function compareNoIntegration(element: EvaluatedElement, comparison: Comparison): void {
  compareList([], element, undefined, { ...comparison, integration: 'everywhere' });
}

function compareList(
  wanted: readonly Command[],
  element: EvaluatedElement,
  definition: Chunk['at'] | undefined,
  { findings, project, integration }: Comparison,
): void {
  const hasGuards = integration === 'guarded';
  const found = element.integrationCommands;
  if (hasGuards) {
    for (const { text, at } of found) {
      if (isGuarded(text)) continue;
      findings.different('integration', element.path, 'a command is not guarded, and so runs in builds', {
        found: text,
        definition,
        project: at,
      });
    }
  }
  const bare = hasGuards ? found.map(unguarded) : found;
  const difference = firstDifference(wanted, bare, project.files.dialect.trimsTexts);
  if (!difference) return;
  const { message, ...evidence } = difference;
  findings.different('integration', element.path, `integration-commands: ${message}`, {
    ...evidence,
    definition: evidence.definition ?? definition,
    project: evidence.project ?? element.at,
  });
}

/** Compares what runs when a system is put together, beyond what the elements of its chunks carry, and the order. */
export function compareSystemIntegration(
  system: System,
  element: EvaluatedElement,
  comparison: Comparison,
): void {
  const { plan, project, findings, staging, integration } = comparison;
  const staged = project.graph.stagingOrder(element.path);
  const position = new Map(staged.map((path, index) => [path, index]));
  const base = baseElements(comparison);
  const scripts = scriptsOf(integratedChunks(system));
  const elementOf = (chunk: Chunk) => elementFor(chunk, staging.stratumOf(chunk), plan);
  const isCarried = ({ chunk }: Script) => {
    const path = elementOf(chunk);
    return integration !== 'system' && path !== undefined && position.has(path);
  };
  const isLost = ({ chunk }: Script) => elementOf(chunk) === undefined && integration !== 'system';
  for (const { key } of scripts.filter(isLost)) {
    findings.deliberate(
      'base-integration',
      `${key} belongs to what the base stands in for, and is not run`,
      element.path,
    );
  }
  const wanted = scripts.filter((script) => !isCarried(script) && !isLost(script));
  const chunkElements = new Set(scripts.map(({ chunk }) => elementOf(chunk)));
  const own = staged.filter((path) => !chunkElements.has(path) && !base.has(path));
  const found = own.flatMap((path) => project.element(path).integrationCommands);
  const isTrimmed = project.files.dialect.trimsTexts;
  const difference = firstDifference(
    wanted.flatMap(({ commands }) => commands),
    found,
    isTrimmed,
  );
  if (difference) {
    const { message, ...evidence } = difference;
    findings.different('integration', element.path, `what runs in the system: ${message}`, {
      ...evidence,
      definition: evidence.definition ?? system.at,
      project: evidence.project ?? element.at,
    });
  }
  if ((scripts.length > 0 || base.size > 0) && !element.composition!.integrate) {
    findings.different('integration', element.path, 'integration commands are not run in the system', {
      definition: system.at,
      project: element.at,
    });
  }
  reportOrder(
    scripts.filter(isCarried),
    (chunk) => position.get(elementOf(chunk)!)!,
    element.path,
    comparison,
  );
}

function baseElements({ plan, project }: Comparison): Set<string> {
  const found = new Set<string>();
  for (const element of plan.replacements.values()) {
    for (const path of project.graph.running(element)) found.add(path);
  }
  for (const part of ['base/minimal.bst', 'base/runtime.bst']) {
    if (project.files.hasElement(part)) found.add(part);
  }
  return found;
}

/** BuildStream runs the commands of one element after those of another, Baserock all by name. */
function reportOrder(
  scripts: readonly Script[],
  position: (chunk: Chunk) => number,
  path: string,
  { findings }: Comparison,
): void {
  const numbered = scripts.map((script) => ({
    ...script,
    number: /^\d+/.exec(script.key)?.[0],
    position: position(script.chunk),
  }));
  numbered.forEach((later, index) => {
    for (const earlier of numbered.slice(0, index)) {
      if (earlier.position <= later.position || earlier.number === later.number) continue;
      findings.deliberate('integration-order', `${later.key} runs before ${earlier.key}`, path);
    }
  });
}
