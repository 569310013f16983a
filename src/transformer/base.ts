import type { Stratum } from '../definitions/model.js';
import type { ProjectFile } from '../project/model.js';
import { readTemplates } from '../templates/read-templates.js';
import { type Context, isBase } from './context.js';

/** The files of the hand-made base, which stands in for the stratum that bootstraps the toolchain. */
export function baseFiles(
  strata: readonly Stratum[],
  { options, report }: Context,
): Map<string, ProjectFile> {
  for (const stratum of strata.filter(isBase)) {
    const message = `\`${stratum.name}\` (${stratum.chunks.length} chunks) is replaced by base.bst`;
    report('base-replaced', stratum.at, message);
    if (options.integration === 'system') continue;
    for (const { name, systemIntegration } of stratum.chunks) {
      for (const { script, commands } of systemIntegration) {
        const count = `${commands.length} ${commands.length === 1 ? 'command' : 'commands'}`;
        report('base-integration', script.at, `\`${script.text}\` of \`${name}\` (${count}) is not run`);
      }
    }
  }
  return readTemplates('base');
}
