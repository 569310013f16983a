import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main.js';
import type { Diagnostic } from '../../src/index.js';
import { corpora, corpusFolder, expectedFacts } from './corpus.js';

/** The newest tree, with a merge conflict in a stratum that some systems need, directly or by way of others. */
export const broken = { corpus: corpora[0], stratum: 'strata/wayland-generic' } as const;

/** The systems by whether they need that stratum, according to ybd. */
export function systemsAround(): { healthy: string[]; ill: string[] } {
  const { systems, strata } = expectedFacts(broken.corpus);
  const isIll = (system: string) => {
    const found = new Set<string>();
    const open = systems[system]!.strata.map(([stratum]) => stratum);
    for (let stratum = open.pop(); stratum !== undefined; stratum = open.pop()) {
      if (found.has(stratum)) continue;
      found.add(stratum);
      open.push(...strata[stratum]!.buildDepends);
    }
    return found.has(broken.stratum);
  };
  const all = Object.keys(systems).sort();
  return { healthy: all.filter((key) => !isIll(key)), ill: all.filter(isIll) };
}

/** Makes the tree in a folder that is not there yet, and returns the line at which the conflict begins. */
export function makeBrokenTree(definitions: string): number {
  cpSync(corpusFolder(broken.corpus), definitions, { recursive: true });
  const file = join(definitions, `${broken.stratum}.morph`);
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines.findIndex((each) => /^ {2}ref: /.test(each));
  lines.splice(at, 1, '<<<<<<< HEAD', lines[at]!, '=======', '  ref: master', '>>>>>>> newer');
  writeFileSync(file, lines.join('\n'));
  return at + 1;
}

/** Converts it with the command; `convert` is given further flags. */
export async function convertBrokenTree(
  definitions: string,
  out: string,
  ...flags: string[]
): Promise<{ code: number; diagnostics: readonly Diagnostic[] }> {
  let stdout = '';
  const io = {
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: () => {},
    colour: false,
    machine: 'x64',
  };
  const code = await main(
    ['convert', definitions, out, '--name', 'baserock', '--json', '--all', ...flags],
    io,
  );
  return { code, diagnostics: (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics };
}
