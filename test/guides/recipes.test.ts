import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { tries } from '../support/effort.js';
import { type Played, play, playedIn } from '../support/guide-commands.js';
import { root } from '../support/guides.js';
import { Stage } from '../support/scenes.js';

const blocks = playedIn('docs/contributing.md').filter(({ scene }) => scene.name.startsWith('recipe'));
const recipes = [...new Set(blocks.map(({ scene }) => scene.name))].map((name) => ({
  name,
  steps: blocks.filter(({ scene }) => scene.name === name),
}));

const runsTests = ({ block }: Played) => block.lines.some((line) => line.includes('npm run test:'));

/** What recipes change, of all of them. */
const changes = recipes.flatMap(({ steps }) => steps.filter((step) => !runsTests(step)));

/** Each step of a recipe but the last one, which proves the others. */
const needed = recipes.flatMap(({ name, steps }) =>
  steps.slice(0, -1).map((lacking) => ({ name, line: lacking.block.line, steps, lacking })),
);

let stage: Stage | undefined;
afterEach(() => stage?.remove());

async function follow(steps: readonly Played[]): Promise<void> {
  stage = new Stage({ name: 'recipe', needs: [] });
  for (const step of steps) await play(step, stage);
}

const run = async (command: string) => (await stage!.run([command]))[0]!;

describe('the recipes for contributors', () => {
  test('are there', () => {
    expect(recipes.map(({ name }) => name)).toEqual([
      'recipe-rule',
      'recipe-diagnostic',
      'recipe-format',
      'recipe-dialect',
      'recipe-build-system',
    ]);
  });

  test('say to the reader which file a block is', () => {
    const lines = readFileSync(join(root, 'docs/contributing.md'), 'utf8').split('\n');
    const silent = blocks.filter(({ block: { line }, scene: { writes } }) => {
      const comment = lines.lastIndexOf('', line - 3);
      return (
        writes !== undefined &&
        !lines
          .slice(comment - 4, comment)
          .join(' ')
          .includes(writes)
      );
    });
    expect(silent.map(({ block, scene }) => `line ${block.line}: ${scene.writes}`)).toEqual([]);
  });

  test('fit the files, one after the other', () => {
    return follow(changes);
  });

  test.each(recipes.slice(0, tries(1, recipes.length)))('$name ends with tests that pass', ({ steps }) =>
    follow(steps),
  );

  test.each(needed.slice(0, tries(1, needed.length)))(
    '$name needs line $line',
    async ({ steps, lacking }) => {
      const isDone = follow(steps.filter((step) => step !== lacking)).then(
        () => true,
        () => false,
      );
      if (await isDone) expect((await run('npm run types')).status).not.toBe(0);
    },
  );

  test.runIf(tries(0, 1))('all together leave nothing for the linter and the compiler to say', async () => {
    await follow(changes);
    for (const command of ['npm run --silent lint', 'npm run --silent types']) {
      const { status, output } = await run(command);
      expect({ command, status, output: status === 0 ? [] : output }).toEqual({
        command,
        status: 0,
        output: [],
      });
    }
  });
});
