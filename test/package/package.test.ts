import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const here = new URL('.', import.meta.url).pathname;
let folder: string;
let tarball: string;
let packed: { filename: string; files: { path: string }[] };

const run = (command: string, args: readonly string[], cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The package as npm would publish it, in an empty project. Nothing is fetched: it needs no other package. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-package-'));
  [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  );
  tarball = join(folder, packed.filename);
  writeFileSync(join(folder, 'package.json'), '{"name": "empty", "private": true, "type": "module"}');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package, installed into an empty project', () => {
  test('has a command that runs', () => {
    const bin = join(folder, 'node_modules/.bin/baserock2bst');
    expect(run(bin, ['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
    run(bin, ['convert', join(root, 'samples/definitions'), 'project']);
    expect(existsSync(join(folder, 'project/project.conf'))).toBe(true);
    expect(existsSync(join(folder, 'project/elements/base.bst'))).toBe(true);
  });

  test('can be imported', () => {
    const script = `
      import { loadDefinitions, convert, renderProject } from 'baserock2bst';
      import { parseDefinitions } from 'baserock2bst/memory';
      const definitions = await loadDefinitions(process.argv[1]);
      console.log(renderProject(convert(definitions).project).size > 30, parseDefinitions(new Map()).diagnostics.length);
    `;
    const args = ['--input-type=module', '-e', script, join(root, 'samples/definitions')];
    expect(run('node', args)).toBe('true 1\n');
  });

  test.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])('has types: module %s, moduleResolution %s', (module, moduleResolution) => {
    mkdirSync(join(folder, moduleResolution), { recursive: true });
    copyFileSync(join(here, 'consumer.ts'), join(folder, moduleResolution, 'consumer.ts'));
    const options = {
      module,
      moduleResolution,
      target: 'es2022',
      lib: ['es2023'],
      strict: true,
      noEmit: true,
    };
    const compilerOptions = { ...options, skipLibCheck: false, exactOptionalPropertyTypes: true, types: [] };
    writeFileSync(
      join(folder, moduleResolution, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['consumer.ts'] }),
    );
    const tsc = join(root, 'node_modules/.bin/tsc');
    expect(outputOf(() => run(tsc, ['-p', join(folder, moduleResolution)]))).toBe('');
  });

  test.each([
    ['config', 'ownWriteTypes'],
    ['report', 'totals'],
  ])('brings the JSON schema of the %s', (name, field) => {
    const script = `
      import schema from 'baserock2bst/${name}.schema.json' with { type: 'json' };
      console.log(schema.properties.${field} !== undefined);
    `;
    expect(run('node', ['--no-warnings', '--input-type=module', '-e', script])).toBe('true\n');
    const file = join(folder, `node_modules/baserock2bst/dist/${name}.schema.json`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('$schema');
  });

  test('has a manual page where it is installed for all', () => {
    const prefix = join(folder, 'global');
    run('npm', ['install', '--global', '--prefix', prefix, '--offline', '--ignore-scripts', tarball]);
    expect(readFileSync(join(prefix, 'share/man/man1/baserock2bst.1'), 'utf8')).toMatch(
      /^\.TH BASEROCK2BST 1 /,
    );
    expect(run(join(prefix, 'bin/baserock2bst'), ['--version'])).toMatch(/^\d/);
  });

  test('brings the licences of what is in it', () => {
    const text = readFileSync(join(folder, 'node_modules/baserock2bst/dist/LICENSES.txt'), 'utf8');
    for (const name of ['commander', 'yaml', 'zod', 'unbash'])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });
});

/** What the package is to hold, and what there has to be of it. */
const contents: Readonly<Record<string, RegExp>> = {
  'what npm wants': /^(?:package\.json|README\.md|LICENSE)$/,
  'the guides': /^(?:MIGRATION|docs\/[\w-]+)\.md$/,
  'the command': /^bin\/baserock2bst\.js$/,
  'the bundles': /^dist\/(?:(?:index|memory|shared\/[\w-]+|cli\/start)\.js|cli\/program\.cjs)$/,
  types: /^dist\/.*\.d\.ts$/,
  'the forms of JSON files': /^dist\/(?:config|report)\.schema\.json$/,
  'the manual page': /^dist\/baserock2bst\.1$/,
  licences: /^dist\/LICENSES\.txt$/,
};

describe('what is published', () => {
  test('is all that is needed, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    const others = paths.filter((path) => !Object.values(contents).some((kind) => kind.test(path)));
    const lacking = Object.entries(contents).filter(([, kind]) => !paths.some((path) => kind.test(path)));
    expect({ others, lacking }).toEqual({ others: [], lacking: [] });
  });

  test('needs no correction by npm', () => {
    const nowhere = ['--registry', 'http://localhost:1', '--fetch-retries', '0'];
    const { status, stderr } = spawnSync('npm', ['publish', '--dry-run', '--ignore-scripts', ...nowhere], {
      cwd: root,
      encoding: 'utf8',
    });
    const warnings = stderr.split('\n').filter((line) => /^npm (?:warn|error)/i.test(line));
    expect(warnings.filter((line) => !line.includes('requires you to be logged in'))).toEqual([]);
    expect(status).toBe(0);
  });
});

describe('what checks packages says', () => {
  test('publint', async () => {
    const { messages } = await publint({ pkgDir: root, strict: true, pack: false });
    expect(messages).toEqual([]);
  });

  test('are the types wrong', async () => {
    const { problems } = (await checkPackage(
      createPackageFromTarballData(new Uint8Array(readFileSync(tarball))),
    )) as { problems: { kind: string; resolutionKind?: string }[] };
    // What requires a module needs Node 20.19 or newer, and what knows no \`exports\` is older than that.
    const others = problems.filter(
      ({ kind, resolutionKind }) => kind !== 'CJSResolvesToESM' && resolutionKind !== 'node10',
    );
    expect(others).toEqual([]);
  });

  test('knip: no dependency, file or export is unused or missing', () => {
    expect(outputOf(() => run(join(root, 'node_modules/.bin/knip'), ['--no-progress'], root))).toBe('');
  });
});

/** What a command prints, also if it fails. */
function outputOf(command: () => string): string {
  try {
    return command().trim();
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}`;
  }
}
