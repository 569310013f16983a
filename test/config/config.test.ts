import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { configJsonSchema } from '../../src/config/schema.js';
import { findConfig, loadConfig } from '../../src/index.js';
import { buildStreamVersions } from '../../src/project/dialects.js';

const definitions = new URL('../../samples/definitions', import.meta.url).pathname;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function convert(...options: string[]) {
  let stderr = '';
  let stdout = '';
  const project = join(folder, 'project');
  const exitCode = await main(['convert', definitions, project, ...options], {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    colour: false,
    machine: 'x64',
  });
  const read = (path: string) => readFileSync(join(project, path), 'utf8');
  return { exitCode, stderr, stdout, read };
}

const bash = 'elements/strata/core/bash.bst';

describe('a configuration', () => {
  test('says how to convert, where the command line does not', async () => {
    const config = write(
      'site.json',
      JSON.stringify({
        name: 'from-file',
        buildstream: 1,
        aliases: { upstream: 'https://one.example/', extra: 'https://two.example/' },
        sources: { bash: { url: 'extra:bash.git', ref: 'a'.repeat(40), track: 'main' } },
        ownBuildSystems: { autotools: { 'configure-commands': ['./configure --site'] } },
        manifest: true,
      }),
    );
    const { exitCode, read, stdout } = await convert(
      ...['--config', config, '--alias', 'upstream=https://three.example/', '--json'],
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).buildstream).toBe(1);
    const conf = read('project.conf');
    expect(conf).toContain('name: from-file');
    expect(conf).toContain('format-version');
    expect(conf).toContain('upstream: https://three.example/');
    expect(conf).toContain('extra: https://two.example/');
    expect(conf).toContain('- ./configure --site');
    expect(read(bash)).toContain(`url: extra:bash.git\n  track: main\n  ref: ${'a'.repeat(40)}`);
  });

  test('gives way to options, and is not read with --no-config', async () => {
    const config = write('site.json', '{"name": "from-file", "buildstream": 1}');
    const given = await convert('--config', config, '--name', 'mine', '--buildstream', '2');
    expect(given.read('project.conf')).toContain('name: mine\nmin-version: ');
    const without = await convert('--no-config', '--name', 'other');
    expect(without.read('project.conf')).toContain('name: other');
  });

  test('of JavaScript has rules, which take the place of the standard ones', async () => {
    const config = write(
      'site.mjs',
      `export default { name: 'from-module', rules: [
        { chunk: (standard) => (chunk, stratum, context) => {
          if (chunk.name === 'bash') context.report('site-rule', chunk.at, 'bash is not for us');
          return { ...standard(chunk, stratum, context), description: 'ours: ' + chunk.name };
        } },
        { chunk: (standard) => (...args) => ({ ...standard(...args), description: standard(...args).description + '!' }) },
        { system: () => () => { throw new Error('no system'); } },
      ] };`,
    );
    const { exitCode, read, stderr } = await convert('--config', config, '--keep-going');
    expect(stderr).toContain('bash is not for us [site-rule]');
    expect(stderr).toContain('the rule for a system failed on');
    expect(exitCode).toBe(1);
    expect(read(bash)).toContain("description: 'ours: bash!'");
  });

  test('is found in a folder by its name', () => {
    expect(findConfig(folder)).toBeUndefined();
    const script = write('baserock2bst.config.js', '');
    expect(findConfig(folder)).toBe(script);
    const json = write('baserock2bst.config.json', '');
    expect(findConfig(folder)).toBe(json);
  });

  test('that is wrong says where', async () => {
    const text = '{\n  "nmae": "x",\n  "buildstream": 0,\n  "sources": {"bash": {"ref": "1"}}\n}\n';
    const { diagnostics, config } = await loadConfig(write('site.json', text));
    expect(config).toEqual({});
    expect(
      diagnostics.map(({ place, message, hint }) => `${place?.file}:${place?.line} ${message}; ${hint}`),
    ).toEqual([
      `site.json:3 \`buildstream\` must be ${buildStreamVersions.join(' or ')}, not 0; see "A configuration" in docs/library.md`,
      'site.json:4 `sources.bash.url` is missing; see "A configuration" in docs/library.md',
      'site.json:2 there is no field `nmae` in site.json; the nearest name is `name`',
    ]);
    const { exitCode, stderr } = await convert('--config', join(folder, 'site.json'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('    2 |   "nmae": "x",');
  });

  test.each([
    ['site.json', '{"name": }', /is not JSON/],
    ['site.json', '[]', /site\.json must be a mapping, not a list/],
    ['site.mjs', 'export default 1', /no default export/],
    ['site.mjs', 'throw new Error("oh")', /cannot be run: oh/],
    ['site.mjs', 'export default { rules: 1 }', /must be a list of objects/],
  ])('%s: %s is refused', async (name, text, message) => {
    const { diagnostics } = await loadConfig(write(name, text));
    expect(diagnostics.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
  });

  test('that is missing is an error', async () => {
    const { diagnostics } = await loadConfig(join(folder, 'none.json'));
    expect(diagnostics[0]?.message).toContain('cannot be read');
  });

  test('has a JSON schema, which takes what is right and nothing else', () => {
    const schema = configJsonSchema();
    expect(schema).toHaveProperty('properties.name.description', 'name of the project');
    const isConfig = new Ajv({ strict: true }).compile(schema);
    const right = [
      {},
      { $schema: 'x', buildstream: 1, keepGoing: true, systems: ['systems/a.morph'] },
      { ownWriteTypes: { x: { form: { commands: ['a'] }, what: 'an x' }, y: { form: 'tar', what: 'a y' } } },
      { ownBuildSystems: { waf: { 'build-commands': ['waf'], indicators: ['wscript'] } } },
    ];
    const wrong = [
      { nmae: 'x' },
      { buildstream: 0 },
      { sources: { bash: { ref: '1' } } },
      { ownWriteTypes: { x: { form: 'box', what: 'a box' } } },
      { ownWriteTypes: { x: { form: 'tar' } } },
      { ownBuildSystems: { waf: { 'bild-commands': ['waf'] } } },
      { rules: [] },
    ];
    expect(right.filter((config) => !isConfig(config))).toEqual([]);
    expect(wrong.filter((config) => isConfig(config))).toEqual([]);
  });

  test('is refused where the schema refuses it, and taken where that takes it', async () => {
    const write1 = '{"ownWriteTypes": {"x": {"form": {"commands": "a"}, "what": "an x"}}}';
    const [first] = (await loadConfig(write('site.json', write1))).diagnostics;
    expect(first).toMatchObject({ code: 'bad-option', place: { file: 'site.json', line: 1, column: 26 } });
    const right = { ownWriteTypes: { x: { form: { commands: ['a'] }, what: 'an x', transfer: 'carry it' } } };
    expect(await loadConfig(write('site.json', JSON.stringify(right)))).toMatchObject({
      config: right,
      diagnostics: [],
    });
  });

  test('can have rules that choose build systems, and end deployments', async () => {
    const chosen = write(
      'chosen.mjs',
      `export default { rules: [{
        buildSystem: (inForce) => (chunk, context) => (chunk.name === 'bash' ? 'waf' : inForce(chunk, context)),
      }] };`,
    );
    const first = await convert('--config', chosen);
    expect(first.exitCode).toBe(2);
    expect(first.stderr).toContain('a rule has `bash` built with `waf`; defined are manual, ');
    const config = write(
      'written.mjs',
      `export default { rules: [{
        write: () => (deployment) => {
          if (deployment.name === 'image') throw new Error('no images');
          return undefined;
        },
      }] };`,
    );
    const { exitCode, stderr } = await convert('--config', config, '--keep-going', '--all');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('the rule for the write extension of a deployment failed on `image`: no images');
    expect(stderr).toContain(
      '`chroot` is written by `tar`, which the definitions do not have: it becomes a tar',
    );
  });
});
