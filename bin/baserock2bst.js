#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// V8 optimizes what has run for some time, which in a run of a second costs more than it gives: a third of the
// processor's time. With a larger budget only what is really hot, as in very large trees, is optimized.
setFlagsFromString('--interrupt-budget=1000000');
// A heap of a gigabyte would be let grow to more than twice that before garbage is looked for again.
setFlagsFromString('--heap-growing-percent=60');

const { node } = process.versions;
const [major, minor] = node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) refuse(`this is Node ${node}`, 'use Node 20.19 or newer');
else if (!existsSync(new URL('../dist/cli/start.js', import.meta.url))) {
  refuse('this clone of baserock2bst is not built', 'run `npm ci` in it');
} else {
  const { start } = await import('../dist/cli/start.js');
  process.exitCode = await start(process.argv.slice(2));
}

/** Says why nothing can be run here, in the form of all errors. */
function refuse(message, hint) {
  console.error(`error: ${message}\nhint: ${hint}`);
  process.exitCode = 2;
}
