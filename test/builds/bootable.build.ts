import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertSample, makeRepositories, pathsBelow, runIn } from '../support/bootable.js';
import { BuildStream, describeBuildStream } from '../support/buildstream.js';
import { listTar, makeSysroot } from '../support/sysroot.js';
import { ArtifactServer } from './artifact-server.js';

/**
 * What the chunks of the systems install, by Baserock's rules; what `tools` holds was only needed to build, and does
 * not appear. Folders that the base has are left out.
 */
const installed: Record<string, string[]> = {
  libgreet: [
    'usr/include/greet.h',
    'usr/lib/libgreet.a',
    'usr/lib/libgreet.la',
    'usr/lib/libgreet.so',
    'usr/lib/libgreet.so.1',
    'usr/lib/libgreet.so.1.0.0',
  ],
  // libz.so and libz.so.1 are in the place of the base's.
  libz: ['usr/lib/libz.so.0.9'],
  'chain-a': ['usr/include/a.h'],
  'chain-b': ['usr/include/b.h'],
  'chain-c': ['usr/bin/chain'],
  hello: ['usr/bin/hello'],
  'perl-Greet': ['usr/share/perl/5.36.0/Greet.pm'],
  'python-greet': [
    'usr/lib/python3.11/site-packages',
    'usr/lib/python3.11/site-packages/greet',
    'usr/lib/python3.11/site-packages/greet-1.0-py3.11.egg-info',
    'usr/lib/python3.11/site-packages/greet/__init__.py',
    'usr/lib/python3.11/site-packages/greet/__pycache__',
    'usr/lib/python3.11/site-packages/greet/__pycache__/__init__.cpython-311.pyc',
  ],
  banner: ['usr/share/banner'],
  speller: ['usr/bin/speller', 'usr/share/speller', 'usr/share/speller/words'],
  odd: [
    'usr/share/odd',
    'usr/share/odd/data.txt',
    'usr/share/odd/environment',
    'usr/share/odd/quotes',
    'usr/share/odd/template',
  ],
};

/** What integration makes: ldconfig, and the integration commands of the chunks. */
const integrated = [
  'etc/greeting',
  'etc/integration.log',
  'etc/ld.so.cache',
  'etc/motd',
  'var/cache/ldconfig',
  'var/cache/ldconfig/aux-cache',
];

const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-build-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  await makeRepositories(join(folder, 'repositories'));
});

describe.each([1, 2] as const)('version %i', (version) => {
  describeBuildStream(version, 'the bootable sample', (bst) => {
    const project = join(folder, `project${version}`);
    const full = join(folder, `full${version}`);
    const minimal = join(folder, `minimal${version}`);
    let base: string[];
    let server: ArtifactServer | undefined;

    beforeAll(async () => {
      server = await ArtifactServer.start(version, bst.command, join(folder, `server${version}`));
      await convertSample(join(folder, 'repositories'), project, version, '--artifact-cache', server.url);
      base = await listTar(await makeSysroot(project));
    });
    afterAll(async () => {
      await server?.stop();
      bst.remove();
    });

    test('builds systems end to end', async () => {
      const queues = await bst.build(project, 'systems/full-system.bst', 'systems/minimal-system.bst');
      expect(queues.Build!.done).toBeGreaterThan(20);
      await bst.checkout(project, 'systems/full-system.bst', full);
      await bst.checkout(project, 'systems/minimal-system.bst', minimal);
    });

    test('a system holds exactly the files of its strata', () => {
      const wanted = new Set([...base, ...Object.values(installed).flat(), ...integrated]);
      const found = new Set(pathsBelow(full));
      expect([...found].filter((path) => !wanted.has(path))).toEqual([]);
      expect([...wanted].filter((path) => !found.has(path))).toEqual([]);
    });

    test('a system that selects a part of the base holds that part', () => {
      const paths = pathsBelow(minimal);
      const own = [...Object.values(installed).flat(), ...integrated];
      expect(own.filter((path) => !paths.includes(path))).toEqual([]);
      const ofBase = paths.filter((path) => !own.includes(path));
      const whole = new Set(base);
      expect(ofBase.filter((path) => !whole.has(path))).toEqual([]);
      expect(ofBase).toEqual(
        expect.arrayContaining(['bin/busybox', 'bin/sh', 'lib/libc.so.6', 'etc/passwd']),
      );
      const tools = /^usr\/(include\/stdio\.h|lib\/gcc|lib\/.*\.a|bin\/(gcc|ld|make|gawk))$/;
      expect(ofBase.filter((path) => tools.test(path))).toEqual([]);
    });

    test('its programs run, and use the libraries of the definitions', async () => {
      for (const root of [full, minimal]) {
        // The base's own libz has no zlibOrigin: with it the program would neither link nor run.
        const greeting = 'hello from a patched library, with zlib 0.9 of the definitions\n';
        expect(await runIn(root, 'hello')).toBe(greeting);
        expect(await runIn(root, 'chain; speller pear; speller PEAR')).toBe('a ab\nyes: pear\nno: PEAR\n');
      }
      expect(await runIn(full, "perl -MGreet -e 'print Greet::greeting()'")).toBe('hello from perl');
      const python =
        'PYTHONPATH=/usr/lib/python3.11/site-packages python3 -c "import greet; print(greet.greeting())"';
      expect(await runIn(full, python)).toBe('hello from python\n');
    });

    test('the integration commands have run, once and in their order', () => {
      for (const root of [full, minimal]) {
        const read = (path: string) => readFileSync(join(root, path), 'utf8');
        expect(read('etc/greeting')).toBe('hello from a patched library, with zlib 0.9 of the definitions\n');
        expect(read('etc/motd')).toBe('*** made by a tool that is not here ***\n');
        expect(read('etc/integration.log')).toBe('ran as 0 in /\nchecked\n');
      }
    });

    test('commands meant what they said', () => {
      const read = (name: string) => readFileSync(join(full, 'usr/share/odd', name), 'utf8');
      expect(read('environment')).toBe('x86_64 x86_64-baserock-linux-gnu /usr tomjon /tmp C\n');
      expect(read('quotes')).toBe('it\'s\na  "b"   3\ntab:\t:\nfolded over lines\n');
      expect(read('template')).toBe(
        "# %{prefix} is 100% literal, and so is $PREFIX\nname=%{name}; format='%{http_code}\\n'\n",
      );
    });

    test('programs are stripped, as DEFAULTS says and not in the way of BuildStream', async () => {
      const sections = await runIn(full, 'readelf -S -W /usr/bin/hello');
      expect(sections).toContain('.dynsym');
      expect(sections).toContain('.comment'); // BuildStream 1 removes it
      expect(sections).not.toContain('.symtab');
      // A manual chunk is not stripped.
      expect(await runIn(full, 'readelf -S -W /usr/bin/chain')).toContain('.symtab');
    });

    test('a server of artifacts saves a second machine the building', async () => {
      const pushing = [`- url: ${server!.url}`, '  push: true'];
      const lines = version === 1 ? pushing : ['  servers:', ...pushing.map((line) => `  ${line}`)];
      bst.configure(['artifacts:', ...lines, ''].join('\n'));
      const push = version === 1 ? ['push'] : ['artifact', 'push'];
      await bst.run(project, ...push, '--deps', 'all', 'systems/full-system.bst');
      const second = new BuildStream(version, bst.command);
      try {
        const queues = await second.build(project, 'systems/full-system.bst');
        expect(queues.Build!.done).toBe(0);
        expect(queues.Pull!.done).toBeGreaterThan(0);
        const pulled = join(folder, `pulled${version}`);
        await second.checkout(project, 'systems/full-system.bst', pulled);
        expect(pathsBelow(pulled)).toEqual(pathsBelow(full));
      } finally {
        second.remove();
      }
    });

    test('a chunk cannot use a sibling that it does not declare', async () => {
      const build = bst.run(project, 'build', 'strata/undeclared/chain-c.bst');
      await expect(build).rejects.toThrow(/a\.h: No such file or directory/);
    });
  });
});
