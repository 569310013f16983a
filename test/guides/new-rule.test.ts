import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Stage } from '../support/scenes.js';

let stage: Stage;
beforeAll(() => {
  stage = new Stage({ name: 'recipe', needs: [] });
});
afterAll(() => stage.remove());

const run = async (command: string) => (await stage.run([command]))[0]!;
const newRule = (args: string) => run(`npm run --silent new-rule -- ${args}`);

describe('npm run new-rule', () => {
  test.each([
    ['', 'name the rule: npm run new-rule -- NAME [COMMAND...]'],
    ['SetFacl', '`SetFacl` is no name of a rule: use words-like-these'],
    ['../acl', '`../acl` is no name of a rule: use words-like-these'],
    ['acl-', '`acl-` is no name of a rule: use words-like-these'],
    ['delete', '`delete` means something in TypeScript: choose another name'],
    ['await', '`await` means something in TypeScript: choose another name'],
    ['acl "set facl"', '`set facl` is no name of a command'],
    ['owners', 'src/transformer/requirements/rules.ts has a `owners`: choose another name'],
    ['git-files', 'src/transformer/requirements/rules.ts has a `gitFiles`: choose another name'],
    [
      'find-requirements',
      'there is src/transformer/requirements/find-requirements.ts already: choose another name',
    ],
  ])('refuses %s with one message, and writes nothing', async (args, message) => {
    expect(await newRule(args)).toEqual({ status: 1, output: [`new-rule: ${message}`] });
    expect((await run('git status --short')).output).toEqual([]);
  });

  test('writes nothing if it cannot write all', async () => {
    await run('mv node_modules elsewhere');
    const { status, output } = await run('node .new-rule.js acl');
    await run('mv elsewhere node_modules');
    expect({ status, lines: output.length }).toEqual({ status: 1, lines: 1 });
    expect(output[0]).toMatch(/^new-rule: nothing was written: .*biome/);
    expect((await run('git status --short')).output).toEqual([]);
  });

  test('writes a rule that is asked, and a test that fails until the rule finds something', async () => {
    const files = [
      'src/transformer/requirements/acl-lists.ts',
      'test/transformer/requirements/acl-lists.test.ts',
      'src/transformer/requirements/rules.ts',
    ];
    const commands =
      'setfacl getfacl some-command-of-a-very-long-name another-command-of-a-name-as-long-as-that';
    expect(await newRule(`acl-lists ${commands}`)).toEqual({ status: 0, output: files });
    const { status, output } = await run(`node_modules/.bin/biome check ${files.join(' ')}`);
    expect({ status, output: status === 0 ? [] : output }).toEqual({ status: 0, output: [] });

    const tried = await run(`NO_COLOR=1 npm run --silent test:unit -- test/transformer/requirements/acl`);
    const told = tried.output.join('\n');
    expect(tried.status).toBe(1);
    expect(told).toMatch(/FAIL .*the rule acl-lists > finds what it is for/);
    expect(told).toMatch(/1 failed .*1 passed/);

    await run(`sed -i "s/check: .*/check: () => [{ code: 'needs-root', message: 'none' }],/" ${files[0]}`);
    await run(`sed -i "s/code: message/needs-root: none/" ${files[1]}`);
    expect(
      await run(`NO_COLOR=1 npm run --silent test:unit -- test/transformer/requirements/acl`),
    ).toMatchObject({
      status: 0,
    });
  });

  test('does not write over what it wrote', async () => {
    expect(await newRule('acl-lists')).toMatchObject({ status: 1 });
  });
});
