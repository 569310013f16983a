import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertSample, makeRepositories } from '../support/bootable.js';
import { BuildStream, describeBuildStream } from '../support/buildstream.js';
import { makeSysroot } from '../support/sysroot.js';
import { boot, guestKernel } from './guest.js';

const run = promisify(execFile);

/** What the guest sees when it looks at the system that it has booted, but for its mounts. */
const seen = [
  'hostname: bread',
  'integration: ran as 0 in /',
  '.: drwxr-xr-x 0 0 0,0',
  'tmp: drwxrwxrwt 0 0 0,0',
  'etc/shadow: -rw------- 0 0 0,0',
  'etc/motd: -rw-r----- 0 0 0,0',
  'usr/bin/who-runs-me: -rwsr-xr-x 0 0 0,0',
  'dev/console: crw--w---- 0 5 5,1',
  'home/user: drwxr-x--- 1000 100 0,0',
  'home/user/notes: -rw------- 1000 100 0,0',
  'home/user/link: lrwxrwxrwx 1000 100 0,0',
  'notes: Notes of bread',
  'motd: Welcome to bread',
  'link: notes',
];

/** The deployments of the sample's cluster, and what a person can make of one by its variables. */
const products = {
  disk: 'guest.img',
  hybrid: 'guest.img',
  archive: 'guest.tar',
  'disk/initramfs': 'initramfs.gz',
} as const;
type Deployment = keyof typeof products;
const deployments = Object.keys(products) as Deployment[];
const variants: Record<string, Record<string, string>> = {
  hybrid: {
    'disk-size': "'0'",
    'swap-size': '4M',
    bootloader: 'syslinux+systemd-boot',
    'partition-table': 'gpt',
  },
  'too-small': { 'disk-size': '68M', 'when-too-small': 'fail' },
  'no-kernel': { 'kernel-path': 'boot/bzImage' },
};

const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-deployment-'));
const repositories = join(folder, 'repositories');
let kernel: string;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  kernel = (await makeRepositories(repositories, await guestKernel())).get('linux')!;
});

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The hashes of what each version of BuildStream has made. */
const hashes = new Map<1 | 2, Record<string, string>>();

describe.each([1, 2] as const)('version %i', (version) => {
  describeBuildStream(version, 'deployments', (bst) => {
    const project = join(folder, `project${version}`);
    const at = (name: Deployment) => join(folder, `${version}-${name.replace('/', '-')}`);
    const product = (name: Deployment) => join(at(name), products[name]);
    const build = async (by: BuildStream, to: (name: Deployment) => string) => {
      await by.build(project, ...deployments.map((name) => `clusters/guest/${name}.bst`));
      for (const name of deployments) await by.checkout(project, `clusters/guest/${name}.bst`, to(name));
    };

    beforeAll(async () => {
      await convertSample(repositories, project, version, '--ref', `linux=${kernel}`);
      await makeSysroot(project);
      await makeSysroot(project, 'deployment-tools');
      const element = (name: string) => join(project, `elements/clusters/guest/${name}.bst`);
      const disk = readFileSync(element('disk'), 'utf8');
      for (const [name, variables] of Object.entries(variants)) {
        const lines = Object.entries(variables).map(([key, value]) => `  ${key}: ${value}\n`);
        const text = 'disk-size' in variables ? disk.replace('  disk-size: 256M\n', '') : disk;
        writeFileSync(element(name), text.replace('variables:\n', `variables:\n${lines.join('')}`));
      }
      await build(bst, at);
      const made: Record<string, string> = {};
      for (const name of deployments) made[name] = await sha256(product(name));
      hashes.set(version, made);
    });
    afterAll(() => bst.remove());

    test.each([
      ['disk', 'BIOS', '/boot vfat / ext4 '],
      ['hybrid', 'BIOS', '/boot vfat / ext4 none swap '],
      ['hybrid', 'UEFI', '/boot vfat / ext4 none swap '],
    ] as const)(
      '%s boots by %s, to a system with its modes, owners and devices',
      async (name, by, mounts) => {
        const output = await boot(product(name), by);
        const said = output.slice(output.indexOf('hostname: ')).split('\n');
        const marker = 'THE GUEST IS WELL';
        expect(output).toContain(marker);
        expect(output).toContain('this is the initramfs');
        expect(said.slice(0, said.indexOf(marker))).toEqual([...seen, `mounts: ${mounts}`]);
      },
    );

    test('a tar file has the modes, owners and devices', async () => {
      const { stdout } = await run('tar', ['--numeric-owner', '-tvf', product('archive')]);
      const entries = stdout.split('\n').map((line) => line.replace(/ +\S+ \S+ \S+ \.\//, ' '));
      expect(entries).toEqual(
        expect.arrayContaining([
          '-rwsr-xr-x 0/0 usr/bin/who-runs-me',
          '-rw------- 0/0 etc/shadow',
          'drwxr-x--- 1000/100 home/user/',
          '-rw------- 1000/100 home/user/notes',
          'lrwxrwxrwx 1000/100 home/user/link -> notes',
          'drwxrwxrwt 0/0 tmp/',
        ]),
      );
      expect(stdout).toMatch(/^crw--w---- 0\/5 +5,1 .* \.\/dev\/console$/m);
      const read = await run('tar', ['-xOf', product('archive'), './etc/hostname', './home/user/notes']);
      // Jinja2, which made the second one, leaves out the last line break.
      expect(read.stdout).toBe('butter\nNotes of butter');
    });

    test('a disk is as big as it is asked to be, or as it needs to be', () => {
      expect(statSync(product('disk')).size).toBe(256 * 1024 * 1024);
      expect(statSync(product('hybrid')).size).not.toBe(256 * 1024 * 1024);
    });

    // Once is enough: what version 2 makes, with a cache of its own, has to be the same again.
    test.runIf(version === 1)('two builds give the same bytes', async () => {
      const second = new BuildStream(version, bst.command);
      const again = (name: Deployment) => `${at(name)}-again`;
      try {
        await build(second, again);
        const made: Record<string, string> = {};
        for (const name of deployments) made[name] = await sha256(join(again(name), products[name]));
        expect(made).toEqual(hashes.get(version));
      } finally {
        second.remove();
      }
    });

    test.each([
      [
        'too-small',
        /what a disk of 68M leaves for \/ has \d\.\dM, but its files need about \d+M, and may not grow/,
      ],
      ['no-kernel', /the system has no boot\/bzImage, which kernel-path names/],
    ])('%s fails with one clear message', async (name, message) => {
      const failure = bst.run(project, 'build', `clusters/guest/${name}.bst`);
      await expect(failure).rejects.toThrow(message);
    });
  });
});

test('both versions give the same bytes', () => {
  if (hashes.size === 2) expect(hashes.get(2)).toEqual(hashes.get(1));
});
