import type { Deployment } from '../../src/definitions/model.js';
import {
  type ConvertOptions,
  convert,
  type Definitions,
  type Diagnostic,
  parseDefinitions,
  renderProject,
} from '../../src/index.js';
import { ReadProject } from './read-project.js';
import { textFiles } from './text-files.js';

export const SHA = '0123456789abcdef0123456789abcdef01234567';

/** A stratum's base, so that its chunks are built on something. */
export const buildEssential = `name: build-essential
kind: stratum
products:
- {artifact: build-essential-minimal, include: [gcc-libs]}
chunks:
- {name: stage1, repo: 'upstream:gcc', ref: ${SHA}, build-mode: bootstrap, prefix: /tools}
- {name: gcc, repo: 'upstream:gcc', ref: ${SHA}, build-depends: [stage1]}
`;

/** Definitions from texts by path. */
export function definitionsOf(files: Readonly<Record<string, string>>): Definitions {
  return parseDefinitions(new Map(Object.entries(files)));
}

/** What a small tree is converted to, read back from its rendered files, and everything that was found. */
export function converted(
  files: Readonly<Record<string, string>>,
  options: ConvertOptions = {},
  version: 1 | 2 = 1,
): { project: ReadProject; diagnostics: Diagnostic[]; files: ReturnType<typeof textFiles> } {
  const definitions = definitionsOf(files);
  const { project, diagnostics } = convert(definitions, options);
  const rendered = textFiles(renderProject(project, version));
  return {
    project: new ReadProject(rendered),
    diagnostics: [...definitions.diagnostics, ...diagnostics],
    files: rendered,
  };
}

/** A tree of one stratum with one chunk of the given fields, on top of build-essential. */
export function oneChunk(entry: string, file?: string): Record<string, string> {
  const indented = entry.replaceAll('\n', '\n  ').trimEnd();
  return {
    VERSION: 'version: 8\n',
    'strata/build-essential.morph': buildEssential,
    'strata/s.morph': `name: s
kind: stratum
build-depends:
- morph: strata/build-essential.morph
chunks:
- name: c
  repo: upstream:c
  ref: ${SHA}
${file === undefined ? '' : '  morph: strata/s/c.morph\n'}  ${indented}
`,
    ...(file === undefined ? {} : { 'strata/s/c.morph': file }),
  };
}

/** `code line:column message` of each diagnostic, without those that every conversion has. */
export function briefly(diagnostics: readonly Diagnostic[]): string[] {
  const usual = ['base-replaced', 'source-servers', 'metadata'];
  return diagnostics
    .filter(({ code }) => !usual.includes(code))
    .map(({ code, place, message }) => {
      const where = place ? `${place.file}:${place.line}:${place.column} ` : '';
      return `${code} ${where}${message}`;
    });
}

/** The values of a deployment's own variables. */
export function valuesOf({ variables }: Deployment): Record<string, unknown> {
  return Object.fromEntries([...variables].map(([name, { value }]) => [name, value]));
}
