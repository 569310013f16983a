import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../diagnostics/diagnostic.js';
import { dialects } from '../dialects.js';
import type { ProjectFile } from '../model.js';
import { attempt } from './failure.js';

const CONFIGURATION = 'project.conf';

/** Reports a project that is there for one version of BuildStream and would become one for another. */
export function reportOtherVersion(
  root: string,
  files: ReadonlyMap<string, ProjectFile>,
  report: Report,
): void {
  let present = '';
  attempt(() => {
    present = readFileSync(join(root, CONFIGURATION), 'utf8');
  });
  const [before, now] = [versionOf(present), versionOf(String(files.get(CONFIGURATION)?.content))];
  if (before === undefined || now === undefined || before === now) return;
  const message = `the project was for BuildStream ${before}, and is for BuildStream ${now} now`;
  const hint = `if it is to stay as it was, say \`--buildstream ${before}\` each time, or in a configuration`;
  report('other-version', undefined, message, hint);
}

/** The version that a project.conf is written for, by the key that says what it needs. */
function versionOf(configuration: string): number | undefined {
  const lines = configuration.split('\n');
  return Object.values(dialects).find(({ required: [key] }) =>
    lines.some((line) => line.startsWith(`${key}:`)),
  )?.version;
}
