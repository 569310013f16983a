import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BuildStream, describeBuildStream } from '../support/buildstream.js';
import { marker, writeDeployments } from '../support/deployments.js';
import { boot } from '../support/guest.js';

const run = promisify(execFile);

/** What the guest's init sees. */
const seen = [
  'hostname: guest',
  'integration: ran as 0',
  '.: drwxr-xr-x 0 0 0,0',
  'bin/busybox: -rwsr-xr-x 0 0 0,0',
  'dev/console: crw------- 0 0 5,1',
  'etc/shadow: -rw------- 0 0 0,0',
  'etc/motd: -rw-r--r-- 0 0 0,0',
  'home/user: drwxr-x--- 1000 100 0,0',
  'home/user/notes: -rw------- 1000 100 0,0',
  'etc/link: lrwxrwxrwx 0 0 0,0',
  'tmp: drwxrwxrwt 0 0 0,0',
  'notes: written by 1000',
  'link: /etc/motd',
];

const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-deployment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const products = {
  bios: 'disk.img',
  hybrid: 'disk.img',
  archive: 'system.tar',
  'bios/initramfs': 'initramfs.gz',
} as const;
type Deployment = keyof typeof products;
const deployments = Object.keys(products) as Deployment[];
const hashes: Partial<Record<Deployment, string>>[] = [];

describe.each([1, 2] as const)('version %i', (version) => {
  describeBuildStream(version, 'deployments', (bst) => {
    let project: string;
    const at = (name: Deployment) => join(folder, `${version}-${name.replace('/', '-')}`);
    const product = (name: Deployment) => join(at(name), products[name]);
    const build = async (by: BuildStream, to: (name: Deployment) => string) => {
      await by.build(project, ...deployments.map((name) => `clusters/test/${name}.bst`));
      for (const name of deployments) await by.checkout(project, `clusters/test/${name}.bst`, to(name));
    };

    beforeAll(async () => {
      project = await writeDeployments(bst, version);
      await build(bst, at);
    });
    afterAll(() => bst.remove());

    test.each([
      ['bios', 'BIOS', 2],
      ['hybrid', 'BIOS', 3],
      ['hybrid', 'UEFI', 3],
    ] as const)('%s boots by %s, to a system with its modes, owners and devices', async (name, by, lines) => {
      const output = await boot(product(name), by);
      const said = output.slice(output.indexOf('hostname: ')).split('\n');
      expect(output).toContain(marker);
      expect(said.slice(0, said.indexOf(marker))).toEqual([...seen, `fstab: ${lines}`]);
      if (name === 'bios') expect(output).toContain('initramfs: crw--w---- 5,0');
    });

    test('a tar file has the modes, owners and devices', async () => {
      const { stdout } = await run('tar', ['--numeric-owner', '-tvf', product('archive')]);
      const entries = stdout.split('\n').map((line) => line.replace(/ +\S+ \S+ \S+ \.\//, ' '));
      expect(entries).toEqual(
        expect.arrayContaining([
          '-rwsr-xr-x 0/0 bin/busybox',
          '-rw------- 0/0 etc/shadow',
          'drwxr-x--- 1000/100 home/user/',
          '-rw------- 1000/100 home/user/notes',
          'lrwxrwxrwx 0/0 etc/link -> /etc/motd',
          'drwxrwxrwt 0/0 tmp/',
        ]),
      );
      expect(stdout).toMatch(/^crw------- 0\/0 +5,1 .* \.\/dev\/console$/m);
    });

    test('a disk is as big as it is asked to be', async () => {
      const { stdout } = await run('stat', ['-c', '%s', product('hybrid')]);
      expect(Number(stdout)).toBe(200 * 1024 * 1024);
    });

    test('two builds give the same bytes', async () => {
      const second = new BuildStream(version, bst.command);
      const again = (name: Deployment) => `${at(name)}-again`;
      try {
        await build(second, again);
        const first = await Promise.all(deployments.map((name) => sha256(product(name))));
        const other = deployments.map((name) => sha256(join(again(name), products[name])));
        expect(await Promise.all(other)).toEqual(first);
        hashes.push(Object.fromEntries(deployments.map((name, index) => [name, first[index]!])));
      } finally {
        second.remove();
      }
    });

    test.each([
      [
        'too-small',
        /what a disk of 66M leaves for \/ has 1\.0M, but its files need about \d+M, and may not grow/,
      ],
      ['no-kernel', /the system has no boot\/bzImage, which kernel-path names/],
    ])('%s fails with one clear message', async (name, message) => {
      const failure = bst.run(project, 'build', `clusters/test/${name}.bst`);
      await expect(failure).rejects.toThrow(message);
    });
  });
});

test('both versions give the same bytes', () => {
  if (hashes.length === 2) expect(hashes[1]).toEqual(hashes[0]);
});
