#!/usr/bin/env node
// Copies definitions with the adjustments of a table applied to them: what today's sources need, and what saves time.
//
// usage: test/bootstrap/adjust.js DEFINITIONS ADJUSTMENTS.yml COPY
//
// Each adjustment has its reason above the command that it changes, as a comment, which conversion carries into the
// element. One that no longer fits the definitions is an error: nothing is adjusted by halves.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMap, isScalar, parse, parseDocument } from 'yaml';

const [definitions, table, copy] = process.argv.slice(2);
const { stratum, adjustments, omissions, additions } = parse(readFileSync(table, 'utf8'));
const read = (path) => parseDocument(readFileSync(join(copy, path), 'utf8'), { version: '1.1' });
// Lines stay as long as they are: folding could change commands.
const write = (path, text) => {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
};
const fail = (message) => {
  console.error(`adjust: ${message}`);
  process.exit(1);
};

rmSync(copy, { recursive: true, force: true });
cpSync(definitions, copy, { recursive: true });
const document = read(stratum);
const entries = document.get('chunks').items;
const entryOf = (chunk) =>
  entries.find((entry) => entry.get('name') === chunk) ?? fail(`there is no chunk ${chunk}`);
const commentOf = (because) => ` Adjusted: ${because.trim().replace(/\n/g, '\n ')}`;

for (const { chunks, replace, by, because } of adjustments) {
  for (const chunk of chunks) {
    const path = entryOf(chunk).get('morph');
    const file = read(path);
    const lists = file.contents.items.filter(({ key }) => String(key).endsWith('-commands'));
    let count = 0;
    for (const command of lists.flatMap(({ value }) => value.items)) {
      if (!isScalar(command) || !String(command.value).includes(replace)) continue;
      command.value = String(command.value).replaceAll(replace, by.replace(/\n$/, ''));
      command.commentBefore = [command.commentBefore, commentOf(because)].filter(Boolean).join('\n');
      count += 1;
    }
    if (count === 0) fail(`no command of ${chunk} has ${JSON.stringify(replace)} in it`);
    write(path, file.toString({ lineWidth: 0, indentSeq: false }));
  }
}

for (const { chunk, because } of omissions) {
  entries.splice(entries.indexOf(entryOf(chunk)), 1);
  document.comment = [document.comment, ` Left out: ${chunk}: ${because.trim().replace(/\n/g, '\n ')}`]
    .filter(Boolean)
    .join('\n');
}

// Chunks that are not in the definitions, before the first one that needs them.
for (const { because, chunk, file, neededBy } of additions) {
  const path = `${stratum.replace(/\.morph$/, '')}/${chunk.name}.morph`;
  write(path, file);
  const node = document.createNode({ ...chunk, morph: path });
  node.commentBefore = commentOf(because).replace('Adjusted', 'Added');
  entries.splice(entries.indexOf(entryOf(neededBy[0])), 0, node);
  for (const name of neededBy) {
    const depends = entryOf(name).get('build-depends');
    if (isMap(entryOf(name)) && depends) depends.add(document.createNode(chunk.name));
  }
}
write(stratum, document.toString({ lineWidth: 0, indentSeq: false }));
