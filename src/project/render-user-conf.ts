import type { Dialect } from './dialects.js';
import type { Project, ProjectFile } from './model.js';
import { mapping, renderYaml } from './yaml-writer.js';

/** The file for `bst --config`: BuildStream reads where to build from a person's own configuration alone. */
const userConfFile = 'buildstream.conf';

/** What a person's configuration of BuildStream has to say; nothing for 1.6, which cannot build elsewhere. */
export function renderUserConf(
  project: Project,
  { buildsElsewhere }: Dialect,
): [path: string, file: ProjectFile][] {
  const url = project.configuration.remoteExecution;
  if (url === undefined || !buildsElsewhere) return [];
  const service = mapping({ url });
  const services = mapping({
    'execution-service': service,
    'storage-service': service,
    'action-cache-service': service,
  });
  const content = renderYaml(mapping({ 'remote-execution': services }), [
    ' Builds on other machines (Remote Execution API): bst --config buildstream.conf build ELEMENT',
    ' BuildStream takes this from a person’s own configuration, never from project.conf.',
  ]);
  return [[userConfFile, { content }]];
}
