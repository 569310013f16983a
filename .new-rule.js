// Starts a rule about commands: `npm run new-rule -- NAME [COMMAND...]` writes the rule and a test of it, and puts the
// rule at the end of the list. The test fails until the rule finds what it is for.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = 'src/transformer/requirements';
const list = `${folder}/rules.ts`;
process.chdir(fileURLToPath(new URL('.', import.meta.url)));

const [name, ...more] = process.argv.slice(2);
const commands = more.length > 0 ? more : [name];
const before = readFileSync(list, 'utf8');
const fault = faultOf();
if (fault === undefined) {
  const files = new Map([
    [`${folder}/${name}.ts`, rule()],
    [`test/transformer/requirements/${name}.test.ts`, test()],
    [list, listed()],
  ]);
  write(files);
  for (const file of files.keys()) console.log(file);
} else {
  console.error(`new-rule: ${fault}`);
  process.exitCode = 1;
}

/** What keeps such a rule from being made. */
function faultOf() {
  if (name === undefined) return 'name the rule: npm run new-rule -- NAME [COMMAND...]';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    return `\`${name}\` is no name of a rule: use words-like-these`;
  if (isReserved()) return `\`${name}\` means something in TypeScript: choose another name`;
  const wrong = commands.find((command) => !/^[\w.+-]+$/.test(command));
  if (wrong !== undefined) return `\`${wrong}\` is no name of a command`;
  const code = before.replace(/'.*'|\/\*.*/g, '');
  if (new RegExp(`\\b${identifier()}\\b`).test(code))
    return `${list} has a \`${identifier()}\`: choose another name`;
  const path = [`${folder}/${name}.ts`, `test/transformer/requirements/${name}.test.ts`].find(existsSync);
  return path && `there is ${path} already: choose another name`;
}

function identifier() {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

function isReserved() {
  const { constructor: Module } = async () => {};
  try {
    new Module(`'use strict'; const ${identifier()} = 1;`);
    return false;
  } catch {
    return true;
  }
}

function rule() {
  const told = commands.map((command) => `\`${command}\``).join(', ');
  return `import type { Rule } from './rule.js';

/** ${told}: what of it needs something that a sandbox has not, or does what artifacts do not keep. */
export const ${identifier()}: Rule = {
  names: [${commands.map((command) => `'${command}'`).join(', ')}],
  check: () => [],
};
`;
}

function test() {
  const [command] = commands;
  return `import { describe, expect, test } from 'vitest';
import { findRequirements } from '../../../src/transformer/requirements/find-requirements.js';

const found = (text: string) =>
  findRequirements([text], 'build')[0]!.map(({ code, message }) => \`\${code}: \${message}\`);

describe('the rule ${name}', () => {
  test('finds what it is for', () => {
    expect(found('${command} a')).toEqual(['code: message']);
  });

  test('leaves alone what does no harm', () => {
    expect(found('${command} --version')).toEqual([]);
  });
});
`;
}

/** The list with the rule at its end. */
function listed() {
  return `import { ${identifier()} } from './${name}.js';\n${before.replace(/\];\s*$/, `  ${identifier()},\n];\n`)}`;
}

/** Writes all of it, in the form in which the linter wants it, or nothing. */
function write(files) {
  const made = [...files.keys()].filter((file) => file !== list);
  try {
    for (const [file, text] of files) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, file === list ? {} : { flag: 'wx' });
    }
    const { status, error, stderr } = spawnSync(
      'node_modules/.bin/biome',
      ['check', '--write', '--vcs-enabled=false', ...files.keys()],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw error ?? new Error(stderr);
  } catch (error) {
    for (const file of made) rmSync(file, { force: true });
    for (const parent of made.map(dirname))
      if (existsSync(parent) && readdirSync(parent).length === 0) rmdirSync(parent);
    writeFileSync(list, before);
    console.error(`new-rule: nothing was written: ${error.message}`);
    process.exit(1);
  }
}
