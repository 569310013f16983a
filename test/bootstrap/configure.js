#!/usr/bin/env node
// Writes the configuration by which `convert` converts the bootstrap: where the repositories are, and which commit of
// them each chunk of some strata is built from.
//
// usage: test/bootstrap/configure.js DEFINITIONS REPOSITORIES CONFIG.json STRATUM.morph...
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const [definitions, repositories, config, ...strata] = process.argv.slice(2);
const sources = {};

for (const stratum of strata) {
  const { chunks } = parse(readFileSync(join(definitions, stratum), 'utf8'), { version: '1.1', merge: true });
  for (const { name, repo } of chunks) {
    const folder = join(repositories, repo.replace(/^\w+:/, ''));
    if (!existsSync(folder)) continue;
    const ref = execFileSync('git', ['-C', folder, 'rev-parse', 'master'], { encoding: 'utf8' }).trim();
    sources[`${stratum.replace(/\.morph$/, '')}/${name}`] = { url: repo, ref, track: 'master' };
  }
}

const url = `file://${repositories}/`;
const content = {
  name: 'bootstrap',
  systems: ['systems/base-system-x86_64-generic.morph'],
  base: 'bootstrap',
  aliases: { upstream: url, baserock: url },
  sources,
};
writeFileSync(config, `${JSON.stringify(content, null, 2)}\n`);
