import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, test } from 'vitest';
import { parse } from 'yaml';
import type { BuildStreamVersion, ProjectFile } from '../../src/index.js';

const run = promisify(execFile);

/** The commands under which each version of BuildStream may be installed, and how its version begins. */
const commands = {
  1: { names: ['bst'], version: /^1\.6\./ },
  2: { names: ['bst2', 'bst'], version: /^2\./ },
} as const;

/** The command by which a version of BuildStream is called here, if it is installed. */
export function findBuildStream(version: BuildStreamVersion): string | undefined {
  return commands[version].names.find((name) => {
    try {
      const answer = execFileSync(name, ['--version'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return commands[version].version.test(answer.trim());
    } catch {
      return false;
    }
  });
}

/** A version of BuildStream that is installed here, with a cache of its own. */
export class BuildStream {
  readonly folder = mkdtempSync(join(tmpdir(), 'baserock2bst-bst-'));

  constructor(
    readonly version: BuildStreamVersion,
    readonly command: string,
  ) {}

  /** Writes a project's files into a new folder and returns it. */
  write(name: string, files: ReadonlyMap<string, ProjectFile>): string {
    const project = join(this.folder, name);
    for (const [path, { content, executable }] of files) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), content, { mode: executable ? 0o755 : 0o644 });
    }
    return project;
  }

  /** Runs `bst` on a project; the error of a failing run holds what it printed. */
  async run(project: string, ...args: string[]): Promise<string> {
    return (await this.#run(project, args)).stdout;
  }

  /** Builds elements; returns how many each queue (`Pull`, `Build`, `Push`) processed and skipped. */
  async build(
    project: string,
    ...targets: string[]
  ): Promise<Record<string, { done: number; skipped: number }>> {
    const { stdout, stderr } = await this.#run(project, ['build', ...targets]);
    const queues = `${stdout}${stderr}`.matchAll(/(\w+) Queue:\s+processed (\d+),\s+skipped (\d+)/g);
    return Object.fromEntries(
      [...queues].map(([, name, done, skipped]) => [name!, { done: Number(done), skipped: Number(skipped) }]),
    );
  }

  /** Builds as much as can be built; returns all that is said. */
  async tryToBuild(project: string, ...targets: string[]): Promise<string> {
    const said = await this.#run(project, ['--on-error', 'continue', 'build', ...targets]).catch(
      (failure: { stdout: string; stderr: string }) => failure,
    );
    return `${said.stdout}${said.stderr}`;
  }

  /** Writes a person's own configuration of BuildStream. */
  configure(text: string): void {
    mkdirSync(join(this.folder, 'config'), { recursive: true });
    writeFileSync(join(this.folder, 'config/buildstream.conf'), text);
  }

  async #run(project: string, args: string[]): Promise<{ stdout: string; stderr: string }> {
    const env = {
      ...process.env,
      XDG_CACHE_HOME: join(this.folder, 'cache'),
      XDG_CONFIG_HOME: join(this.folder, 'config'),
    };
    const all = ['--no-interactive', '--no-colors', '-C', project, ...args];
    // BuildStream 1.6 waits for ever where it cannot mount: a limit turns that into a failure.
    return run(this.command, all, { env, timeout: 570_000, maxBuffer: 512 * 1024 * 1024 });
  }

  /** Puts the files of what was built into a folder that is not there yet. */
  async checkout(project: string, target: string, folder: string): Promise<void> {
    const args = this.version === 1 ? [target, folder] : ['--directory', folder, target];
    await this.run(project, ...(this.version === 1 ? [] : ['artifact']), 'checkout', ...args);
  }

  /** The names of all elements that `bst show` loads for some targets. */
  async show(project: string, options: string[], targets: string[]): Promise<string[]> {
    const output = await this.run(
      project,
      ...options,
      'show',
      '--deps',
      'all',
      '--format',
      '%{name}',
      ...targets,
    );
    return output.split('\n').filter((line) => line.endsWith('.bst'));
  }

  /** The names of the elements that a system is composed of, in the order in which BuildStream stages them. */
  async stagingOrder(project: string, arch: string, system: string): Promise<string[]> {
    const options = ['--option', 'arch', arch];
    const show = ['show', '--deps', 'build', '--order', 'stage', '--format', '%{name}', system];
    return (await this.run(project, ...options, ...show)).split('\n').filter((line) => line.endsWith('.bst'));
  }

  /** The effective configuration of elements, by name. */
  async configurations(project: string, targets: string[]): Promise<Map<string, Record<string, unknown>>> {
    const format = '=====%{name}\n%{config}';
    const output = await this.run(project, 'show', '--deps', 'none', '--format', format, ...targets);
    const blocks = output.split('=====').slice(1);
    return new Map(
      blocks.map((block) => {
        const end = block.indexOf('\n');
        return [block.slice(0, end).trim(), parse(`${block.slice(end + 1)}\n`) as Record<string, unknown>];
      }),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Tests that need a real BuildStream: skipped with a word where it is missing, but a failure in CI. */
export function describeBuildStream(
  version: BuildStreamVersion,
  name: string,
  tests: (bst: BuildStream) => void,
): void {
  const command = findBuildStream(version);
  const title = `BuildStream ${version}: ${name}`;
  if (command) describe(title, () => tests(new BuildStream(version, command)));
  else if (process.env.CI) test(title, () => Promise.reject(new Error(`BuildStream ${version} is missing`)));
  else describe.skip(`${title} (skipped: bst not found)`, () => test('needs bst', () => {}));
}
