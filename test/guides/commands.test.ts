import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isShown, readSteps, renewShown } from '../support/console.js';
import { describeCommands } from '../support/guide-commands.js';
import { type Block, blocksOf, guides, readBlocks, root } from '../support/guides.js';
import { sceneOf } from '../support/scenes.js';

describeCommands(false);

const blocks = guides.flatMap(readBlocks);
const isConsole = ({ language }: Block) => language === 'console';
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
const ci = readFileSync(join(root, '.ci/run'), 'utf8').split('\n');

/** What CI does, and what takes too long for a test, is told by the comment before a block. */
const isOfCi = ({ comment }: Block) => comment === 'runs in: ci';
const isByHand = ({ comment }: Block) => /^by hand: \S/.test(comment ?? '');

/** Words that a line of a shell begins with. */
const programs =
  /^(?:\w+=\S+ )*(?:\$ |(?:baserock2bst|npm|npx|node|bst|bst2|git|bash|sh|cd|cp|mv|rm|ls|cat|sed|diff|patch|sudo|apt|apt-get|pip|pip3|mkdir|echo|export|source)(?: |$))/;

/** Lines that a reader may take for a command although no test runs them. */
function escaped(block: Block): string[] {
  if (sceneOf(block) || isOfCi(block) || isByHand(block)) return [];
  if (isConsole(block)) return [`${block.guide}:${block.line}`];
  if (/^(?:js|ts|json|yaml|mermaid)$/.test(block.language ?? '')) return [];
  return block.lines.flatMap((line, index) => {
    const isSynopsis = /^baserock2bst .*[<[]/.test(line);
    const at = block.line + index + (block.language === undefined ? 0 : 1);
    return programs.test(line) && !isSynopsis ? [`${block.guide}:${at}: ${line}`] : [];
  });
}

describe('the commands of guides', () => {
  test('are all run', () => expect(blocks.flatMap(escaped)).toEqual([]));

  test('that look like commands are found', () => {
    const text =
      '# A\n\n    npm test\n\ntext\n\n```\n$ ls\n```\n\n1. b\n\n   ```sh\n   A=1 bst build x\n   ```\n\n```text\nbst\n```\n\n```console\n$ ls\n```\n';
    expect(blocksOf('a.md', text).flatMap(escaped)).toEqual([
      'a.md:3: npm test',
      'a.md:8: $ ls',
      'a.md:14: A=1 bst build x',
      'a.md:18: bst',
      'a.md:21',
    ]);
  });

  test('that CI runs are those that it runs', () => {
    const commands = blocks.filter((block) => isOfCi(block)).flatMap(({ lines }) => readSteps(lines));
    expect(commands.map(({ command }) => command).filter((command) => !ci.includes(command))).toEqual([]);
  });

  test('name scripts that there are', () => {
    const named = guides.flatMap((guide) =>
      [...readFileSync(join(root, guide), 'utf8').matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(
        ([, script]) => script!,
      ),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe('a block of commands', () => {
  test('is read as a shell would', () => {
    const steps = readSteps(['$ a \\', '> b', 'c', '', '$ cat >x <<EOF', '> $ y', 'EOF', '$ d', '']);
    expect(steps.map(({ command, output }) => [command, output])).toEqual([
      ['a \\\nb', ['c']],
      ['cat >x <<EOF\n$ y\nEOF', []],
      ['d', []],
    ]);
  });

  test.each<[shown: string, printed: string, isRight: boolean]>([
    ['a b', 'a b', true],
    ['a b', 'a', false],
    ['a', 'a b', false],
    ['... b', 'a a b', true],
    ['... b', 'a b a', false],
    ['a ...', 'a', true],
    ['a ... b ... c', 'a x b y z c', true],
    ['a ... b ... c', 'a x y c', false],
    ['a ... a', 'a', false],
    ['...', '', true],
  ])('that shows %s is right for %s: %s', (shown, printed, isRight) => {
    const lines = (text: string) => text.split(' ').filter((line) => line !== '');
    expect(isShown(lines(shown), lines(printed))).toBe(isRight);
    const renewed = renewShown(lines(shown), lines(printed));
    expect(isShown(renewed, lines(printed))).toBe(true);
    if (isRight) expect(renewed.join(' ')).toBe(shown);
  });

  test.each([
    ['... b 1 ...', 'x b 2 y z', '... b 2 ...'],
    ['a ... c', 'a x d', 'a ... d'],
    ['a ... c d', 'a x y c e', 'a ... c e'],
  ])('that shows %s and gets %s shows %s', (shown, printed, renewed) => {
    expect(renewShown(shown.split(' '), printed.split(' ')).join(' ')).toBe(renewed);
  });
});
