import { expect, test } from 'vitest';
import { catalogue } from '../../src/index.js';
import { runCommand } from '../support/command.js';

test('explain lists all that the catalogue has, each on a line', async () => {
  const { code, stdout } = await runCommand('explain');
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(/ +/, 2))).toEqual(
    Object.entries(catalogue).map(([key, { severity }]) => [key, severity]),
  );
});

test('explain tells of one code what it means, what to do, and an example', async () => {
  const { code, stdout } = await runCommand('explain', 'merge-conflict');
  const { severity, meaning, advice, example } = catalogue['merge-conflict'];
  expect(code).toBe(0);
  expect(stdout).toContain(`merge-conflict (${severity})\n\n${meaning}\n\nWhat to do: ${advice}.\n`);
  expect(stdout).toContain(`\n    ${example.split('\n')[0]}\n`);
});

test.each([
  ['yaml-sintax', 'did you mean yaml-syntax?'],
  ['no-such-thing-at-all', 'explain without a code lists them all'],
  ['constructor', 'explain without a code lists them all'],
])('explain %s exits with 2 and helps', async (asked, hint) => {
  expect(await runCommand('explain', asked)).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: there is no diagnostic ${asked}\nhint: ${hint}\n`,
  });
});
