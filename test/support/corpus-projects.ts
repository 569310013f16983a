import {
  type BuildStreamVersion,
  convert,
  type Definitions,
  loadDefinitions,
  type ProjectFile,
  renderProject,
} from '../../src/index.js';
import { type Corpus, corpusFolder } from './corpus.js';
import { ReadProject } from './read-project.js';
import { textFiles } from './text-files.js';

/*
 * What is made of a corpus by default. The test files that one process runs share it, since all of it takes long and
 * nothing may change it.
 */

const kept = new Map<string, unknown>();

function once<T>(what: string, make: () => T): T {
  if (!kept.has(what)) kept.set(what, make());
  return kept.get(what) as T;
}

/** The definitions of a corpus. */
export function loadCorpus(corpus: Corpus): Promise<Definitions> {
  return once(`definitions ${corpus}`, () => loadDefinitions(corpusFolder(corpus)));
}

/** What a corpus is converted to without any option. */
export function convertCorpus(corpus: Corpus): Promise<ReturnType<typeof convert>> {
  return once(`project ${corpus}`, async () => convert(await loadCorpus(corpus)));
}

/** The files of that project. */
export function renderCorpus(
  corpus: Corpus,
  version: BuildStreamVersion,
): Promise<ReadonlyMap<string, ProjectFile>> {
  return once(`files ${corpus} ${version}`, async () =>
    renderProject((await convertCorpus(corpus)).project, version),
  );
}

/** Those files, read back. */
export function readCorpus(corpus: Corpus, version: BuildStreamVersion): Promise<ReadProject> {
  return once(
    `read ${corpus} ${version}`,
    async () => new ReadProject(textFiles(await renderCorpus(corpus, version))),
  );
}
