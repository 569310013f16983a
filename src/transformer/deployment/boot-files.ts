import { folderOf } from '../../definitions/deployed-files.js';
import { essentialExtension, essentialManifest, extensionName } from '../../definitions/extension-paths.js';
import { readInstallManifest } from '../../definitions/install-manifest.js';
import type { Chunk } from '../../definitions/model.js';
import { manifestsNamedBy } from '../../definitions/named-paths.js';
import { type Context, isBase, strataOf } from '../context.js';
import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';
import { textOf } from './tree-files.js';

/** How commands of chunks name kernels. */
const kernel = /vmlinu[xz]|[bzu]Image\b|\bboot\/(?:Image|kernel)\b|INSTALL_PATH|DESTDIR\S*\/boot\b/;

/**
 * Reports files that an image boots from and that nothing puts into its system, as far as that can be seen: no command
 * of its chunks speaks of such a file, no manifest lists it, no subsystem is put there.
 */
export function reportBootFiles(deployment: PlannedDeployment, scope: Scope, context: Context): void {
  const { name, system, variables, at } = deployment;
  const commands = commandsOf(deployment);
  const placed = placedBy(deployment, context);
  const chunks = strataOf(system).flatMap((stratum) => (isBase(stratum) ? [] : stratum.chunks));
  const isUnseen = chunks.length === 0;
  if (!isUnseen && !commands.some((text) => kernel.test(text)) && !placed.some((path) => kernel.test(path))) {
    const message = `\`${name}\` is an image that boots, and no command of the chunks of \`${system.name}\` speaks of a kernel`;
    scope.manual('missing-boot-file', at, 'the kernel', message);
  }
  for (const key of ['INITRAMFS_PATH', 'DTB_PATH']) {
    const variable = variables.get(key);
    const path = variable?.text.replace(/^\/+/, '') ?? '';
    if (!variable || path === '' || placed.includes(path)) continue;
    const file = path.split('/').at(-1)!;
    const isMade =
      commands.some((text) => text.includes(file)) ||
      (key === 'DTB_PATH' && commands.some((text) => /\bdtbs?\b/.test(text)));
    if (isMade) continue;
    const message = `\`${key}\` of \`${name}\` is ${path}, and nothing puts such a file into the system`;
    scope.manual('missing-boot-file', variable.at, path, message);
  }
}

/** The commands that put something into a system and may speak of a file to boot from. */
function commandsOf({ system }: PlannedDeployment): readonly string[] {
  return strataOf(system).flatMap(({ chunks }) => chunks.flatMap(bootCommands));
}

/** Remembers the commands of chunks: a chunk is part of many systems. */
const known = new WeakMap<Chunk, readonly string[]>();

function bootCommands(chunk: Chunk): readonly string[] {
  const found = known.get(chunk);
  if (found) return found;
  const { commands, systemIntegration } = chunk;
  const all = [...[...commands.values()].flat(), ...systemIntegration.flatMap((each) => each.commands)];
  const texts = all
    .map(({ text }) => text)
    .filter((text) => /boot|[Ii]mage|vmlinu|dtb|initr|INSTALL_PATH/.test(text));
  known.set(chunk, texts);
  return texts;
}

/** Paths that subsystems and manifests put into a system. */
function placedBy({ subsystems, system, variables }: PlannedDeployment, { definitions }: Context): string[] {
  const manifests = [
    ...(system.configurationExtensions.some(({ text }) => extensionName(text) === essentialExtension)
      ? [essentialManifest]
      : []),
    ...manifestsNamedBy(variables.get('INSTALL_FILES')?.text ?? ''),
  ];
  const listed = manifests.flatMap((path) => {
    const { entries } = readInstallManifest(path, textOf(definitions.tree.get(path)) ?? '');
    return entries.filter(
      (entry) => entry.kind === 'folder' || definitions.tree.has(`${folderOf(path)}${entry.path}`),
    );
  });
  return [
    ...subsystems.map((each) => (each.variables.get('location')?.text ?? '').replace(/^\/+/, '')),
    ...listed.map(({ path }) => path),
  ];
}
