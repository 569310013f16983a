import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { main } from '../../src/cli/main.js';
import type { BuildStreamVersion } from '../../src/index.js';

const run = promisify(execFile);
const sample = new URL('../../samples/bootable/', import.meta.url).pathname;

/** What the sample needs besides the base, because no stratum of it provides it. */
const extra = 'autoconf,automake,libtool,patch,cmake,perl,python3,python3-distutils';

/** Makes git repositories out of the sample's sources, and one of a kernel; returns their commits by name. */
export async function makeRepositories(folder: string, kernel?: string): Promise<Map<string, string>> {
  const { stdout } = await run(join(sample, 'make-repositories'), [folder, ...(kernel ? [kernel] : [])]);
  return new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
}

/** The text of all definitions of the sample. */
export function sampleDefinitions(): string {
  const paths = readdirSync(join(sample, 'definitions'), { recursive: true }) as string[];
  const files = paths
    .filter((path) => path.endsWith('.morph'))
    .map((path) => join(sample, 'definitions', path));
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

/** Converts the sample as a person does, with the repositories of a folder behind the alias. */
export function convertSample(
  repositories: string,
  project: string,
  version: BuildStreamVersion,
  ...more: string[]
): Promise<void> {
  return convertTree(join(sample, 'definitions'), repositories, project, version, ...more);
}

/** The same for other definitions, on the same base. */
export async function convertTree(
  definitions: string,
  repositories: string,
  project: string,
  version: BuildStreamVersion,
  ...more: string[]
): Promise<void> {
  let said = '';
  const io = {
    stdout: () => {},
    stderr: (text: string) => {
      said += text;
    },
    colour: false,
    machine: 'x64',
  };
  const args = [
    '--buildstream',
    `${version}`,
    '--alias',
    `upstream=file://${repositories}/`,
    '--base-extra',
    extra,
  ];
  const code = await main(['convert', definitions, project, ...args, ...more], io);
  if (code !== 0) throw new Error(said);
}

/** All paths below a folder, sorted; links are not followed. */
export function pathsBelow(folder: string): string[] {
  const visit = (inner: string): string[] =>
    readdirSync(join(folder, inner), { withFileTypes: true }).flatMap((entry) => {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      return [path, ...(entry.isDirectory() ? visit(path) : [])];
    });
  return visit('').sort();
}

/** Runs a command in a root file system that holds nothing of this machine; returns what it prints. */
export async function runIn(root: string, command: string): Promise<string> {
  const isolation = ['--unshare-all', '--clearenv', '--setenv', 'PATH', '/usr/bin:/bin:/usr/sbin:/sbin'];
  const mounts = ['--ro-bind', root, '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'];
  const { stdout } = await run('bwrap', [...isolation, ...mounts, '/bin/sh', '-c', command]);
  return stdout;
}
