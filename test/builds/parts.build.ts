import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { convertSample, makeRepositories, pathsBelow } from '../support/bootable.js';
import { describeBuildStream } from '../support/buildstream.js';
import { artifactOf, type Rule } from '../support/split-rules.js';
import { makeSysroot } from '../support/sysroot.js';

const sample = new URL('../../samples/bootable/', import.meta.url).pathname;

/** The files that the chunks `parts` and `extras` install, by the artifact that Baserock makes them part of. */
const parts: Record<string, string[]> = {
  'parts-bins': ['usr/bin/parts'],
  'parts-libs': ['usr/lib/libparts.so.1.2'],
  'parts-devel': ['usr/include/parts', 'usr/include/parts.h', 'usr/lib/libparts.a'],
  'parts-doc': ['usr/share/doc/parts/README'],
  'parts-locale': ['usr/share/locale/de/parts.mo'],
  'parts-misc': ['etc/parts.conf', 'usr/share/parts/data'],
  'parts-plugins': ['usr/lib/parts/plugin.so'],
};
const extras: Record<string, string[]> = {
  'extras-bins': ['usr/bin/extras'],
  'extras-libs': ['usr/lib/libextras.so.3'],
  'extras-locale': ['usr/share/locale/de/extras.mo'],
  'extras-misc': ['etc/extras.conf'],
};

/** Made by integration commands; the second one where a system without parts-devel holds no other file. */
const made = ['etc/parts.made', 'usr/include/parts-made.h'];

/** What the minimal system leaves out. */
const unselected = ['parts-devel', 'parts-doc', 'extras-bins', 'extras-locale', 'extras-misc'];

/** Not `run-parts`, which is busybox. */
const isOurs = (path: string) => /(?<!-)(parts|extras)/.test(path);

function allFiles(...artifacts: Record<string, string[]>[]): string[] {
  return artifacts.flatMap((each) => Object.values(each).flat());
}

test('the files are of the artifacts that Baserock’s rules say', () => {
  const read = (path: string) => parse(readFileSync(join(sample, 'definitions', path), 'utf8'));
  const usual = read('DEFAULTS')['split-rules'].chunk as Rule[];
  const own = read('strata/parts/parts.morph').products as Rule[];
  const named = (name: string, rules: Rule[]) =>
    rules.map(({ artifact, include }) => ({ artifact: artifact.replace(/^-/, `${name}-`), include }));
  for (const [artifact, files] of Object.entries(parts)) {
    for (const file of files) expect(artifactOf(named('parts', [...own, ...usual]), file)).toBe(artifact);
  }
  for (const [artifact, files] of Object.entries(extras)) {
    for (const file of files) expect(artifactOf(named('extras', usual), file)).toBe(artifact);
  }
  const sources = ['parts', 'extras'].flatMap((name) => pathsBelow(join(sample, 'sources', name, 'root')));
  const listed = allFiles(parts, extras);
  expect(listed.filter((file) => file !== 'usr/include/parts' && !sources.includes(file))).toEqual([]);
});

const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  await makeRepositories(join(folder, 'repositories'));
});

describe.each([1, 2] as const)('version %i', (version) => {
  describeBuildStream(version, 'systems that select artifacts', (bst) => {
    const project = join(folder, `project${version}`);
    const full = join(folder, `full${version}`);
    const minimal = join(folder, `minimal${version}`);
    afterAll(() => bst.remove());

    beforeAll(async () => {
      await convertSample(join(folder, 'repositories'), project, version);
      await makeSysroot(project);
      await bst.build(project, 'systems/parts-full-system.bst', 'systems/parts-minimal-system.bst');
      await bst.checkout(project, 'systems/parts-full-system.bst', full);
      await bst.checkout(project, 'systems/parts-minimal-system.bst', minimal);
    });

    /** The files of a system that the sample's chunks brought or made, without the folders around them. */
    const found = (root: string) => {
      const paths = pathsBelow(root).filter(isOurs);
      return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)));
    };

    test('a full system holds all files', () => {
      expect(found(full)).toEqual([...allFiles(parts, extras), ...made].sort());
    });

    test('a minimal one holds those of the artifacts that it selects, and what integration made', () => {
      const selected = Object.entries({ ...parts, ...extras }).filter(([name]) => !unselected.includes(name));
      expect(found(minimal)).toEqual([...selected.flatMap(([, files]) => files), ...made].sort());
    });

    test('both hold the part of the base that they select, whole, and no marker', () => {
      for (const root of [full, minimal]) {
        expect(existsSync(join(root, 'bin/busybox'))).toBe(true);
        expect(existsSync(join(root, 'etc/passwd'))).toBe(true);
        expect(existsSync(join(root, 'baserock'))).toBe(false);
      }
      const ofBase = (root: string) => pathsBelow(root).filter((path) => !isOurs(path));
      const missing = new Set(ofBase(minimal));
      const folders = ofBase(full).filter((path) => !missing.has(path));
      // Folders that only the full system has something in.
      expect(folders.filter((path) => !/^usr\/share\/(doc|man|info)/.test(path))).toEqual([]);
    });
  });
});
