import { folderOf } from '../../definitions/deployed-files.js';
import {
  configFolder,
  configurationOf,
  contentText,
  fileAt,
  filesBelow,
} from '../../definitions/meaning/deployments.js';
import type { Place } from '../../diagnostics/place.js';
import { Malformed } from '../../project/evaluate/malformed.js';
import type { Comparison } from '../comparison.js';
import type { Deployed } from './deployed.js';
import { partsOf } from './manifest-lines.js';
import { installsOf } from './steps.js';

/** Where a deployment has files of the definitions. */
const EXTENSIONS = '/extensions/definitions';

/** Compares the files that a deployment is given: what manifests install, and scripts of the definitions. */
export function compareDeployedFiles(deployed: Deployed, comparison: Comparison): void {
  const { deployment, element, script } = deployed;
  const { plan, project, findings } = comparison;
  const { tree } = plan.definitions;
  const folders = installsOf(script.commands);
  const staged = stagedFolders(deployed, comparison);
  const fileOf = (path: string) => {
    const [place, folder] = staged.find(([each]) => path.startsWith(`${each}/`)) ?? [];
    return place === undefined ? undefined : project.files.texts.get(folder + path.slice(place.length));
  };
  const compareFile = (path: string, content: Uint8Array | undefined, definition: Place) => {
    const found = fileOf(path);
    const wanted = content && contentText(content);
    if (found !== undefined && (wanted === undefined || found === wanted)) return;
    const message = found === undefined ? `${path} is missing` : `${path} is changed`;
    findings.different('deployment', element.path, message, { definition, project: element.at });
  };
  let installed = 0;
  for (const step of configurationOf(deployment, plan.definitions)) {
    if (step.kind === 'script')
      compareFile(`${EXTENSIONS}/${step.path}`, fileAt(tree, step.path)!.content, step.at);
    if (step.kind === 'common' && step.name === 'add-config-files') {
      for (const [path, file] of filesBelow(configFolder(deployment.variables), tree)) {
        if (file.kind === 'file') compareFile(`${EXTENSIONS}/${path}`, file.content, step.at);
      }
    }
    if (step.kind !== 'manifests') continue;
    const parts = step.paths.flatMap((path) => partsOf(path, tree));
    const names = parts.length > 0 ? (folders[installed++] ?? []) : [];
    for (const [index, { manifest, lines }] of parts.entries()) {
      const below = names[index];
      if (below === undefined) continue;
      const found = (fileOf(`${below}/manifest`) ?? '').split('\n').filter((line) => /^[^#]/.test(line));
      if (found.join('\n') !== lines.map(({ text }) => text).join('\n')) {
        const at = lines.findIndex(({ text }, number) => text !== found[number]);
        findings.different('deployment', element.path, `${below}/manifest is another one`, {
          wanted: lines[at]?.text ?? 'no more lines',
          found: found[at < 0 ? lines.length : at] ?? 'no more lines',
          definition: lines[at]?.entry.at ?? step.at,
          project: element.at,
        });
      }
      for (const { entry } of lines) {
        if (entry.kind !== 'file') continue;
        const source = fileAt(tree, `${folderOf(manifest)}${entry.path}`)!.content;
        compareFile(`${below}/files/${entry.path}`, entry.isTemplate ? undefined : source, entry.at);
        if (entry.isTemplate) findings.notCompared('what a template comes to', `${manifest} (${entry.path})`);
      }
    }
  }
}

/** The folders of the project that a deployment stages, by their places in its sandbox. */
function stagedFolders({ element, script }: Deployed, { project }: Comparison): [string, string][] {
  return element.dependencies.flatMap(({ element: path }): [string, string][] => {
    const place = script.places.get(path);
    if (place === undefined || place === '/' || !project.files.hasElement(path)) return [];
    const [source] = project.element(path).sources;
    const folder = source?.entries.get('path');
    if (!folder) return [];
    if (folder.kind !== 'scalar') throw new Malformed(folder.at, 'a path has to be a text');
    return [[place, folder.text.replace(/\/+$/, '')]];
  });
}
