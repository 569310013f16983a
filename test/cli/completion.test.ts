import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { buildStreamVersions } from '../../src/project/dialects.js';

async function script(shell: string): Promise<string> {
  let stdout = '';
  const code = await main(['completion', shell], {
    stdout: (text) => {
      stdout += text;
    },
    stderr: () => {},
    colour: false,
    machine: 'x64',
  });
  expect(code).toBe(0);
  return stdout;
}

/** Runs a program of a shell; tests of shells that are not there are skipped. */
function run(shell: string, program: string): string[] {
  const { stdout, stderr, status } = spawnSync(shell, ['-c', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.split('\n').filter((line) => line !== '');
}
const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

const versions = buildStreamVersions.map(String);

/** What is to be offered for a line. */
const lines: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['baserock2bst conv', ['convert']],
  ['baserock2bst convert --build', ['--buildstream', '--build-system']],
  ['baserock2bst convert --on-conflict m', ['markers']],
  ['baserock2bst convert a b --buildstream ', versions],
  ['baserock2bst completion ', ['bash', 'zsh', 'fish']],
  ['baserock2bst explain yaml-s', ['yaml-syntax']],
  ['baserock2bst trace --fr', ['--from']],
];

describe('completion', () => {
  test.skipIf(!has('bash')).each(lines)('in bash: %s', async (line, offered) => {
    const words = line.split(' ').map((word) => `'${word}'`);
    const program = `${await script('bash')}
COMP_WORDS=(${words.join(' ')}) COMP_CWORD=${words.length - 1}
_baserock2bst
printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(run('bash', program).sort()).toEqual([...offered].sort());
  });

  test.skipIf(!has('fish')).each(lines)('in fish: %s', async (line, offered) => {
    const program = `${await script('fish')}\ncomplete -C '${line}'`;
    const found = run('fish', program).map((each) => each.split('\t')[0]!);
    // Fish offers what has the letters in it, too.
    expect(found).toEqual(expect.arrayContaining([...offered]));
    expect(found.length).toBeLessThan(offered.length + 3);
  });

  test.skipIf(!has('zsh'))('in zsh: every command has its options, and those their values', async () => {
    const program = `compdef() { : }
_arguments() { print -rl -- "$@" }
_describe() { print -rl -- "\${(@P)2}" }
${await script('zsh')}
words=(baserock2bst '') CURRENT=2 && _baserock2bst
words=(baserock2bst convert '') CURRENT=3 && _baserock2bst
words=(baserock2bst completion '') CURRENT=3 && _baserock2bst`;
    const offered = run('zsh', program);
    expect(offered).toContain('convert:write a BuildStream project for a Baserock definitions repository');
    expect(offered).toContain(`*--buildstream[version to write for]:value:(${versions.join(' ')})`);
    expect(offered).toContain(
      '*--sources[git mirrors in which to look for the build systems of chunks that name none]:value:_files',
    );
    expect(offered).toContain('*:value:(bash zsh fish)');
  });

  test('is refused for a shell that there is no script for', async () => {
    let stderr = '';
    const code = await main(['completion', 'csh'], {
      stdout: () => {},
      stderr: (text) => {
        stderr += text;
      },
      colour: false,
      machine: 'x64',
    });
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish');
  });
});
