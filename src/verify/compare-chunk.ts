import type { Chunk, Stratum } from '../definitions/model.js';
import { isRefused } from '../project/evaluate/read-project.js';
import { compareArtifacts } from './compare-artifacts.js';
import { compareStageIntegration } from './compare-base-integration.js';
import { compareCommands } from './compare-commands.js';
import { compareEnvironment } from './compare-environment.js';
import { compareChunkIntegration } from './compare-integration.js';
import { compareSources } from './compare-sources.js';
import { compareStaging } from './compare-staging.js';
import type { Comparison } from './comparison.js';
import { elementFor } from './plan.js';

/** Compares a chunk with its element, in all respects. */
export function compareChunk(chunk: Chunk, stratum: Stratum, comparison: Comparison): void {
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
  compareStageIntegration(chunk, element, comparison);
  const { isNew } = comparison;
  // Where no option changes what depends on what, everything is staged alike for all architectures.
  if (isNew('staging', chunk, comparison.isFixed ? plan : element))
    compareStaging(chunk, element, comparison);
  if (isNew('commands', chunk, element.commands)) compareCommands(chunk, element, comparison);
  const isSplit = !plan.replacements.has(stratum);
  if (isSplit && isNew('artifacts', chunk, element.splitRules)) compareArtifacts(chunk, element, comparison);
}
