import { beforeAll, describe, expect, test } from 'vitest';
import type { Definitions, VerifyOptions } from '../../src/index.js';
import { convert, loadDefinitions, renderProject, textsOf, verifyProject } from '../../src/index.js';

const folder = new URL('../../samples/definitions', import.meta.url).pathname;
const core = 'elements/strata/core';
const bash = `${core}/bash.bst`;
const git = 'elements/strata/tools/libgit2++.bst';
const system = 'elements/systems/pocket-system-x86_64.bst';

let definitions: Definitions;
let texts: ReadonlyMap<string, string>;
beforeAll(async () => {
  definitions = await loadDefinitions(folder);
  texts = textsOf(renderProject(convert(definitions).project, 2));
});

type Edit = readonly [path: string, from: string | RegExp, to: string];

function edited(...edits: readonly Edit[]): Map<string, string> {
  const result = new Map(texts);
  for (const [path, from, to] of edits) {
    const text = result.get(path)!;
    const changed = text.replace(from, to);
    expect([path, changed]).not.toEqual([path, text]);
    result.set(path, changed);
  }
  return result;
}

/** What verify says of a project: `aspect element: message`. */
function told(project: ReadonlyMap<string, string>, options: VerifyOptions = {}) {
  const { differences, deliberate, diagnostics } = verifyProject(definitions, project, options);
  expect(diagnostics).toEqual([]);
  return {
    differences: differences.map(({ aspect, element, message }) => `${aspect} ${element}: ${message}`),
    deliberate: deliberate.map(({ message }) => message),
  };
}

describe('verify tells', () => {
  test.each<[string, Edit, string]>([
    [
      'a repository',
      [bash, 'upstream:bash', 'upstream:dash'],
      'sources strata/core/bash.bst: the repository is another one',
    ],
    ['a commit', [bash, /5{40}/, '6'.repeat(40)], 'sources strata/core/bash.bst: the commit is another one'],
    ['a lost commit', [bash, / *ref: .*\n/, ''], 'sources strata/core/bash.bst: the commit is another one'],
    [
      'a branch',
      [bash, "track: '5.20'", 'track: master'],
      'sources strata/core/bash.bst: the branch or tag is another one',
    ],
    [
      'a lost branch',
      [bash, / *track: .*\n/, ''],
      'sources strata/core/bash.bst: the branch or tag is another one',
    ],
    [
      'a kind of source',
      [bash, 'kind: git\n', 'kind: bzr\n'],
      'sources strata/core/bash.bst: the kind of source is another one',
    ],
    [
      'a field of a source',
      [bash, '  url: upstream:bash\n', '  url: upstream:bash\n  directory: sub\n'],
      'sources strata/core/bash.bst: the source has `directory`, of which the definitions know nothing',
    ],
    [
      'an alias that nothing defines',
      ['project.conf', /^ {2}upstream: .*\n/m, ''],
      'sources strata/bsp-x86_64/linux-x86_64.bst: the alias upstream is not defined in project.conf',
    ],
    [
      'a lost source',
      [bash, /sources:\n[\s\S]*?\n\n/, ''],
      'sources strata/core/bash.bst: there are 0 sources, and there should be 1',
    ],
    [
      'a second source',
      [bash, 'sources:\n', 'sources:\n- kind: local\n  path: files\n'],
      'sources strata/core/bash.bst: there are 2 sources, and there should be 1',
    ],
    [
      'a submodule',
      [git, 'url: upstream:libgit2\n', 'url: upstream:other\n'],
      'the submodule libgit2 is another one',
    ],
    [
      'a submodule with more',
      [git, /( +)(url: upstream:libgit2\n)/, '$1$2$1checkout: False\n'],
      'the submodule libgit2',
    ],
    ['a lost submodule', [git, / *submodules:\n.*\n.*\n/, ''], 'the submodule libgit2 is another one'],
    [
      'another kind',
      [`${core}/ncurses.bst`, 'kind: autotools', 'kind: stack'],
      'element strata/core/ncurses.bst: it is a stack element, and builds nothing',
    ],
    [
      'a system of another kind',
      [system, 'kind: compose', 'kind: stack'],
      'it is a stack element, and puts no system together',
    ],
    [
      'a system for any architecture',
      [system, /\(\?\):\n[\s\S]*$/, ''],
      'it loads for other architectures than x86_64',
    ],
    [
      'no integration',
      [system, 'integrate: True', 'integrate: False'],
      'integration commands are not run in the system',
    ],
    [
      'a lost dependency',
      [bash, 'depends:\n- strata/core/ncurses.bst\n', 'depends: []\n'],
      'staging strata/core/bash.bst: strata/core/ncurses.bst is not staged for its build',
    ],
    [
      'another dependency',
      [`${core}/ncurses.bst`, 'build-depends:\n', 'build-depends:\n- strata/core/perl.bst\n'],
      'staging strata/core/ncurses.bst: strata/core/perl.bst is staged for its build, and should not be',
    ],
    [
      'a chunk lost from a stratum',
      ['elements/strata/core.bst', '- strata/core/perl.bst\n', ''],
      'contents strata/core.bst: strata/core/perl.bst is missing from the stratum',
    ],
    [
      'a chunk of another stratum',
      ['elements/strata/tools.bst', 'depends:\n', 'depends:\n- strata/bsp-x86_64/linux-x86_64.bst\n'],
      'contents strata/tools.bst: the stratum holds strata/bsp-x86_64/linux-x86_64.bst, and should not',
    ],
    [
      'a base without the sysroot',
      ['elements/base.bst', 'depends:\n- base/sysroot.bst\n', ''],
      'contents base.bst: base/sysroot.bst is missing from the base',
    ],
    [
      'a part of the base without the sysroot',
      ['elements/base/minimal.bst', 'build-depends:\n- base/sysroot.bst\n', ''],
      'contents base/minimal.bst: this part of the base is not made of base/sysroot.bst alone',
    ],
    [
      'a variable of the environment',
      [bash, 'config:\n', 'environment:\n  COLOUR: red\n\nconfig:\n'],
      'environment strata/core/bash.bst: COLOUR is set, which the definitions do not',
    ],
    [
      'a prefix',
      ['elements/strata/tools/cmake.bst', 'prefix: /opt/cmake', 'prefix: /opt/other'],
      'environment strata/tools/cmake.bst: PREFIX has another value',
    ],
    [
      'a command that is not guarded',
      [bash, /- \|-\n {6}%\{system-only\}\n {6}true/, '- true'],
      'integration',
    ],
    [
      'a lost script',
      [bash, /public:[\s\S]*$/, ''],
      'integration strata/core/bash.bst: integration-commands: ',
    ],
    [
      'a script of an element that is no chunk',
      ['elements/strata/core.bst', /$/, "\npublic:\n  bst:\n    integration-commands: ['true']\n"],
      'integration strata/core.bst: integration-commands: ',
    ],
  ])('%s', (_, edit, wanted) => {
    expect(told(edited(edit)).differences.join('\n')).toContain(wanted);
  });

  test.each([
    [bash, 'element strata/core/bash.bst: the element of the chunk is missing'],
    ['elements/strata/core.bst', 'element strata/core.bst: the element of the stratum is missing'],
    [system, 'element systems/pocket-system-x86_64.bst: the element of the system is missing'],
  ])('of an element that is not there: %s', (path, wanted) => {
    const name = path.slice('elements/'.length);
    const without = new Map([...texts].filter(([each]) => each !== path));
    // What depends on it depends on nothing, for what is missing would be an error of its own.
    for (const [each, text] of without) without.set(each, text.replaceAll(`- ${name}\n`, ''));
    expect(told(without).differences).toContain(wanted);
  });

  test('what is meant: an alias that leads elsewhere, and a branch that a person pinned', () => {
    const moved = edited(['project.conf', /^ {2}upstream: .*$/m, '  upstream: https://example.com/']);
    expect(told(moved)).toMatchObject({
      differences: [],
      deliberate: expect.arrayContaining(['the alias upstream leads to https://example.com/']),
    });
  });

  test('that a project has no option for an architecture of the definitions', () => {
    const without = edited(['project.conf', '    - armv8l64\n', '']);
    expect(told(without).differences).toContain(
      'architecture systems/devel-system-armv8l64.bst: the project has no option for the architecture armv8l64',
    );
  });

  test('nothing of a commit that it is told of', () => {
    const other = '7'.repeat(40);
    const project = edited([bash, /5{40}/, other]);
    for (const name of ['bash', 'strata/core/bash']) {
      expect(told(project, { chunkRefs: { [name]: other } }).differences).toEqual([]);
    }
    expect(told(texts, { chunkRefs: { bash: other } }).differences).toEqual([
      'sources strata/core/bash.bst: the commit is another one',
    ]);
  });
});
