import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where sysroots are kept, so that those made of the same packages by the same script are made once. */
const kept = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'baserock2bst', 'sysroots');

/**
 * Makes the sysroot of a converted project with the project's own script, or takes the one that was made before.
 *
 * @returns the tar file.
 */
export async function makeSysroot(project: string): Promise<string> {
  const hash = createHash('sha256');
  const inputs = readdirSync(join(project, 'base')).filter((name) => !name.endsWith('.tar'));
  for (const name of inputs.filter((input) => input !== 'README.md').sort()) {
    hash.update(`${name}\0`).update(readFileSync(join(project, 'base', name)));
  }
  const folder = join(kept, hash.digest('hex').slice(0, 16));
  if (!existsSync(join(folder, 'sysroot.tar'))) {
    await run(join(project, 'base/make-sysroot'), { timeout: 580_000, maxBuffer: 64 * 1024 * 1024 });
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(project, 'include/sysroot.yml'), join(folder, 'sysroot.yml'));
    // Not rename: the project may be on another file system.
    await run('mv', [join(project, 'base/sysroot.tar'), join(folder, 'sysroot.tar.new')]);
    renameSync(join(folder, 'sysroot.tar.new'), join(folder, 'sysroot.tar'));
  }
  copyFileSync(join(folder, 'sysroot.yml'), join(project, 'include/sysroot.yml'));
  writeFileSync(join(project, 'include/sysroot-place.yml'), `aliases:\n  sysroot: file://${folder}/\n`);
  return join(folder, 'sysroot.tar');
}

/** The paths in a tar file, without the slash at the end of folders. */
export async function listTar(file: string): Promise<string[]> {
  const { stdout } = await run('tar', ['-tf', file], { maxBuffer: 64 * 1024 * 1024 });
  return stdout
    .split('\n')
    .map((path) => path.replace(/^\.\//, '').replace(/\/$/, ''))
    .filter((path) => path !== '')
    .sort();
}
