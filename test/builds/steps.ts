import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { makeSysroot } from '../support/sysroot.js';

const run = promisify(execFile);
const templates = new URL('../../src/templates/', import.meta.url).pathname;
const places = { tools: '/', steps: '/steps', system: '/buildstream', deployment: '/deployment' };

/** Runs the steps of deployments without BuildStream, in a sandbox like the one that it makes. */
export class Steps {
  readonly folder = mkdtempSync(join(tmpdir(), 'baserock2bst-steps-'));
  /** The copy of the system that the steps change. */
  readonly system = join(this.folder, 'output/.work/system');

  /** Unpacks the tools. */
  async prepare(): Promise<void> {
    const project = join(this.folder, 'project');
    for (const part of ['make-sysroot', 'deployment']) {
      cpSync(join(templates, part), project, { recursive: true });
    }
    const tools = join(this.folder, 'tools');
    for (const place of [...Object.values(places), '/buildstream-install', '/subsystems', '/extensions']) {
      mkdirSync(join(tools, place), { recursive: true });
    }
    await run('tar', ['-xf', await makeSysroot(project, 'deployment-tools'), '-C', tools]);
    cpSync(join(project, 'files/deployment-steps'), join(this.folder, 'steps'), { recursive: true });
  }

  /** Puts files, by their path, into the system or one of the folders beside it; others that are there go. */
  write(place: 'system' | 'deployment' | 'subsystems' | 'extensions', files: Record<string, string>): void {
    const root = join(this.folder, place);
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
    }
  }

  /**
   * Runs commands with the environment of an include file.
   *
   * @param variables values of the variables that the include file declares.
   * @param environment the deployment's own variables.
   * @returns what they print; the error of a failing one is what it says.
   */
  async run(
    include: 'disk-image' | 'tar' | 'tree',
    commands: readonly string[],
    variables: Record<string, string> = {},
    environment: Record<string, string> = {},
  ): Promise<string> {
    const output = join(this.folder, 'output');
    rmSync(output, { recursive: true, force: true });
    mkdirSync(output);
    const all = { ...environmentOf(include, variables), ...environment };
    const binds = ['steps', 'system', 'deployment', 'subsystems', 'extensions'].flatMap((name) => {
      const from = join(this.folder, name);
      const to = places[name as keyof typeof places] ?? `/${name}`;
      return existsSync(from) ? ['--ro-bind', from, to] : [];
    });
    const sandbox = ['--unshare-all', '--uid', '0', '--gid', '0', '--clearenv'];
    const mounts = ['--ro-bind', join(this.folder, 'tools'), '/', ...binds];
    const rest = ['--bind', output, '/buildstream-install', '--dev', '/dev', '--proc', '/proc'];
    const settings = Object.entries(all).flatMap(([name, value]) => ['--setenv', name, value]);
    const script = commands.join('\n');
    const args = [...sandbox, ...mounts, ...rest, '--tmpfs', '/tmp', ...settings, 'sh', '-ec', script];
    try {
      return (await run('bwrap', args, { timeout: 120_000 })).stdout;
    } catch (failure) {
      throw new Error((failure as { stderr: string }).stderr);
    }
  }

  /** What a file of the system has in it. */
  read(path: string): string {
    return readFileSync(join(this.system, path), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The environment that an include file sets, with its variables expanded. */
function environmentOf(include: string, own: Record<string, string>): Record<string, string> {
  const read = (name: string) =>
    parse(readFileSync(join(templates, 'deployment/include/deployment', `${name}.yml`), 'utf8')) as Record<
      'variables' | 'environment',
      Record<string, string>
    >;
  const parts = [read('common'), read(include)];
  const variables: Record<string, string> = {
    'install-root': '/buildstream-install',
    ...Object.assign({}, ...parts.map((part) => part.variables)),
    ...own,
  };
  const expand = (text: string): string =>
    text.replace(/%\{([a-z-]+)\}/g, (_, name: string) => expand(variables[name]!));
  const environment = Object.assign({}, ...parts.map((part) => part.environment)) as Record<string, string>;
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, expand(value)]));
}
