#!/usr/bin/env node
// Writes what was built into docs/bootstrap.md: the parts between its markers, from what BuildStream has in its cache
// and from its logs. What an earlier run built counts, as long as it is still what the project asks for.
//
// usage: bst show --format '%{name} %{key} %{state}' … | test/bootstrap/report.js FOLDER VERSION
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const [folder, version] = process.argv.slice(2);
const here = new URL('.', import.meta.url);
const document = new URL('../../docs/bootstrap.md', here);
const logs = join(folder, `cache${version}`, 'buildstream/logs/bootstrap');

/** Minutes that the last successful build of an element took. */
function minutesOf(name, key) {
  const own = join(logs, name.replace(/\.bst$/, '').replaceAll('/', '-'));
  if (!existsSync(own)) return undefined;
  const times = readdirSync(own)
    .filter((file) => file.startsWith(`${key.slice(0, 8)}-build.`))
    .map((file) =>
      /\[(\d+):(\d+):(\d+)\] SUCCESS (?:\[\w+\] )?\S+: Build\s*$/.exec(readFileSync(join(own, file), 'utf8')),
    )
    .filter((match) => match !== null)
    .map(([, hours, minutes, seconds]) => Number(hours) * 60 + Number(minutes) + Number(seconds) / 60);
  return times.at(-1);
}

function builtTable() {
  const rows = readFileSync(0, 'utf8')
    .split('\n')
    .map((line) => /^(\S+\.bst) (\w+) (.+)$/.exec(line))
    .filter((match) => match !== null && /^(base|strata\/core)\/[^/]+$/.test(match[1]))
    .filter(([, name]) => !/build-deps|sysroot|system-marker/.test(name))
    .map(([, name, key, state]) => {
      const minutes = minutesOf(name, key);
      return { name, state: state === 'cached' ? 'built' : 'not yet', minutes };
    });
  const built = rows.filter(({ state }) => state === 'built');
  const sum = built.reduce((total, { minutes = 0 }) => total + minutes, 0);
  const lines = rows.map(
    ({ name, state, minutes }) =>
      `| \`${name}\` | ${state} | ${state === 'built' && minutes !== undefined ? minutes.toFixed(1) : ''} |`,
  );
  const heading = `${built.length} of ${rows.length} elements are built, in ${sum.toFixed(0)} minutes.`;
  return [heading, '', '| element | | minutes |', '|---|---|---|', ...lines].join('\n');
}

function sourcesTable() {
  const rows = [...new Set(readFileSync(join(folder, 'versions'), 'utf8').trim().split('\n'))].sort();
  const lines = rows.map((row) => `| ${row.replace('\t', ' | ')} |`);
  return ['| repository | Debian’s source package (release) |', '|---|---|', ...lines].join('\n');
}

function adjustmentsTable() {
  const { adjustments, omissions, additions } = parse(readFileSync(new URL('adjustments.yml', here), 'utf8'));
  const cell = (text) =>
    text
      .trim()
      .replace(/\s*\n\s*/g, ' ')
      .replaceAll('|', '\\|');
  const code = (text) => `\`${cell(text)}\``;
  const lines = [
    ...adjustments.map(
      ({ chunks, replace, by, because }) =>
        `| ${chunks.join(', ')} | ${code(replace)} | ${code(by)} | ${cell(because)} |`,
    ),
    ...omissions.map(({ chunk, because }) => `| ${chunk} | the chunk | left out | ${cell(because)} |`),
    ...additions.map(({ chunk, because }) => `| ${chunk.name} | | a chunk of its own | ${cell(because)} |`),
  ];
  return ['| chunk | instead of | is | because |', '|---|---|---|---|', ...lines].join('\n');
}

let text = readFileSync(document, 'utf8');
const parts = {
  [`built-${version}`]: builtTable(),
  sources: sourcesTable(),
  adjustments: adjustmentsTable(),
};
for (const [part, content] of Object.entries(parts)) {
  const pattern = new RegExp(`(<!-- generated: ${part} -->\n)[^]*?(\n?<!-- end: ${part} -->)`);
  if (!pattern.test(text)) throw new Error(`docs/bootstrap.md has no part ${part}`);
  text = text.replace(pattern, (_, begin) => `${begin}\n${content}\n\n<!-- end: ${part} -->`);
}
writeFileSync(document, text);
