import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { buildReport, type ConversionReport, collector, type Diagnostic, renderReport } from '../index.js';
import type { AskedConversion } from './convert-prepared.js';
import { makeFolder } from './make-folder.js';

/** The report on a conversion that was asked for on the command line. */
export function reportOn(
  { definitions, project, asked }: AskedConversion,
  source: string,
  diagnostics: readonly Diagnostic[],
): ConversionReport {
  return buildReport({ name: basename(resolve(source)), definitions, project, asked, diagnostics });
}

/** What every report of this tool has in it, by the name of its file. */
const marks: Readonly<Record<string, RegExp>> = {
  'report.html': /<title>Conversion of /,
  'report.json': /"name": "baserock2bst"/,
  'report.md': /^# Conversion of /,
};

/**
 * Writes a report in all its forms. Files of the same names are written over if they are reports as well.
 *
 * @returns why nothing was written, if so.
 */
export async function writeReport(report: ConversionReport, folder: string): Promise<readonly Diagnostic[]> {
  const { diagnostics, report: tell } = collector();
  const files = await renderReport(report);
  for (const name of files.keys()) {
    const present = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (present === undefined || marks[name]!.test(present)) continue;
    const hint = 'choose another folder for the report, or move the file away';
    tell('output-not-ours', undefined, `${join(folder, name)} is no report of this tool`, hint);
  }
  if (diagnostics.length > 0) return diagnostics;
  try {
    makeFolder(folder);
    for (const [name, content] of files) {
      const unfinished = join(folder, `.${name}.${process.pid}`);
      await writeFile(unfinished, content);
      await rename(unfinished, join(folder, name));
    }
  } catch (error) {
    tell('bad-output', undefined, `the report cannot be written to ${folder}: ${(error as Error).message}`);
  }
  return diagnostics;
}

/** The line that says where the page of a report is. */
export function whereIs(folder: string): string {
  return `report: ${join(folder, 'report.html')}\n`;
}
