import { expect, test } from 'vitest';
import { convert, loadDefinitions, renderProject, textsOf, verifyProject } from '../../src/index.js';
import { type BuildStreamVersion, buildStreamVersions, dialectOf } from '../../src/project/dialects.js';

const samples = new URL('../../samples/definitions', import.meta.url).pathname;

/** What a project for a version of BuildStream says about where its plugins come from. */
const plugins: Readonly<Record<BuildStreamVersion, string>> = {
  1: '',
  2: `plugins:
- origin: pip
  package-name: buildstream-plugins
  elements:
  - autotools
  - cmake
  sources:
  - git
`,
};

test.each(buildStreamVersions)('a project for BuildStream %i does what is meant', async (version) => {
  const definitions = await loadDefinitions(samples);
  const texts = textsOf(renderProject(convert(definitions).project, version));
  const { status, differences } = verifyProject(definitions, texts);
  expect({ status, differences }).toEqual({ status: 'equal', differences: [] });
  expect(/^plugins:\n(?:[- ].*\n)*/m.exec(texts.get('project.conf')!)?.[0] ?? '').toBe(plugins[version]);
});

test.each([
  ['format-version', '12', 1],
  ['format-version', '18', 1],
  ['min-version', '1.93', 2],
  ['min-version', '2.0', 2],
  ['min-version', '2.5', 2],
] as const)('what says `%s: %s` is for BuildStream %i', (key, value, version) => {
  expect(dialectOf(key, value).version).toBe(version);
});
