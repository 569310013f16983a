import { closestMatch } from 'leven';
import { type Code, catalogue } from '../index.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';

/** The command `explain`: prints what the catalogue has on one code, or the list of all. Returns the exit code. */
export function runExplain(code: string | undefined, io: Io): number {
  if (code === undefined) {
    const width = Math.max(...Object.keys(catalogue).map((key) => key.length));
    for (const [key, { severity, meaning }] of Object.entries(catalogue)) {
      io.stdout(
        `${key.padEnd(width)}  ${severity.padEnd(7)}  ${meaning.split('. ')[0]!.replace(/\.$/, '')}\n`,
      );
    }
    return exitCodes.done;
  }
  if (!Object.hasOwn(catalogue, code)) {
    const nearest = closestMatch(code, Object.keys(catalogue), { maxDistance: 6 });
    const hint = nearest ? `did you mean ${nearest}?` : 'explain without a code lists them all';
    io.stderr(`error: there is no diagnostic ${code}\nhint: ${hint}\n`);
    return exitCodes.failed;
  }
  const { severity, meaning, advice, example } = catalogue[code as Code];
  const indented = example.replaceAll(/^/gm, '    ');
  io.stdout(`${code} (${severity})\n\n${meaning}\n\nWhat to do: ${advice}.\n\nFor example:\n\n${indented}\n`);
  return exitCodes.done;
}
