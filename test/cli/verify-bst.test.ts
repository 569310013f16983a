import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { elementsToAsk, loadDefinitions } from '../../src/index.js';
import { readProject } from '../../src/project/evaluate/read-project.js';
import { temporaryFolder } from '../project/write/support.js';
import { runCommand } from '../support/command.js';

const definitions = new URL('../../samples/definitions', import.meta.url).pathname;
const bash = 'strata/core/bash.bst';

type Told = Record<'config' | 'env' | 'vars', Record<string, unknown>>;

/** Stands in for `bst show`: prints what a file says of the elements that it is asked for. Real ones: test/buildstream. */
const STAND_IN = `#!/usr/bin/env node
const args = process.argv.slice(2);
const answers = JSON.parse(require('node:fs').readFileSync(__dirname + '/answers.json', 'utf8'));
const arch = args[args.indexOf('--option') + 2];
const format = args[args.indexOf('--format') + 1];
const [, field] = /%\\{(config|env|vars)\\}/.exec(format);
for (const name of args.slice(args.indexOf('--format') + 2)) {
  const told = answers[arch + ' ' + name];
  if (!told) { console.error('[00:00:00] ERROR: no element ' + name); process.exit(1); }
  console.log(format.replace('%{name}', name).replace('%{' + field + '}', () => JSON.stringify(told[field])));
}
`;

describe.each(['1', '2'] as const)('verify --bst, of a project for BuildStream %s', (version) => {
  let folder: string;
  let project: string;
  let command: string;
  const answers: Record<string, Told> = {};

  beforeAll(async () => {
    folder = temporaryFolder(true);
    project = join(folder, 'project');
    command = join(folder, 'bst');
    writeFileSync(command, STAND_IN);
    chmodSync(command, 0o755);
    expect((await runCommand('convert', definitions, project, '--buildstream', version)).code).toBe(0);
    const { files } = JSON.parse(readFileSync(join(project, '.baserock2bst/manifest.json'), 'utf8'));
    const texts = new Map(
      Object.keys(files).map((path) => [path, readFileSync(join(project, path), 'utf8')]),
    );
    const asked = elementsToAsk(await loadDefinitions(definitions), texts);
    for (const [arch, names] of asked) {
      const read = readProject(texts).value!.with({ arch });
      for (const name of names) {
        const { commands, environment, variables } = read.element(name);
        // BuildStream 1 prints commands as they are written, with their variables.
        const written = (text: string) => (version === '1' ? text.replaceAll('%{', '%{pct}{') : text);
        const expanded = (text: string) => text.replaceAll('<max-jobs>', '4');
        const lists = [...commands!].map(([list, all]) => [
          list,
          all.map(({ text }) => written(expanded(text))),
        ]);
        const env = [...environment].map(([key, { text }]) => [key, expanded(text)]);
        const vars = [...variables.node.entries.keys()].map((key) => [key, expanded(variables.get(key)!)]);
        answers[`${arch} ${name}`] = {
          config: { ...Object.fromEntries(lists), 'create-dev-shm': 'False' },
          env: Object.fromEntries(env),
          vars: Object.fromEntries(vars),
        };
      }
    }
    expect(Object.keys(answers).length).toBeGreaterThan(12);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const verify = (told: Record<string, Told>) => {
    writeFileSync(join(folder, 'answers.json'), JSON.stringify(told));
    return runCommand('verify', definitions, project, '--bst', command);
  };
  const changed = (change: (told: Told) => void) => {
    const copy = structuredClone(answers);
    for (const [key, told] of Object.entries(copy)) if (key.endsWith(` ${bash}`)) change(told);
    return copy;
  };

  test('takes what BuildStream says, wherever it says the same', async () => {
    const { code, stderr } = await verify(answers);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('finds a command, a variable of the environment and a prefix that BuildStream says are others', async () => {
    const commands = await verify(
      changed(({ config }) => {
        config['install-commands'] = ['make other'];
      }),
    );
    expect(commands.code).toBe(1);
    expect(commands.stdout).toContain(`${bash}: install-commands: `);
    expect(commands.stdout).toContain('make other');
    const environment = await verify(
      changed(({ env }) => {
        env.PREFIX = '/other';
      }),
    );
    expect(environment.stdout).toContain(`${bash}: PREFIX has another value [environment]`);
    const lost = await verify(
      changed((told) => {
        told.config = {};
      }),
    );
    expect(lost.code).toBe(1);
  });

  test('exits with 2 where BuildStream fails, and says how', async () => {
    const { code, stderr } = await verify({});
    expect(code).toBe(2);
    expect(stderr).toContain(`\`${command} show\` fails: [00:00:00] ERROR: no element `);
    const missing = await runCommand('verify', definitions, project, '--bst', join(folder, 'none'));
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('[buildstream-failed]');
  });
});
