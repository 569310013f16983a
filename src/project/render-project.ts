import { compareBytes } from '../byte-order.js';
import { buildSystemForms } from './build-systems.js';
import { type BuildStreamVersion, dialects } from './dialects.js';
import type { Project, ProjectFile } from './model.js';
import { renderElement, wholeInclude } from './render-element.js';
import { renderBuildSystem, renderProjectConf, renderWhole } from './render-project-conf.js';
import { renderUserConf } from './render-user-conf.js';
import { renderSysroot, sysrootsOf } from './sysroot.js';

/**
 * Renders a project for one version of BuildStream.
 *
 * @returns every file of the project by its path, with forward slashes, in the order of the paths' bytes. The same
 *   project gives the same bytes.
 */
export function renderProject(project: Project, version: BuildStreamVersion = 2): Map<string, ProjectFile> {
  const dialect = dialects[version];
  const forms = buildSystemForms(project, dialect);
  const files: [string, ProjectFile][] = [...project.files];
  files.push(['project.conf', renderProjectConf(project, dialect, forms)]);
  files.push([wholeInclude, { content: renderWhole(project) }]);
  files.push(...renderUserConf(project, dialect));
  for (const [name, source] of sysrootsOf(project)) files.push(...renderSysroot(name, source));
  for (const system of project.buildSystems) {
    const path = forms.get(system.name)?.include;
    if (path !== undefined) files.push([path, renderBuildSystem(system)]);
  }
  for (const element of project.elements) {
    files.push([`elements/${element.path}`, renderElement(element, dialect, forms)]);
  }
  return new Map(files.sort(([a], [b]) => compareBytes(a, b)));
}
