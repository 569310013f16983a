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
import { partOfDeployment } from '../names.js';
import type { Deployed } from './deployed.js';
import { linesOf } from './manifest-lines.js';
import { installsOf } from './steps.js';

/** Compares what a deployment has at /deployment: what manifests install, and scripts of the definitions. */
export function compareDeployedFiles(deployed: Deployed, comparison: Comparison): void {
  const { deployment, element, script } = deployed;
  const { plan, project, findings } = comparison;
  const { tree } = plan.definitions;
  const folders = installsOf(script.commands);
  const folder = folderOfFiles(deployed, comparison);
  const fileOf = (path: string) =>
    folder === undefined ? undefined : project.files.texts.get(`${folder}/${path}`);
  const compareFile = (path: string, content: Uint8Array | undefined, definition: Place) => {
    const found = fileOf(path);
    const wanted = content && contentText(content);
    if (found !== undefined && (wanted === undefined || found === wanted)) return;
    const message = found === undefined ? `/deployment/${path} is missing` : `/deployment/${path} is changed`;
    findings.different('deployment', element.path, message, { definition, project: element.at });
  };
  let installed = 0;
  for (const step of configurationOf(deployment, plan.definitions)) {
    if (step.kind === 'script')
      compareFile(`definitions/${step.path}`, fileAt(tree, step.path)!.content, step.at);
    if (step.kind === 'common' && step.name === 'add-config-files') {
      for (const [path, file] of filesBelow(configFolder(deployment.variables), tree)) {
        if (file.kind === 'file') compareFile(`definitions/${path}`, file.content, step.at);
      }
    }
    if (step.kind !== 'manifests') continue;
    const manifests = step.paths.filter((path) => (linesOf(path, tree)?.length ?? 0) > 0);
    const names = manifests.length > 0 ? (folders[installed++] ?? []) : [];
    for (const [index, manifest] of manifests.entries()) {
      const below = names[index]?.replace(/^\/deployment\//, '');
      if (below === undefined) continue;
      const lines = linesOf(manifest, tree)!;
      const found = (fileOf(`${below}/manifest`) ?? '').split('\n').filter((line) => /^[^#]/.test(line));
      if (found.join('\n') !== lines.map(({ text }) => text).join('\n')) {
        const at = lines.findIndex(({ text }, number) => text !== found[number]);
        findings.different('deployment', element.path, `/deployment/${below}/manifest is another one`, {
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

/** The folder of the project that is staged at /deployment. */
function folderOfFiles({ deployment }: Deployed, { project }: Comparison): string | undefined {
  const files = partOfDeployment(deployment, 'files');
  if (!project.files.hasElement(files)) return undefined;
  const [source] = project.element(files).sources;
  const path = source?.entries.get('path');
  if (path && path.kind !== 'scalar') throw new Malformed(path.at, 'a path has to be a text');
  return path?.text.replace(/\/+$/, '');
}
