import { extensionName, extensionPaths } from '../../definitions/extension-paths.js';
import type { TextAt } from '../../definitions/model.js';
import { pathsNamedBy } from '../../definitions/named-paths.js';
import { type Place, wholeFile } from '../../diagnostics/place.js';
import type { ProjectFile } from '../../project/model.js';
import { findInvocations } from '../../shell/invocations.js';
import type { Context } from '../context.js';
import { findRequirements } from '../requirements/find-requirements.js';
import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';
import { isTool } from './tools.js';
import { below, followed, projectFile, textOf } from './tree-files.js';

/** A configuration extension that runs from the script of the definitions. */
export interface ExtensionScript {
  /** Path of the script in the definitions. */
  readonly script: string;
  /** The script, and what the deployment's variables name, by their paths in the definitions. */
  readonly files: ReadonlyMap<string, ProjectFile>;
}

/** The interpreters with which a script can run. */
const shells = /^(?:ba|da)?sh$/;

/** Codes of requirements that concern a script in a deployment: there are no owners or modes to be lost. */
const ofScripts: readonly string[] = ['needs-root', 'needs-network', 'needs-host', 'archive-owners'];

/**
 * Finds the script of an extension that is not one of the common ones, and says what keeps it from running.
 *
 * @returns undefined, after a report, for a script that is not there or that cannot run.
 */
export function extensionScript(
  extension: TextAt,
  deployment: PlannedDeployment,
  scope: Scope,
  context: Context,
): ExtensionScript | undefined {
  const { tree } = context.definitions;
  const name = extensionName(extension.text);
  const script = extensionPaths(extension.text, 'configure').find(
    (path) => followed(tree, path)?.kind === 'file',
  );
  if (script === undefined) {
    const message = `\`${deployment.system.name}\` is configured by \`${name}\`, whose script the definitions do not have`;
    scope.manual('missing-extension', extension.at, name, message);
    return undefined;
  }
  const file = followed(tree, script) as { content: Uint8Array };
  const text = textOf({ kind: 'file', content: file.content, executable: true });
  const interpreter = text === undefined ? undefined : interpreterOf(text);
  if (interpreter === 'python2') {
    scope.manual('extension-needs-python2', wholeFile(script), name, `${script} is written in Python 2`);
    return undefined;
  }
  if (text === undefined || interpreter === undefined || !shells.test(interpreter)) {
    const what = interpreter === undefined ? 'is a program' : `needs \`${interpreter}\``;
    const message = `${script} ${what}, which the tools of deployments do not have`;
    scope.manual('missing-tool', wholeFile(script), name, message);
    if (interpreter === undefined) return undefined;
  } else reportNeeds(script, text, interpreter, name, scope);
  const files = new Map([[script, projectFile(file.content, true)]]);
  for (const [path, named] of namedFiles(deployment, text ?? '', name, scope, context))
    files.set(path, named);
  return { script, files };
}

/** What runs a script: of `#!/usr/bin/env python`, `python2`. */
function interpreterOf(text: string): string | undefined {
  const [, program, argument] = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text) ?? [];
  const name = (program?.endsWith('/env') ? argument : program)?.replace(/^.*\//, '');
  return name === undefined ? undefined : /^python(?:2(?:\.\d)?)?$/.test(name) ? 'python2' : name;
}

const networkHint =
  'put what it fetches into the definitions, and let a variable of the deployment name it: the script finds it by that path';

/** Reports what a script needs that there is not: rights, a network, tools. */
function reportNeeds(script: string, text: string, shell: string, name: string, scope: Scope): void {
  const refused = new Set<number>();
  for (const { code, message, hint, start, end } of findRequirements([text], 'build')[0]!) {
    if (!ofScripts.includes(code)) continue;
    refused.add(start);
    const advice = code === 'needs-network' ? networkHint : hint;
    scope.manual(code, placeIn(script, text, start, end), name, message, advice);
  }
  const missing = new Set<string>();
  for (const { name: command, start, end } of findInvocations(text)) {
    if (!/^[A-Za-z][\w.+-]*$/.test(command) || isTool(command, shell) || missing.has(command)) continue;
    // It has to go in any case, so that it does not matter whether it is there.
    if (refused.has(start)) continue;
    missing.add(command);
    const message = `${script} runs \`${command}\`, which the tools of deployments do not have`;
    scope.manual('missing-tool', placeIn(script, text, start, end), name, message);
  }
}

function placeIn(file: string, text: string, start: number, end: number): Place {
  const before = text.slice(0, start).split('\n');
  const inside = text.slice(start, end).split('\n');
  const column = before.at(-1)!.length + 1;
  const endColumn = inside.length === 1 ? column + inside[0]!.length : inside.at(-1)!.length + 1;
  return { file, line: before.length, column, endLine: before.length + inside.length - 1, endColumn };
}

/** Variables that speak of files of the system, or of no files at all. */
const ofSystem =
  /^(?:KERNEL_ARGS|INITRAMFS_PATH|DTB_PATH|ROOT_DEVICE|BOOT_DEVICE|DISK_SIZE|HOSTNAME|NETWORK_CONFIG|(?:FSTAB|HOSTS)_\w+)$/;

/**
 * The files of the definitions that the values of variables name: those that a script asks for, with what is in
 * folders. One that a script seems to want and that is not there is reported.
 */
function namedFiles(
  { name: deployment, variables }: PlannedDeployment,
  script: string,
  extension: string,
  scope: Scope,
  { definitions: { tree } }: Context,
): [string, ProjectFile][] {
  const files: [string, ProjectFile][] = [];
  for (const [variable, { value, text, at }] of variables) {
    if (ofSystem.test(variable) || !new RegExp(`\\b${escapeForRegExp(variable)}\\b`).test(script)) continue;
    const found = pathsNamedBy(variable, value).flatMap(({ path }) => filesAt(tree, path));
    files.push(...found);
    if (found.length > 0 || !isPathOfFile(variable, text)) continue;
    const message = `\`${variable}\` of \`${deployment}\` names ${text}, which the definitions do not have; \`${extension}\` asks for it`;
    scope.manual('missing-file', at, text, message);
  }
  return files;
}

function filesAt(tree: Context['definitions']['tree'], path: string): [string, ProjectFile][] {
  const file = followed(tree, path);
  if (file?.kind === 'file') return [[path, projectFile(file.content, file.executable)]];
  return below(tree, path).flatMap(([inner]) => {
    const found = followed(tree, inner);
    return found?.kind === 'file'
      ? [[inner, projectFile(found.content, found.executable)] as [string, ProjectFile]]
      : [];
  });
}

/** True for a value that looks like the path of a file in the definitions. */
function isPathOfFile(variable: string, text: string): boolean {
  if (!/^[\w.+-]+(?:\/[\w.+-]+)*$/.test(text)) return false;
  return (
    (text.includes('/') && /[A-Za-z]/.test(text)) ||
    (/(?:_|^)(?:FILE|CONF|KEY|PUBKEY|MANIFEST|CERT)$/.test(variable) && text.includes('.'))
  );
}

function escapeForRegExp(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
