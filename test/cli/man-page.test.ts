import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandExamples } from '../../src/cli/examples.js';
import { renderManPage } from '../../src/cli/man-page.js';
import { makeProgram } from '../../src/cli/program.js';

const page = renderManPage();
const { commands } = makeProgram(
  { stdout: () => {}, stderr: () => {}, colour: false, machine: '' },
  () => {},
);

/** The text as troff has it after its escapes. */
const plain = (text: string) => text.replaceAll('\\-', '-').replaceAll('\\&', '').replaceAll('\\e', '\\');

/** The part of a page under a heading. */
function part(macro: 'SH' | 'SS', heading: string): string {
  const parts = page.split(new RegExp(`^(?=\\.${macro} )`, 'm'));
  return plain(parts.find((each) => each.startsWith(`.${macro} ${heading}`))!);
}

describe('the manual page', () => {
  test('is what the build puts into the package', () => {
    const { man } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(man).toHaveLength(1);
    expect(readFileSync(new URL(`../../${man[0]}`, import.meta.url), 'utf8')).toBe(page);
  });

  test('has the parts that a reader looks for', () => {
    const parts = [
      'NAME',
      'SYNOPSIS',
      'DESCRIPTION',
      'COMMANDS',
      'EXIT STATUS',
      'FILES',
      'EXAMPLES',
      'SEE ALSO',
    ];
    expect([...page.matchAll(/^\.SH (.*)$/gm)].map(([, heading]) => heading)).toEqual(parts);
    expect(part('SH', 'NAME')).toContain('baserock2bst - converts Baserock definitions');
    for (const code of [0, 1, 2]) expect(part('SH', 'EXIT STATUS')).toContain(`\n.B ${code}\n`);
  });

  test.each(commands.map((command) => [command.name(), command] as const))(
    'tells of %s, its arguments, options and examples',
    (name, command) => {
      const told = part('SS', name);
      for (const { flags, description } of command.options) {
        expect(told).toContain(`.TP\n.B ${flags}\n${description}`);
      }
      for (const argument of command.registeredArguments) expect(told).toContain(argument.description);
      for (const { line, what } of commandExamples.get(name)!) {
        expect(part('SH', 'EXAMPLES')).toContain(`.TP\n.B ${line}\n${what}`);
      }
    },
  );

  const hasGroff = spawnSync('groff', ['--version']).status === 0;
  test.runIf(hasGroff || process.env.CI)('is understood by groff, which has nothing to warn of', () => {
    const options = ['-man', '-Tascii', '-ww', '-P-c', '-P-b', '-P-u', '-rLL=200n'];
    const { status, stdout, stderr } = spawnSync('groff', options, { input: page, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('baserock2bst convert [options] <definitions> <project>');
    expect(stdout).toMatch(/^ +--on-conflict <what>$/m);
  });
});
