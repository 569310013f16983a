import { essentialExtension, essentialManifest, extensionName } from '../../definitions/extension-paths.js';
import { manifestsNamedBy } from '../../definitions/named-paths.js';
import { escapeVariables } from '../../project/escape-variables.js';
import type { CommentedText, ProjectFile } from '../../project/model.js';
import type { Context } from '../context.js';
import { extensionScript } from './extension-script.js';
import { installFiles, type ManifestReference } from './install-files.js';
import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';
import { below, projectFile } from './tree.js';

/** What the configuration extensions of a system come to. */
export interface Configuration {
  readonly steps: readonly CommentedText[];
  /** Files by path below /deployment. */
  readonly files: ReadonlyMap<string, ProjectFile>;
  /** Lines for the list of modes. */
  readonly modes: readonly string[];
  /** What came from where in the definitions, in one line each. */
  readonly origins: readonly string[];
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

/** The configuration extensions of a deployment's system, in their order, as steps. */
export function configure(
  deployment: PlannedDeployment,
  environment: ReadonlyMap<string, string>,
  scope: Scope,
  context: Context,
): Configuration {
  const steps: CommentedText[] = [];
  const files = new Map<string, ProjectFile>();
  const modes: string[] = [];
  const origins: string[] = [];
  const add = (found: ReadonlyMap<string, ProjectFile> | readonly (readonly [string, ProjectFile])[]) => {
    for (const [path, file] of found) files.set(path, file);
  };
  const folders = new Map<string, string>();
  for (const extension of deployment.system.configurationExtensions) {
    const name = extensionName(extension.text);
    if (name === 'install-files' || name === essentialExtension) {
      const installed = manifestsOf(deployment, name).flatMap((reference) => {
        const folder = folderName(reference.path, folders);
        return installFiles(reference, folder, environment, scope, context) ?? [];
      });
      for (const each of installed) {
        add(each.files);
        modes.push(...each.nodes);
        origins.push(each.origin);
      }
      const names = installed.map(({ folder }) => folder).filter((folder) => folder !== '');
      if (names.length > 0) {
        steps.push({
          text: [
            '/steps/install-files',
            ...names.map((folder) => `/deployment/install-files/${folder}`),
          ].join(' '),
        });
      }
    } else if (common.includes(name)) {
      steps.push({ text: `/steps/${name}` });
      if (name === 'add-config-files') {
        const config = configFiles(deployment, scope, context);
        add(config.files);
        steps.push(...config.links);
      }
    } else {
      const script = extensionScript(extension, deployment, scope, context);
      if (!script) continue;
      origins.push(
        `definitions/${script.script}: ${script.script} of the definitions, for the extension ${extension.text}`,
        ...[...script.files.keys()]
          .filter((path) => path !== script.script)
          .map((path) => `definitions/${path}: ${path} of the definitions, which a variable names`),
      );
      add([...script.files].map(([path, file]) => [`definitions/${path}`, file] as const));
      steps.push({ text: escapeVariables(`/steps/extension ${quoted(script.script)}`) });
    }
  }
  return { steps, files, modes, origins };
}

function manifestsOf({ name, variables }: PlannedDeployment, extension: string): ManifestReference[] {
  if (extension === essentialExtension) return [{ path: essentialManifest, by: undefined, deployment: name }];
  const by = variables.get('INSTALL_FILES');
  if (typeof by?.value !== 'string') return [];
  return manifestsNamedBy(by.value).map((path) => ({ path, by, deployment: name }));
}

/** `install-files/openstack/manifest` → `openstack`; with a number if two manifests would come to the same. */
function folderName(path: string, taken: Map<string, string>): string {
  const stem = (path.split('/').at(-2) ?? 'files').replace(/[^\w.-]/g, '_');
  for (let number = 1; ; number++) {
    const folder = number === 1 ? stem : `${stem}-${number}`;
    if ((taken.get(folder) ?? path) !== path) continue;
    taken.set(folder, path);
    return folder;
  }
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
        ? [[`definitions/${path}`, projectFile(file.content, file.executable)] as [string, ProjectFile]]
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
