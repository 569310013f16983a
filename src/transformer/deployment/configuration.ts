import { extensionName, extensionPaths } from '../../definitions/extension-paths.js';
import type { TextAt } from '../../definitions/model.js';
import { wholeFile } from '../../diagnostics/place.js';
import { escapeVariables } from '../../project/escape-variables.js';
import type { CommentedText, Dependency, ProjectFile } from '../../project/model.js';
import type { Context } from '../context.js';
import { originOf } from '../origins.js';
import { ofWriting } from './environment.js';
import { extensionScript } from './extension-script.js';
import { installFiles } from './install-files.js';
import { installsFiles, manifestsOf } from './manifests.js';
import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';
import { extensions, installedBy, type SharedFiles } from './shared-files.js';
import { below, projectFile } from './tree-files.js';

/** What the configuration extensions of a system come to. */
export interface Configuration {
  readonly steps: readonly CommentedText[];
  /** Files of this deployment only, by path below /deployment. */
  readonly files: ReadonlyMap<string, ProjectFile>;
  /** Lines for the list of modes. */
  readonly modes: readonly string[];
  /** Files that deployments have in common: their elements, and where they are. */
  readonly dependencies: readonly Dependency[];
}

/** The common extensions that are a step without more ado. */
const common: readonly string[] = [
  'set-hostname',
  'add-config-files',
  'fstab',
  'hosts',
  'nfsboot',
  'simple-network',
];

/**
 * The configuration extensions of a deployment's system, in their order, as steps.
 *
 * @param shared takes the files that deployments have in common.
 * @param names the names of manifests, see `manifestNames`.
 */
export function configure(
  deployment: PlannedDeployment,
  shared: SharedFiles,
  names: ReadonlyMap<string, string>,
  scope: Scope,
  context: Context,
): Configuration {
  const steps: CommentedText[] = [];
  const files = new Map<string, ProjectFile>();
  const modes: string[] = [];
  const places = new Map<string, string>();
  const share = (found: Iterable<readonly [string, ProjectFile]>, use: (path: string) => string) => {
    for (const [path, file] of found) {
      places.set(extensions.element, extensions.location);
      shared.addExtension(path, file, use(path));
    }
  };
  for (const extension of deployment.system.configurationExtensions) {
    const name = extensionName(extension.text);
    const from = originOf(extension.at);
    if (isCommon(name)) reportReplaced(extension, scope, context);
    if (installsFiles(name)) {
      const folders: string[] = [];
      for (const reference of manifestsOf(deployment, name)) {
        const installed = installFiles(reference, textsOf(deployment), scope, context);
        const folder = names.get(reference.path);
        if (!installed || folder === undefined) continue;
        modes.push(...installed.nodes);
        if (installed.shared.size > 0) {
          const { element, location } = installedBy(folder);
          shared.addManifest(folder, reference.path, installed.shared);
          places.set(element, location);
          folders.push(location);
        }
        if (installed.own.size > 0) folders.push(`/deployment/install-files/${folder}`);
        for (const [path, file] of installed.own) files.set(`install-files/${folder}/${path}`, file);
      }
      if (folders.length > 0) steps.push({ text: ['/steps/install-files', ...folders].join(' '), from });
    } else if (common.includes(name)) {
      steps.push({ text: `/steps/${name}`, from });
      if (name === 'add-config-files') {
        const config = configFiles(deployment, scope, context);
        share(config.files, () => `what SRC_CONFIG_DIR of ${deployment.path} names`);
        steps.push(...config.links);
      }
    } else {
      const script = extensionScript(extension, deployment, scope, context);
      if (!script) continue;
      share(script.files, (path) =>
        path === script.script
          ? `the script of the extension ${extension.text}`
          : `what a variable of ${deployment.path} names, for the extension ${extension.text}`,
      );
      steps.push({ text: escapeVariables(`/steps/extension ${quoted(script.script)}`), from });
    }
  }
  const dependencies = [...places].map(([element, location]) => ({
    element,
    type: 'build' as const,
    location,
  }));
  return { steps, files, modes, dependencies };
}

function isCommon(name: string): boolean {
  return common.includes(name) || installsFiles(name);
}

/** A script of the definitions may do more than the extension of its name that everybody knows. */
function reportReplaced(extension: TextAt, scope: Scope, { definitions: { tree } }: Context): void {
  const script = extensionPaths(extension.text, 'configure').find((path) => tree.has(path));
  if (script === undefined) return;
  const message = `${script} is not run: the step \`${extensionName(extension.text)}\` of deployments does what Baserock's extension of this name does`;
  scope.once('replaced-extension', wholeFile(script), message);
}

/** The texts of the variables that templates can speak of. */
function textsOf({ variables }: PlannedDeployment): Map<string, string> {
  const texts = [...variables].map(([name, { text }]) => [name, text] as const);
  return new Map(texts.filter(([name]) => !ofWriting.includes(name)));
}

/** The folder that SRC_CONFIG_DIR names; its links, which a project cannot carry, are made by commands. */
function configFiles(
  { name, variables }: PlannedDeployment,
  scope: Scope,
  { definitions: { tree } }: Context,
): { files: [string, ProjectFile][]; links: CommentedText[] } {
  const variable = variables.get('SRC_CONFIG_DIR');
  const folder = variable?.text.replace(/^(?:\.\/)+|\/+$/g, '') ?? '';
  if (!variable || folder === '') return { files: [], links: [] };
  const found = below(tree, folder);
  if (found.length === 0) {
    const message = `\`${name}\` puts the files of ${folder} into /etc, and the definitions have none there`;
    scope.manual('missing-file', variable.at, folder, message);
  }
  return {
    files: found.flatMap(([path, file]) =>
      file.kind === 'file'
        ? [[path, projectFile(file.content, file.executable)] as [string, ProjectFile]]
        : [],
    ),
    links: found.flatMap(([path, file]) => {
      if (file.kind !== 'link') return [];
      const place = `"$system"/etc/${quoted(path.slice(folder.length + 1))}`;
      return [
        {
          text: escapeVariables(`mkdir -p "$(dirname ${place})" && ln -sfn ${quoted(file.target)} ${place}`),
        },
      ];
    }),
  };
}

/** A word of a shell command. */
export function quoted(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
