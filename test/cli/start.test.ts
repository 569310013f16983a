import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-start-'));
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the command of a clone that was not built, as a version of Node. */
function start(version: string) {
  const versions = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(versions)}`, 'bin/baserock2bst.js'];
  const { status, stdout, stderr } = spawnSync('node', args, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the command refuses to start', () => {
  test.each(['18.20.8', '20.18.3'])('with Node %s, and says with which it does', (version) => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const oldest = engines.node.replace('>=', '');
    expect(start(version)).toEqual({
      status: 2,
      stdout: '',
      stderr: `error: this is Node ${version}\nhint: use Node ${oldest} or newer\n`,
    });
  });

  test.each(['20.19.0', '22.1.0'])('before it is built: Node %s would do', (version) => {
    expect(start(version).stderr).toBe(
      'error: this clone of baserock2bst is not built\nhint: run `npm ci` in it\n',
    );
  });

  // npx prepares a clone before it runs the command of it, and does not get over it if that fails.
  test('and is prepared without a failure where nothing is installed yet', () => {
    const { status, stderr } = spawnSync('npm', ['run', '--silent', 'prepare'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });
});
