import {
  buildReport,
  type ConversionReport,
  type ConvertOptions,
  convert,
  type Definitions,
  type Diagnostic,
} from '../../src/index.js';
import type { Corpus } from './corpus.js';
import { convertCorpus, loadCorpus } from './corpus-projects.js';
import { definitionsOf } from './definitions.js';

/** The report on definitions, converted as the options say. */
export function reportOf(
  definitions: Definitions,
  options: ConvertOptions = {},
  name = 'definitions',
): ConversionReport {
  const { project, asked, diagnostics } = convert(definitions, options);
  const all = [...definitions.diagnostics, ...diagnostics];
  return buildReport({ name, definitions, project, asked, diagnostics: all });
}

/** The report on definitions that are given as texts by path. */
export function reportOn(
  files: Readonly<Record<string, string>>,
  options: ConvertOptions = {},
): ConversionReport {
  return reportOf(definitionsOf(files), options);
}

/** The report on a corpus. */
export async function reportOnCorpus(
  corpus: Corpus,
  options: ConvertOptions = {},
): Promise<ConversionReport> {
  return reportOf(await loadCorpus(corpus), options, corpus);
}

/** All that reading and converting a corpus finds. */
export async function diagnosticsOfCorpus(corpus: Corpus): Promise<Diagnostic[]> {
  const definitions = await loadCorpus(corpus);
  return [...definitions.diagnostics, ...(await convertCorpus(corpus)).diagnostics];
}
