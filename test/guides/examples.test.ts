import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Block, guides, readBlocks, root } from '../support/guides.js';

const run = promisify(execFile);
let folder: string;

/** A folder as the guides have it: the package, and the samples beside it. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-examples-'));
  cpSync(join(root, 'samples/definitions'), join(folder, 'samples/definitions'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'node_modules/baserock2bst/package.json'));
  symlinkSync(join(root, 'dist'), join(folder, 'node_modules/baserock2bst/dist'));
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Example {
  readonly guide: string;
  /** The heading that it stands under, and its number there. */
  readonly title: string;
  readonly language: string;
  readonly code: string;
  /** What the guide says that it prints. */
  readonly output: string | undefined;
}

/** The blocks of JavaScript and JSON of a guide. What comes in a block `text` after "prints" is their output. */
function examplesOf(guide: string): Example[] {
  const blocks = readBlocks(guide);
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  const isExample = ({ language }: Block) => language === 'js' || language === 'json';
  return blocks.flatMap((block, index) => {
    if (!isExample(block)) return [];
    const number = blocks.filter(
      (each, at) => at <= index && each.heading === block.heading && isExample(each),
    );
    const next = blocks[index + 1];
    const { heading, language = '', lines } = block;
    const output = next?.before === 'prints' ? text(next.lines) : undefined;
    return [{ guide, title: `${heading} ${number.length}`, language, code: text(lines), output }];
  });
}

const examples = guides.flatMap(examplesOf);
const isConfig = ({ code }: Example) => /^\/\/ baserock2bst\.config\.js|"\$schema"/.test(code);

function find(guide: string, title: string): Example {
  const found = examples.find((each) => each.guide === guide && each.title === title);
  if (!found) throw new Error(`${guide} has no example ${title}`);
  return found;
}

/** Converts the samples with an example as configuration. */
async function convertWith({ language, code }: Pick<Example, 'language' | 'code'>) {
  writeFileSync(join(folder, `baserock2bst.config.${language}`), code);
  const command = join(root, 'bin/baserock2bst.js');
  const { stderr } = await run('node', [command, 'convert', 'samples/definitions', 'project', '--all'], {
    cwd: folder,
  });
  return { stderr, read: (path: string) => readFileSync(join(folder, 'project', path), 'utf8') };
}

/** Runs an example that is a program. */
async function print({ code }: Example): Promise<string> {
  writeFileSync(join(folder, 'example.js'), code);
  return (await run('node', ['example.js'], { cwd: folder })).stdout;
}

/** Lets the sample's cluster be written by other extensions. */
function writeBy(types: Readonly<Record<string, string>>): void {
  const path = join(folder, 'samples/definitions/clusters/pocket.morph');
  let text = readFileSync(path, 'utf8');
  for (const [type, other] of Object.entries(types))
    text = text.replace(`type: ${type}\n`, `type: ${other}\n`);
  writeFileSync(path, text);
}

describe('examples of the guides', () => {
  test('are there', () => expect(examples.length).toBeGreaterThan(7));

  test.each(examples.filter((each) => !isConfig(each)))('$guide, $title: runs', async (example) => {
    const printed = await print(example);
    expect(printed).not.toBe('');
    if (example.output !== undefined) expect(printed).toBe(example.output);
  });

  test.each(examples.filter(isConfig))('$guide, $title: is a configuration that works', async (example) => {
    const { stderr } = await convertWith(example);
    expect(stderr).toMatch(/^converted to project/m);
    expect(stderr).not.toContain('failed-rule');
  });
});

describe('what examples do is what the guides say', () => {
  test('a rule that reports', async () => {
    const { stderr } = await convertWith(find('docs/library.md', 'A configuration 2'));
    expect(stderr).toContain('`bash` has no description [site-rule]');
  });

  test('a build system', async () => {
    const { stderr, read } = await convertWith(find('docs/extending.md', 'A build system 1'));
    expect(stderr).toContain('`json-c` is built with Ninja [site-rule]');
    expect(read('elements/strata/tools/json-c.bst')).toContain('include/build-systems/cmake-ninja.yml');
    expect(read('include/build-systems/cmake-ninja.yml')).toContain('- ninja\n');
  });

  test('write extensions', async () => {
    writeBy({ 'extensions/rawdisk': 'extensions/site-cloud', 'extensions/tar': 'site-squashfs' });
    const { stderr, read } = await convertWith(find('docs/extending.md', 'A write extension 1'));
    expect(stderr).toContain('upload the image with `site-cloud upload`');
    expect(stderr).not.toContain('unknown-write-extension');
    expect(read('elements/clusters/pocket/image.bst')).toContain('include/deployment/disk-image.yml');
    const chroot = read('elements/clusters/pocket/chroot.bst');
    expect(chroot).toContain('include/deployment/common.yml');
    expect(chroot).toContain('image-name: devel.tar');
    expect(chroot).toMatch(
      /- mksquashfs "\$system" "\$output\/%\{image-name\}" -all-root\n\s*- rm -rf "\$work"\n/,
    );
  });

  test('a rule of how a deployment is written', async () => {
    const { stderr, read } = await convertWith(find('docs/extending.md', 'A write extension 2'));
    expect(stderr).toContain('`image` names no ROOT_DEVICE [site-rule]');
    expect(read('elements/clusters/pocket/image.bst')).toContain('include/deployment/tar.yml');
  });

  test('texts in memory', async () => {
    const printed = await print(find('docs/library.md', 'Without a file system 1'));
    expect(printed).toContain('kind: ');
    expect(printed).toContain('url: upstream:sed');
  });
});
