import {
  type ConfigurationStep,
  configFolder,
  filesBelow,
  type MeantDeployment,
} from '../../definitions/meaning/deployments.js';
import type { Definitions } from '../../definitions/model.js';
import type { Place } from '../../diagnostics/place.js';
import type { PlacedText } from '../../project/evaluate/element.js';
import { partsOf } from './manifest-lines.js';
import { writtenAs } from './written-as.js';

interface Step {
  readonly text: string;
  readonly at: Place;
}

/** A subsystem, and where it is put. */
interface Subsystem {
  readonly name: string;
  readonly place: string;
  readonly at: Place;
}

const writeSteps = {
  'disk-image': '/steps/write-disk-image',
  tar: '/steps/write-archive',
  initramfs: '/steps/write-archive',
  tree: '/steps/write-tree',
} as const;

/**
 * The steps of a deployment: a copy of the system, its subsystems, its extensions in their order, and what is made.
 *
 * @param folders those that the project's steps install, one list for each; any name is right.
 */
export function stepsFor(
  deployment: MeantDeployment,
  subsystems: readonly Subsystem[],
  steps: readonly ConfigurationStep[],
  { tree }: Definitions,
  folders: readonly (readonly string[])[],
): Step[] {
  let installed = 0;
  const configuration = steps.flatMap((step): Step[] => {
    const { at } = step;
    if (step.kind === 'common') {
      const links = step.name === 'add-config-files' ? linksOf(deployment, tree) : [];
      return [`/steps/${step.name}`, ...links].map((text) => ({ text, at }));
    }
    if (step.kind === 'script') return [{ text: `/steps/extension ${quoted(step.path)}`, at }];
    if (step.kind === 'lost') return [];
    const parts = step.paths.flatMap((path) => partsOf(path, tree));
    if (parts.length === 0) return [];
    const found = folders[installed++] ?? [];
    const names = found.length === parts.length ? found : parts.map(({ manifest }) => manifest);
    return [{ text: ['/steps/install-files', ...names].join(' '), at }];
  });
  const { at, variables } = deployment;
  return [
    { text: '/steps/copy-system', at },
    ...subsystems.map(({ name, place, at: where }) => ({
      text: `/steps/add-subsystem ${quoted(name)} ${quoted(place)}`,
      at: where,
    })),
    ...configuration,
    { text: writeSteps[writtenAs(deployment).form], at: variables.get('type')?.at ?? at },
  ];
}

/** The folders that each of the steps installs that install files. */
export function installsOf(commands: readonly PlacedText[]): string[][] {
  return commands.flatMap(({ text }) => {
    const [step, ...folders] = text.trim().split(' ');
    return step === '/steps/install-files' ? [folders] : [];
  });
}

/** Commands that make the links in the folder whose files are put into /etc. */
function linksOf({ variables }: MeantDeployment, tree: Definitions['tree']): string[] {
  const folder = configFolder(variables);
  return filesBelow(folder, tree).flatMap(([path, file]) => {
    if (file.kind !== 'link') return [];
    const place = `"$system"/etc/${quoted(path.slice(folder.length + 1))}`;
    return [`mkdir -p "$(dirname ${place})" && ln -sfn ${quoted(file.target)} ${place}`];
  });
}

/** A word for the shell. */
function quoted(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
