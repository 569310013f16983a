import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './guides.js';
import { makeSysroot } from './sysroot.js';

const run = promisify(execFile);

/**
 * Puts into a folder the root file systems that `base/make-sysroot` makes, and what it writes to `include/` of a
 * project: which they are and where they lie. With these files a project has the same base, as if a colleague had made
 * it.
 */
export async function offerBase(folder: string): Promise<void> {
  const project = mkdtempSync(join(tmpdir(), 'baserock2bst-base-'));
  try {
    const command = join(root, 'bin/baserock2bst.js');
    const definitions = join(root, 'samples/hand-work/definitions');
    await run('node', [command, 'convert', definitions, project, '--quiet']);
    mkdirSync(folder, { recursive: true });
    for (const name of ['sysroot', 'deployment-tools'] as const) {
      const tar = await makeSysroot(project, name);
      await run('ln', ['-f', tar, folder]).catch(() => run('cp', [tar, folder]));
      copyFileSync(join(project, `include/${name}.yml`), join(folder, `${name}.yml`));
      const place = `aliases:\n  ${name}: file://${folder}/\n`;
      writeFileSync(join(folder, `${name}-place.yml`), place);
    }
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
