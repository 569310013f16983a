#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// V8 optimizes what has run for some time, which in a run of a second costs more than it gives: a third of the
// processor's time. With a larger budget only what is really hot, as in very large trees, is optimized.
setFlagsFromString('--interrupt-budget=1000000');
// A heap of a gigabyte would be let grow to more than twice that before garbage is looked for again.
setFlagsFromString('--heap-growing-percent=60');
const { main, processIo } = await import('../dist/cli.js');
process.exitCode = await main(process.argv.slice(2), processIo());
