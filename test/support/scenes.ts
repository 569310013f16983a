import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBuildStream } from './buildstream.js';
import { type Block, root } from './guides.js';
import { offerBase } from './offered-base.js';

/** Where the commands of a block are run, and what that needs, as the comment before it says. */
export interface Scene {
  readonly name: string;
  readonly needs: readonly string[];
  /** The file whose text the block is. */
  readonly writes?: string;
}

/**
 * Reads `runs in: NAME, writes: FILE, needs: THIS THAT`; undefined if the comment says something else, or what CI does
 * itself.
 */
export function sceneOf({ comment }: Pick<Block, 'comment'>): Scene | undefined {
  const [, name, writes, needs] =
    /^runs in: (\S+?)(?:, writes: (\S+?))?(?:, needs: (.*))?$/.exec(comment ?? '') ?? [];
  if (name === undefined || name === 'ci') return undefined;
  return { name, needs: needs?.split(/\s+/) ?? [], ...(writes === undefined ? {} : { writes }) };
}

const newestTree = join(root, '../shared/corpus/v8-2016-08');

/** What of a scene's needs is not there. Those without a rule here are programs. */
export function missing({ needs }: Scene): string[] {
  return needs.filter((need) => {
    if (need === 'corpus') return !existsSync(newestTree);
    if (need === 'base') return !['mmdebstrap', 'patchelf'].every(isProgram);
    if (need === 'bst1' || need === 'bst2') return !findBuildStream(need === 'bst1' ? 1 : 2);
    return !isProgram(need);
  });
}

function isProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name)));
}

/** Whether a block needs BuildStream. */
export const needsBuildStream = ({ needs }: Scene): boolean => needs.some((need) => /^bst[12]$/.test(need));

/** What one command did. */
export interface Ran {
  readonly status: number;
  /** Both streams, as a terminal would have them. */
  readonly output: readonly string[];
}

/** A folder in which the commands of a guide are run, one block after the other, as a reader would in one terminal. */
export class Stage {
  readonly #base = mkdtempSync(join(tmpdir(), 'baserock2bst-guide-'));
  readonly #programs = join(this.#base, '.programs');

  constructor({ name, needs }: Scene) {
    const folder = join(this.#base, 'migration');
    mkdirSync(folder);
    if (/^(?:clone|recipe)/.test(name)) clone(folder);
    else if (name.startsWith('pocket')) copyDefinitions(join(root, 'samples/definitions'), folder);
    else if (name.startsWith('real')) copyDefinitions(newestTree, folder);
    else if (!name.startsWith('empty')) throw new Error(`no guide can run commands in \`${name}\``);
    if (name.startsWith('recipe')) {
      commit(folder);
      for (const made of ['node_modules', 'dist']) symlinkSync(join(root, made), join(folder, made));
    } else if (!name.startsWith('clone')) {
      mkdirSync(join(this.#base, 'node_modules'));
      symlinkSync(root, join(this.#base, 'node_modules/baserock2bst'));
    }
    this.#addPrograms(needs);
    writeFileSync(
      join(this.#base, '.gitconfig'),
      '[user]\nname = You\nemail = you@example.com\n[init]\ndefaultBranch = main\n',
    );
    writeFileSync(join(this.#base, '.place'), `cd ${folder}\n`);
  }

  /**
   * npx and npm as far as guides use them, without their start, which takes longer than the command itself, and without
   * fetching and building again what is there.
   */
  #addPrograms(needs: readonly string[]): void {
    const program = (name: string, text: string) => {
      writeFileSync(join(this.#programs, name), `#!/bin/sh\n${text}`);
      chmodSync(join(this.#programs, name), 0o755);
    };
    mkdirSync(this.#programs);
    program(
      'npx',
      `[ "$1" = baserock2bst ] || { echo "npx: only baserock2bst is here" >&2; exit 1; }
shift
[ -d dist ] && exec node bin/baserock2bst.js "$@"
exec node ${root}bin/baserock2bst.js "$@"
`,
    );
    program(
      'npm',
      `case "$1 $2" in
"ci ") ln -s ${root}node_modules node_modules; ln -s ${root}dist dist ;;
"run "*) PATH="\${PATH#*:}" exec npm "$@" ;;
*) echo "npm: only ci and run are here" >&2; exit 1 ;;
esac
`,
    );
    // Where guides speak of BuildStream 2, it is the one that is called bst.
    const second = needs.includes('bst2') && !needs.includes('bst1') ? findBuildStream(2) : undefined;
    if (second) program('bst', `exec ${second} "$@"\n`);
  }

  /** Lays out what takes too long to be made in a guide. */
  async prepare({ needs }: Scene): Promise<void> {
    if (needs.includes('base')) await offerBase(join(this.#base, 'base'));
  }

  /** Writes a file of the folder, or applies a patch to it. */
  change(text: string, file: string | undefined): void {
    const folder = join(this.#base, 'migration');
    if (file === undefined) {
      execFileSync('git', ['apply', '-'], { cwd: folder, input: text, stdio: ['pipe', 'ignore', 'pipe'] });
      return;
    }
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  /** Runs commands in one shell, as if they were typed. */
  async run(commands: readonly string[]): Promise<Ran[]> {
    const results = mkdtempSync(join(this.#base, '.results-'));
    const script = commands.map((command, index) => {
      writeFileSync(join(results, `${index}`), command);
      // What is substituted right before it would change what `$?` is for the command.
      const text = `command=$(cat ${results}/${index})`;
      return `${text}; (exit $status); eval "$command" >${results}/${index}.out 2>&1; status=$?; echo $status >${results}/${index}.status\n`;
    });
    const place = join(this.#base, '.place');
    writeFileSync(
      join(results, 'script'),
      `. ${place}\nstatus=0\n${script.join('')}{ export -p; echo "cd '$PWD'"; } >${place}\n`,
    );
    await new Promise<void>((resolve, reject) => {
      const options = { cwd: this.#base, env: this.#environment(), timeout: 570_000 };
      const shell = execFile('bash', ['--norc', join(results, 'script')], options, (error) =>
        error ? reject(error) : resolve(),
      );
      shell.stdin?.end();
    });
    return commands.map((_, index) => ({
      status: Number(readFileSync(join(results, `${index}.status`), 'utf8')),
      output: this.#linesOf(join(results, `${index}.out`)),
    }));
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH, CHROMIUM } = process.env;
    return { PATH: `${this.#programs}:${PATH}`, HOME: this.#base, LC_ALL: 'C.UTF-8', TZ: 'UTC', CHROMIUM };
  }

  #linesOf(file: string): string[] {
    const text = readFileSync(file, 'utf8').replaceAll(this.#base, '/home/you').replace(/\n+$/, '');
    return text === '' ? [] : text.split('\n').map((line) => line.trimEnd());
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }
}

function copyDefinitions(from: string, folder: string): void {
  cpSync(from, join(folder, 'definitions'), { recursive: true });
  execFileSync('chmod', ['-R', 'u+w', join(folder, 'definitions')]);
}

/** What a clean clone holds, with what was changed here since. */
function clone(folder: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  git('clone', '--quiet', '--no-checkout', '.', folder);
  git('-C', folder, 'reset', '--quiet');
  for (const path of git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')) {
    if (path === '' || !existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { verbatimSymlinks: true });
  }
}

/** Makes all of that the state which a recipe starts from, and what `npm ci` brings no part of it. */
function commit(folder: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  writeFileSync(join(folder, '.git/info/exclude'), '/node_modules\n/dist\n');
  git('add', '--all');
  git('-c', 'user.name=You', '-c', 'user.email=you@example.com', 'commit', '-qm', 'Start', '--allow-empty');
}
