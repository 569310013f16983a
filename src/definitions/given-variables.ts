import { collector, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { GivenVariables } from './deployed-files.js';
import { isMapping } from './is-mapping.js';
import { YamlDocument } from './yaml-document.js';

/** Variables of deployments, and what kept some from being understood. */
export interface ReadVariables {
  readonly deployments: GivenVariables;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads variables that are given to deployments, over those of their clusters.
 *
 * @param settings `DEPLOYMENT.KEY=VALUE`, as `morph deploy` takes them. Names of deployments may have dots in them. Each
 *   value is text, and counts more than those of the file.
 * @param file a mapping of deployments to mappings of variables, in YAML 1.1.
 */
export function readGivenVariables(
  settings: readonly string[],
  file?: { readonly path: string; readonly text: string },
): ReadVariables {
  const { diagnostics, report } = collector();
  const refuse = (message: string, hint: string) => report('bad-option', undefined, message, hint);
  const deployments = new Map<string, Record<string, unknown>>();
  const give = (name: string, variables: Record<string, unknown>) =>
    deployments.set(name, { ...deployments.get(name), ...variables });
  if (file) {
    const { value, faults, isBroken } = new YamlDocument(file.path, file.text);
    const [fault] = faults;
    if (fault && isBroken)
      refuse(`${file.path}, line ${fault.place.line}: ${fault.message}`, 'correct the YAML');
    else if (!isMapping(value) || !Object.values(value).every(isMapping)) {
      refuse(`${file.path} gives no variables`, 'write a mapping of deployments to mappings of variables');
    } else
      for (const [name, variables] of Object.entries(value)) give(name, variables as Record<string, unknown>);
  }
  for (const setting of settings) {
    const [, name, key, value] = /^([^=]+)\.([^.=]+)=(.*)$/s.exec(setting) ?? [];
    if (name === undefined || key === undefined) {
      refuse(`\`${setting}\` sets no variable`, 'write DEPLOYMENT.KEY=VALUE');
    } else give(name, { [key]: value });
  }
  return { deployments: Object.fromEntries(deployments), diagnostics };
}
