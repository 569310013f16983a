// Loaded ahead of a program with --import: says at its end how much memory it took at most, in kB, on descriptor 3.
import { writeSync } from 'node:fs';

process.on('exit', () => writeSync(3, `${process.resourceUsage().maxRSS}\n`));
