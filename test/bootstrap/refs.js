#!/usr/bin/env node
// Prints the options of `convert` that give chunks the commits of repositories on this machine, one in a line: of every
// chunk of some strata whose repository is there.
//
// usage: test/bootstrap/refs.js DEFINITIONS REPOSITORIES STRATUM.morph...
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const [definitions, repositories, ...strata] = process.argv.slice(2);
const commits = new Map();

for (const stratum of strata) {
  const { chunks } = parse(readFileSync(join(definitions, stratum), 'utf8'), { version: '1.1', merge: true });
  for (const { name, repo } of chunks) {
    const folder = join(repositories, repo.replace(/^\w+:/, ''));
    if (!existsSync(folder)) continue;
    const commit =
      commits.get(folder) ??
      execFileSync('git', ['-C', folder, 'rev-parse', 'master'], { encoding: 'utf8' }).trim();
    commits.set(folder, commit);
    console.log(`--ref=${stratum.replace(/\.morph$/, '')}/${name}=${commit}`);
  }
}
