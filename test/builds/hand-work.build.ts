import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertTree } from '../support/bootable.js';
import { describeBuildStream } from '../support/buildstream.js';
import { makeSysroot } from '../support/sysroot.js';
import { applyEdit, handWork, isOfProject, sampleEdits, workedExamples } from '../support/worked-examples.js';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-hand-work-'));
const repositories = join(folder, 'repositories');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  await run(join(handWork, 'make-repositories'), [repositories]);
});

/** What fails to build as it was found, by MIGRATION.md. The rest builds, and comes out wrong. */
const failing = ['about', 'console', 'mailer', 'plugins', 'speller', 'sshd'];

/** What MIGRATION.md quotes of the log of a build. */
function logged(title: string): readonly string[] {
  const lines = workedExamples().find((each) => each.title === title)?.logged ?? [];
  expect(lines.length).toBeGreaterThan(1);
  return lines;
}

/** What MIGRATION.md says of the files in the tar, by path: mode and owner. */
function shownInTar(): [string, string][] {
  const guide = readFileSync(new URL('../../MIGRATION.md', import.meta.url), 'utf8');
  return [...guide.matchAll(/^([-a-z]{10} \d+\/\d+) .* \.\/([\w./]+?)\/?$/gm)].map(([, mode, path]) => [
    path!,
    mode!,
  ]);
}

describe.each([1, 2] as const)('version %i', (version) => {
  describeBuildStream(version, 'hand work', (bst) => {
    const found = join(folder, `found${version}`);
    const edited = join(folder, `edited${version}`);
    afterAll(() => bst.remove());

    test('what was found fails where the guide says so', async () => {
      const definitions = join(handWork, 'definitions');
      await convertTree(definitions, repositories, found, version);
      const state = await bst.run(
        found,
        'show',
        '--deps',
        'none',
        '--format',
        '%{state}',
        'strata/hand/nightly.bst',
      );
      expect(state.trim()).toBe('no reference');
      await convertTree(definitions, repositories, found, version, '--resolve-refs');
      await makeSysroot(found);
      const said = await bst.tryToBuild(found, 'strata/hand.bst');
      const failed = [...said.matchAll(/FAILURE (?:\[\w+\] )?strata\/hand\/([\w-]+)\.bst/g)].map(
        ([, name]) => name!,
      );
      expect([...new Set(failed)].sort()).toEqual(failing);
      for (const line of logged('Parallel `make install`')) expect(said).toContain(line);
    });

    test('what was found overlaps as the guide says', async () => {
      const staged = ['base/minimal', 'strata/hand/defaults', 'strata/hand/branding', 'strata/hand/rescue'];
      const element = `kind: compose\nbuild-depends:\n${staged.map((name) => `- ${name}.bst\n`).join('')}`;
      writeFileSync(join(found, 'elements/overlaps.bst'), `${element}config:\n  integrate: false\n`);
      const said = await bst.tryToBuild(found, 'overlaps.bst');
      const quoted = [...logged('Overlapping files'), ...logged('`/bin` and merged /usr')];
      // The older version says the same in other words.
      const isSaid = (line: string) => version === 2 || /^(\/etc\/motd|From|\/sbin)/.test(line);
      for (const line of quoted.filter(isSaid)) expect(said).toContain(line);
      const root = join(folder, `overlaps${version}`);
      await bst.checkout(found, 'overlaps.bst', root);
      expect(readFileSync(join(root, 'etc/motd'), 'utf8')).toBe('Welcome.\n');
      expect(existsSync(join(root, 'usr/sbin/rescue'))).toBe(true);
      expect(existsSync(join(root, 'sbin/rescue'))).toBe(false);
    });

    if (version === 2) {
      test('where others may build, an architecture asks for a machine of its own', async () => {
        const project = join(folder, 'remote');
        const options = ['--resolve-refs', '--remote-execution', 'http://localhost:1'];
        await convertTree(join(handWork, 'definitions'), repositories, project, version, ...options);
        await makeSysroot(project);
        const build = bst.run(project, '--option', 'arch', 'armv8l64', 'build', 'strata/hand/su.bst');
        await expect(build).rejects.toThrow(/ISA 'aarch64' is not supported/);
      });
    }

    test('a folder is staged over a link, or not, as the guide says', async () => {
      const element = (name: string) => ({
        content: `kind: import\nsources:\n- kind: local\n  path: files/${name}\n`,
      });
      const least = version === 1 ? 'format-version: 12' : "min-version: '2.0'";
      const project = bst.write(
        'links',
        new Map([
          ['project.conf', { content: `name: links\n${least}\nelement-path: elements\n` }],
          ['elements/base.bst', element('merged')],
          ['elements/chunk.bst', element('chunk')],
          ['elements/both.bst', { content: 'kind: compose\nbuild-depends:\n- base.bst\n- chunk.bst\n' }],
          ['files/merged/usr/bin/su', { content: '' }],
          ['files/chunk/bin/chunk', { content: '' }],
        ]),
      );
      symlinkSync('usr/bin', join(project, 'files/merged/bin'));
      const said = await bst.tryToBuild(project, 'both.bst');
      if (version === 2) expect(said).toContain('Destination is a symlink, not a directory: /bin');
      else {
        const root = join(folder, 'links');
        await bst.checkout(project, 'both.bst', root);
        expect(readdirSync(join(root, 'usr/bin')).sort()).toEqual(['chunk', 'su']);
      }
    });

    test('what was edited builds, and is what the guide says', async () => {
      const work = join(folder, `work${version}`);
      cpSync(join(handWork, 'definitions'), join(work, 'definitions'), { recursive: true });
      const edits = [...sampleEdits().values()];
      for (const edit of edits.filter((each) => !isOfProject(each))) applyEdit(work, edit);
      await convertTree(join(work, 'definitions'), repositories, join(work, 'project'), version);
      for (const edit of edits.filter(isOfProject)) applyEdit(work, edit);
      cpSync(join(work, 'project'), edited, { recursive: true });
      await makeSysroot(edited);
      await makeSysroot(edited, 'deployment-tools');
      await bst.build(edited, 'strata/hand.bst', 'clusters/hand/archive.bst');

      const out = join(folder, `out${version}`);
      await bst.checkout(edited, 'clusters/hand/archive.bst', out);
      const [tar] = readdirSync(out).filter((name) => name.endsWith('.tar'));
      const { stdout } = await run('tar', ['-tvf', join(out, tar!)], { maxBuffer: 64 * 1024 * 1024 });
      const listed = new Map(
        stdout.split('\n').map((line) => {
          const [mode, owner, , , , path = ''] = line.split(/\s+/);
          return [path.replace(/^\.\/|\/$/g, ''), `${mode} ${owner}`];
        }),
      );
      const shown = shownInTar();
      expect(shown.length).toBeGreaterThan(3);
      expect(shown.map(([path]) => [path, listed.get(path)])).toEqual(shown);

      const read = async (path: string) => (await run('tar', ['-xOf', join(out, tar!), `./${path}`])).stdout;
      expect(await read('etc/motd')).toBe('Welcome to the machine of our own brand.\n');
      expect(await read('usr/share/icons/cache')).toBe('cache\ndefault\nthemed\n');
      expect(await read('etc/passwd')).toMatch(/^mail:x:8:8:(.*\n)+user:x:1000:1000:/m);
      expect(await read('usr/lib/sysusers.d/sshd.conf')).toBe('u sshd - - /var/lib/sshd\n');
      expect(await read('usr/lib/tmpfiles.d/mailer.conf')).toBe('d /var/spool/mail 0770 mail mail -\n');
      expect(await read('usr/share/about/version')).toBe('1.2-baserock\n');
      expect(await read('usr/share/words.txt')).toContain('pear\n');
      expect(await read('etc/site.pem')).toContain('certificate');
      const files = ['usr/lib/plugins/plugin', 'usr/sbin/rescue', 'usr/bin/plain', 'usr/bin/nightly'];
      expect(files.filter((path) => !listed.has(path))).toEqual([]);
    });
  });
});
