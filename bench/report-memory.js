// Loaded ahead of a program with --import: says at its end on descriptor 3 how much memory it took at most, in kB, and
// how long it kept the processor, in µs.
import { writeSync } from 'node:fs';

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, JSON.stringify({ memory: maxRSS, processor: userCPUTime + systemCPUTime }));
});
