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

/** Where things are kept that tests share and that come from Debian packages. */
export const kept = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'baserock2bst');

/**
 * Makes a root file system of a converted project with the project's own script, or takes the one that was made before
 * of the same packages by the same script.
 *
 * @returns the tar file.
 */
export async function makeSysroot(
  project: string,
  name: 'sysroot' | 'deployment-tools' = 'sysroot',
): Promise<string> {
  const lists = name === 'sysroot' ? ['packages', 'extra-packages'] : ['tools-packages'];
  const hash = createHash('sha256').update(name);
  const inputs = readdirSync(join(project, 'base')).sort();
  for (const input of inputs.filter((each) => each === 'make-sysroot' || lists.includes(each))) {
    hash.update(`${input}\0`).update(readFileSync(join(project, 'base', input)));
  }
  const folder = join(kept, 'sysroots', hash.digest('hex').slice(0, 16));
  const file = join(folder, `${name}.tar`);
  if (!existsSync(file)) {
    await run(join(project, 'base/make-sysroot'), [name], {
      timeout: 580_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(project, `include/${name}.yml`), join(folder, `${name}.yml`));
    // Not rename: the project may be on another file system.
    await run('mv', [join(project, `base/${name}.tar`), `${file}.new`]);
    renameSync(`${file}.new`, file);
  }
  copyFileSync(join(folder, `${name}.yml`), join(project, `include/${name}.yml`));
  writeFileSync(join(project, `include/${name}-place.yml`), `aliases:\n  ${name}: file://${folder}/\n`);
  return file;
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
