import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keep, keyOf } from '../../src/cli/kept-conversions.js';
import { contents, snapshot, temporaryFolder } from '../project/write/support.js';
import { runCommand, runCommandOn } from '../support/command.js';
import { corpusFolder, describeCorpus } from '../support/corpus.js';
import { tries } from '../support/effort.js';

const samples = new URL('../../samples/definitions', import.meta.url).pathname;

let folder: string;
let definitions: string;
let out: string;
let kept: string;

beforeEach(() => {
  folder = temporaryFolder(true);
  definitions = join(folder, 'definitions');
  out = join(folder, 'out');
  kept = join(folder, 'cache');
  cpSync(samples, definitions, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const entries = () => readdirSync(kept).sort();
const at = (path: string) => join(definitions, path);

/** Converts with the cache, and says by what came to it whether something was taken out of it. */
async function convert(args: readonly string[] = [], build = 'one') {
  const isThere = lstatSync(kept, { throwIfNoEntry: false }) !== undefined;
  const before = isThere ? entries() : [];
  const options = { cache: { folder: kept, build } };
  const ended = await runCommandOn(options, 'convert', definitions, out, '--verbose', ...args);
  const stderr = ended.stderr.replace(/^[^:\n]*: \d+\.\d\d s\n/gm, '');
  const isKept = (lstatSync(kept, { throwIfNoEntry: false }) ? entries() : []).join() !== before.join();
  const isConverted = /^converting: /m.test(ended.stderr);
  return { ...ended, stderr, how: isConverted ? (isKept ? 'kept' : 'converted') : 'recalled' };
}

/** What converting gives that knows of no cache. */
async function anew(args: readonly string[] = []) {
  const ended = await runCommand('convert', definitions, out, '--verbose', ...args);
  return { ...ended, stderr: ended.stderr.replace(/^[^:\n]*: \d+\.\d\d s\n/gm, '') };
}

const clear = () => rmSync(out, { recursive: true, force: true });

describe('the same definitions once more', () => {
  it.each([[[]], [['--buildstream', '1', '--base', 'bootstrap', '--json']]])('%j', async (args) => {
    const first = await convert(args);
    const project = snapshot(out);
    clear();
    const second = await convert(args);
    expect([first.how, second.how]).toEqual(['kept', 'recalled']);
    expect({ ...second, how: '' }).toEqual({ ...first, how: '' });
    expect(snapshot(out)).toEqual(project);
    const third = await convert(args);
    expect(third.how).toBe('recalled');
    expect(snapshot(out)).toEqual(project);
  });

  it('give what diff shows, too', async () => {
    await convert();
    writeFileSync(join(out, 'project.conf'), 'mine\n');
    const options = { cache: { folder: kept, build: 'one' } };
    const cached = await runCommandOn(options, 'diff', definitions, out, '--force');
    expect(cached).toEqual(await runCommand('diff', definitions, out, '--force'));
    expect(cached.code).toBe(1);
    expect(entries()).toHaveLength(1);
  });

  it('leave what a person changed as it is', async () => {
    await convert();
    writeFileSync(join(out, 'elements/mine.bst'), 'kind: stack\n');
    const file = join(out, 'elements/strata/core/bash.bst');
    const text = `${readFileSync(file, 'utf8')}# mine\n`;
    writeFileSync(file, text);
    const again = await convert();
    expect(again.how).toBe('recalled');
    expect(again.stderr).toContain('elements/strata/core/bash.bst stays as it was changed by hand');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('from another folder are the same', async () => {
    await convert(['--name', 'x']);
    const other = join(folder, 'other');
    cpSync(definitions, other, { recursive: true });
    definitions = other;
    expect((await convert(['--name', 'x'])).how).toBe('recalled');
  });
});

describe('is converted anew', () => {
  const changes: Record<string, () => void> = {
    'a definition changes': () => writeFileSync(at('VERSION'), 'version: 7\n'),
    'a definition changes by white space': () => writeFileSync(at('VERSION'), 'version: 8\n\n'),
    'a definition is there in addition': () =>
      writeFileSync(at('strata/new.morph'), 'name: new\nkind: chunk\n'),
    'a definition is gone': () => rmSync(at('strata/core/perl.morph')),
    'a definition has another name': () => cpSync(at('strata/tools.morph'), at('strata/tools2.morph')),
    'a definition cannot be read': () => {
      rmSync(at('strata/core/perl.morph'));
      mkdirSync(at('strata/core/perl.morph'));
    },
    'a file changes that a deployment names': () =>
      writeFileSync(at('install-files/pocket/etc/motd'), 'Hi\n'),
    'a manifest changes that a deployment names': () =>
      writeFileSync(at('install-files/pocket/manifest'), '0040755 0 0 /etc\n'),
    'a file is gone that a deployment names': () => rmSync(at('install-files/pocket/etc/motd')),
    'a file is a link that a deployment names': () => {
      rmSync(at('install-files/pocket/etc/motd'));
      symlinkSync('../manifest', at('install-files/pocket/etc/motd'));
    },
    'a file can be run that a deployment names': () => chmodSync(at('install-files/pocket/etc/motd'), 0o755),
    'a script of an extension is there, which was not': () => {
      mkdirSync(at('extensions'));
      writeFileSync(at('extensions/set-hostname.configure'), '#!/bin/sh\ntrue\n');
    },
  };
  it.each(Object.keys(changes))('if %s', async (name) => {
    await convert();
    expect((await convert()).how).toBe('recalled');
    changes[name]!();
    clear();
    const { how, ...cached } = await convert();
    const project = snapshot(out);
    clear();
    expect(how).not.toBe('recalled');
    expect(cached).toEqual(await anew());
    expect(snapshot(out)).toEqual(project);
  });

  it.each([
    [['--buildstream', '1']],
    [['--alias', 'upstream=https://mirror.example/']],
    [['--system', 'systems/pocket-system-x86_64.morph']],
    [['--set', 'image.HOSTNAME=other']],
    [['--ref', 'bash=0123456789012345678901234567890123456789']],
    [['--keep-going']],
    [['--manifest']],
    [['--name', 'other']],
    [['--base-extra', 'bc']],
  ])('with %j', async (args) => {
    await convert();
    expect((await convert(args)).how).toBe('kept');
    expect((await convert(args)).how).toBe('recalled');
    expect((await convert()).how).toBe('recalled');
  });

  it('by another build of the tool, and on another machine', async () => {
    await convert();
    expect((await convert([], 'two')).how).toBe('kept');
    const options = { machine: 'arm64', cache: { folder: kept, build: 'one' } };
    await runCommandOn(options, 'convert', definitions, out);
    expect(entries()).toHaveLength(3);
  });

  it('with a base of the person’s own that changed', async () => {
    const base = join(folder, 'base');
    mkdirSync(join(base, 'elements'), { recursive: true });
    writeFileSync(join(base, 'elements/base.bst'), 'kind: stack\n');
    await convert(['--base', base]);
    expect((await convert(['--base', base])).how).toBe('recalled');
    writeFileSync(join(base, 'elements/base.bst'), 'kind: stack\ndescription: mine\n');
    expect((await convert(['--base', base])).how).toBe('kept');
    expect(readFileSync(join(out, 'elements/base.bst'), 'utf8')).toContain('mine');
  });

  it('with --no-cache, with rules, and with what repositories say, of which nothing is kept', async () => {
    const config = join(folder, 'own.config.js');
    writeFileSync(
      config,
      'export default { rules: [{ chunk: (standard) => (...given) => standard(...given) }] };\n',
    );
    const mirrors = join(folder, 'mirrors');
    mkdirSync(mirrors);
    for (const args of [['--no-cache'], ['--config', config], ['--sources', mirrors]]) {
      expect((await convert(args)).how).toBe('converted');
    }
    expect(lstatSync(kept, { throwIfNoEntry: false })).toBeUndefined();
    await convert();
    expect((await convert(['--no-cache'])).how).toBe('converted');
  });

  it('with rules that are methods of a class', async () => {
    const config = join(folder, 'class.config.js');
    writeFileSync(
      config,
      'class Site { chunk(standard) { return standard; } }\nexport default { rules: [new Site()] };\n',
    );
    expect((await convert(['--config', config])).how).toBe('converted');
  });

  it('where texts and options only look the same', () => {
    const key = (files: [string, string][], variables: Record<string, unknown> = {}) =>
      keyOf('one', { deployments: { image: variables } }, 2, {
        root: '/',
        files: new Map(files),
        broken: [],
        diagnostics: [],
      });
    expect(key([['a', '1\0b\x002']])).not.toBe(
      key([
        ['a', '1'],
        ['b', '2'],
      ]),
    );
    expect(
      key([
        ['a', '1'],
        ['b', '2'],
      ]),
    ).toBe(
      key([
        ['b', '2'],
        ['a', '1'],
      ]),
    );
    const bytes = new Uint8Array([1, 2]);
    const keys = [
      bytes,
      { 0: 1, 1: 2 },
      { bytes: 'AQI=' },
      'AQI=',
      Buffer.from('x'),
      { type: 'Buffer', data: [120] },
    ];
    expect(new Set(keys.map((value) => key([], { X: value }))).size).toBe(keys.length);
  });

  it('for a report, which needs all that the project was made of', async () => {
    await convert();
    expect((await convert(['--report', join(folder, 'report')])).how).toBe('converted');
  });

  it('where an entry is damaged', async () => {
    await convert();
    const [name] = entries();
    const whole = readFileSync(join(kept, name!));
    for (const damaged of [
      whole.subarray(0, whole.length / 2),
      Buffer.alloc(whole.length),
      Buffer.from('{}'),
    ]) {
      writeFileSync(join(kept, name!), damaged);
      clear();
      const { stderr, code } = await convert();
      expect(readFileSync(join(kept, name!))).toEqual(whole);
      clear();
      expect({ stderr, code }).toMatchObject({ stderr: (await anew()).stderr, code });
    }
  });

  it('where definitions cannot be converted, of which nothing is kept', async () => {
    writeFileSync(at('strata/core.morph'), 'name: core\n\tkind: stratum\n');
    const { code, stderr } = await convert();
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: (await anew()).stderr });
    expect(lstatSync(kept, { throwIfNoEntry: false })).toBeUndefined();
    rmSync(definitions, { recursive: true });
    expect((await convert()).stderr).toBe((await anew()).stderr);
  });
});

describe('the folder', () => {
  it('has the ten entries that were used last', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    for (const [age, name] of [...names.entries()].reverse()) {
      const before = age === names.length - 1 ? [] : entries();
      await convert(['--name', name]);
      const past = Date.now() / 1000 - 1000 * (age + 1);
      for (const entry of entries().filter((each) => !before.includes(each))) {
        utimesSync(join(kept, entry), past, past);
      }
    }
    expect((await convert(['--name', 'j'])).how).toBe('recalled');
    expect((await convert(['--name', 'last'])).how).toBe('kept');
    expect(entries()).toHaveLength(10);
    expect((await convert(['--name', 'j'])).how).toBe('recalled');
    expect((await convert(['--name', 'i'])).how).toBe('kept');
  });

  it('loses nothing that is not the cache’s', async () => {
    mkdirSync(join(kept, 'folder'), { recursive: true });
    const names = Array.from({ length: 15 }, (_, index) => `letter${index}.json`);
    for (const name of [...names, 'folder']) {
      if (name !== 'folder') writeFileSync(join(kept, name), 'mine');
      utimesSync(join(kept, name), 1000, 1000);
    }
    for (let index = 0; index < 12; index++) await convert(['--name', `n${index}`]);
    expect(entries()).toEqual(expect.arrayContaining([...names, 'folder']));
    expect(entries()).toHaveLength(names.length + 1 + 10);
  });

  it('has no project that would need very much of it', () => {
    const place = { folder: kept, build: 'one' };
    const of = (length: number) => ({
      elements: 1,
      diagnostics: [],
      files: new Map([['a', { content: 'x'.repeat(length) }]]),
    });
    keep(place, 'large', of(20_000_001), new Map());
    expect(lstatSync(kept, { throwIfNoEntry: false })).toBeUndefined();
    keep(place, 'small', of(1000), new Map());
    expect(entries()).toEqual(['small.json']);
  });

  it('is the user’s alone', async () => {
    await convert();
    expect(statSync(kept).mode & 0o777).toBe(0o700);
    expect(statSync(join(kept, entries()[0]!)).mode & 0o777).toBe(0o600);
  });

  it('that cannot be made, or written to, is no reason to stop', async () => {
    writeFileSync(kept, 'a file');
    const options = { cache: { folder: kept, build: 'one' } };
    const { stderr, code } = await runCommandOn(options, 'convert', definitions, out);
    clear();
    expect({ stderr, code }).toMatchObject({
      stderr: (await runCommand('convert', definitions, out)).stderr,
    });
    expect(readFileSync(kept, 'utf8')).toBe('a file');
    kept = '/proc/caches/of/mine';
    clear();
    expect((await convert()).stderr).toContain('converted to');
  });

  it('is used by the command that is installed', () => {
    const bin = new URL('../../bin/baserock2bst.js', import.meta.url).pathname;
    const env = { ...process.env, BASEROCK2BST_CACHE: kept };
    const run = () => {
      execFileSync(process.execPath, [bin, 'convert', definitions, out, '--quiet'], { env });
      return snapshot(out);
    };
    const kinds = () =>
      entries()
        .map((name) => name.replace(/^.*\./, ''))
        .sort();
    const first = run();
    expect(kinds()).toEqual(['json', 'program']);
    clear();
    expect(run()).toEqual(first);
    expect(kinds()).toEqual(['json', 'program']);
  });
});

/** One change of the tree, or of what is asked. */
const step = fc.record({
  file: fc.nat(),
  change: fc.constantFrom('append', 'empty', 'remove', 'restore', 'executable', 'link', 'nothing'),
  args: fc.constantFrom(
    [],
    [],
    [],
    ['--keep-going'],
    ['--buildstream', '1'],
    ['--set', 'image.DISK_SIZE=1G'],
  ),
});

it('gives what converting anew gives, whatever changes between two runs', async () => {
  const files = readdirSync(samples, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(samples.length + 1))
    .sort();
  const seen: Record<string, number> = {};
  const apply = (path: string, change: string) => {
    if (change === 'nothing') return;
    const isThere = lstatSync(at(path), { throwIfNoEntry: false })?.isFile() === true;
    if (change === 'append' && isThere) writeFileSync(at(path), '\n# more\n', { flag: 'a' });
    else if (change === 'empty' && isThere) writeFileSync(at(path), '');
    else if (change === 'executable' && isThere) chmodSync(at(path), 0o755);
    else {
      rmSync(at(path), { force: true });
      if (change === 'restore') cpSync(join(samples, path), at(path));
      if (change === 'link') symlinkSync(files[path.length % files.length]!, at(path));
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      rmSync(definitions, { recursive: true, force: true });
      cpSync(samples, definitions, { recursive: true });
      for (const { file, change, args } of steps) {
        apply(files[file % files.length]!, change);
        clear();
        const { how, ...cached } = await convert(args);
        const project = lstatSync(out, { throwIfNoEntry: false }) ? contents(out) : undefined;
        clear();
        expect(cached).toEqual(await anew(args));
        expect(project).toEqual(lstatSync(out, { throwIfNoEntry: false }) ? contents(out) : undefined);
        seen[how] = (seen[how] ?? 0) + 1;
      }
    }),
    { numRuns: tries(25, 250) },
  );
  console.log(`random changes: ${JSON.stringify(seen)}`);
  expect(Object.keys(seen).sort()).toEqual(['converted', 'kept', 'recalled']);
});

describeCorpus('a real tree', () => {
  it('is recalled as it was converted', async () => {
    definitions = corpusFolder('v8-2016-08');
    const first = await convert();
    const project = snapshot(out);
    clear();
    const second = await convert();
    expect([first.how, second.how]).toEqual(['kept', 'recalled']);
    expect({ ...second, how: '' }).toEqual({ ...first, how: '' });
    expect(snapshot(out)).toEqual(project);
  });
});
