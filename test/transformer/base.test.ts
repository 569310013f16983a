import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ConvertOptions, ProjectFile } from '../../src/index.js';
import { briefly, buildEssential, converted, SHA } from '../support/definitions.js';

const stratum = (name: string, below: string, chunk: string) => `name: ${name}
kind: stratum
build-depends:
- morph: strata/${below}.morph
chunks:
- {name: ${chunk}, repo: 'upstream:${chunk}', ref: ${SHA}, build-system: manual}
`;

const system = (artifacts: string) => `name: s
kind: system
arch: x86_64
strata:
- morph: strata/build-essential.morph
${artifacts}- morph: strata/core.morph
`;

const tree = {
  VERSION: 'version: 8\n',
  'strata/build-essential.morph': buildEssential,
  'strata/core.morph': stratum('core', 'build-essential', 'bash'),
  'strata/tools.morph': stratum('tools', 'core', 'strace'),
  'systems/s.morph': system(''),
};

function convert(options: ConvertOptions, extra: Record<string, string> = {}, version: 1 | 2 = 2) {
  const { project, diagnostics, files } = converted({ ...tree, ...extra }, options, version);
  return { project, said: briefly(diagnostics), files };
}

describe('the base', () => {
  test('is a sysroot that the project’s own script makes', () => {
    const { files, project } = convert({});
    expect(project.element('base.bst').depends).toEqual(['base/sysroot.bst']);
    expect(files.get('base/make-sysroot')?.executable).toBe(true);
    expect(files.get('include/sysroot.yml')?.once).toBe(true);
    expect(files.get('project.conf')?.content).toContain('(@): include/sysroot-place.yml');
    expect(files.has('base/extra-packages')).toBe(false);
  });

  test.each<[NonNullable<ConvertOptions['sysroot']>, string]>([
    [
      { kind: 'tar', place: 'https://x/y.tar', ref: 'abc' },
      'kind: tar\n  url: https://x/y.tar\n  ref: abc\n',
    ],
    [{ kind: 'local', place: 'files/root' }, 'kind: local\n  path: files/root\n'],
    [
      { kind: 'ostree', place: 'https://x/repo', track: 'main' },
      'kind: ostree\n  url: https://x/repo\n  track: main\n',
    ],
    [
      { kind: 'docker', place: 'debian', track: 'bookworm' },
      'kind: docker\n  image: debian\n  track: bookworm\n',
    ],
  ])('can come from elsewhere: %o', (sysroot, source) => {
    const { files } = convert({ sysroot });
    expect(files.get('include/sysroot.yml')).toMatchObject({
      content: expect.stringContaining(`- ${source}`),
      once: false,
    });
    expect(files.has('include/sysroot-place.yml')).toBe(false);
    expect(files.get('project.conf')?.content).not.toContain('(@)');
    expect(files.get('project.conf')?.content.includes('  - docker\n')).toBe(sysroot.kind === 'docker');
  });

  test.each(['/srv/root', '../root', 'files/../../root'])(
    'a folder outside of the project is refused: %s',
    (place) => {
      const { said } = convert({ sysroot: { kind: 'local', place } });
      expect(said).toContain(
        `bad-option \`${place}\` is no folder of the project, and BuildStream takes local files from there only`,
      );
    },
  );

  test('takes extra packages, which systems on it report', () => {
    const { files, said } = convert({ baseExtra: ['perl', 'python3'] });
    expect(files.get('base/extra-packages')?.content).toMatch(/^#.*\nperl\npython3\n$/);
    expect(said).toEqual([
      'base-extra systems/s.morph:1:1 `s` holds what was added to the base: perl, python3',
    ]);
    expect(convert({ baseExtra: ['a b'] }).said).toContain(
      'bad-option `a b` cannot be the name of a Debian package',
    );
  });

  test('has parts for the artifacts that systems select', () => {
    const selecting = (...names: string[]) => {
      const artifacts = `  artifacts: [${names.map((name) => `build-essential-${name}`).join(', ')}]\n`;
      const { project, said } = convert({}, { 'systems/s.morph': system(artifacts) });
      return [project.element('systems/s.bst')['build-depends']![0], ...said];
    };
    const part = (element: string, ...names: string[]) => [
      element,
      `base-part systems/s.morph:6:15 \`s\` selects ${names.map((name) => `build-essential-${name}`).join(', ')} and holds ${element}`,
    ];
    expect(selecting('minimal')).toEqual(part('base/minimal.bst', 'minimal'));
    expect(selecting('runtime')).toEqual(part('base/runtime.bst', 'runtime'));
    expect(selecting('minimal', 'runtime')).toEqual(part('base/runtime.bst', 'minimal', 'runtime'));
    expect(selecting('runtime', 'devel')).toEqual(part('base.bst', 'runtime', 'devel'));
    expect(selecting('tests')).toEqual([
      'base.bst',
      'unknown-selection systems/s.morph:6:15 `build-essential` has no artifact `build-essential-tests`, so that nothing is taken for it',
      'base-artifacts systems/s.morph:6:15 `s` selects build-essential-tests of build-essential',
    ]);
  });

  test('can be the person’s own', () => {
    const own = new Map<string, ProjectFile>([
      ['elements/base.bst', { content: 'kind: stack\n' }],
      ['mine/readme', { content: 'x' }],
    ]);
    const { files } = convert({ base: own });
    expect(files.get('elements/base.bst')?.content).toBe('kind: stack\n');
    expect(files.has('mine/readme')).toBe(true);
    expect([...files.keys()].filter((path) => path.includes('sysroot'))).toEqual([]);
  });

  test('can be left to the person', () => {
    const { files } = convert({ base: 'none' });
    expect([...files.keys()].filter((path) => /^(base|include\/sys|elements\/base)/.test(path))).toEqual([
      'elements/base/system-marker.bst',
    ]);
    expect(files.get('elements/strata/core/build-deps.bst')?.content).toContain('- base.bst');
  });

  test('stands in for the strata that the caller names', () => {
    const { project, said } = convert({ baseStrata: ['strata/core.morph'] });
    expect(project.element('strata/tools/build-deps.bst').depends).toEqual(['base.bst']);
    expect(project.elements.has('strata/core.bst')).toBe(false);
    expect(project.elements.has('strata/build-essential/stage1.bst')).toBe(true);
    expect(project.element('systems/s.bst')['build-depends']).toEqual([
      'strata/build-essential.bst',
      'base.bst',
      'base/system-marker.bst',
    ]);
    expect(said.filter((text) => !text.startsWith('unknown-build-system'))).toEqual([]);
    expect(convert({ baseStrata: ['strata/gone.morph'] }).said).toContain(
      'bad-option there is no stratum strata/gone.morph',
    );
  });
});

describe('an element of the person’s own', () => {
  test('stands in for a stratum and all that it is built on', () => {
    const { project, said } = convert({ rebase: { 'strata/core.morph': 'sdk.bst' }, manifest: true });
    expect(project.element('strata/tools/build-deps.bst').depends).toEqual(['sdk.bst']);
    expect(project.element('systems/s.bst')['build-depends']?.slice(0, 2)).toEqual(['base.bst', 'sdk.bst']);
    expect(project.elements.has('strata/core/bash.bst')).toBe(false);
    expect(said).toEqual(['stratum-replaced strata/core.morph:1:1 `core` (1 chunks) is replaced by sdk.bst']);
    expect(project.files.get('files/manifests/systems/s/baserock/manifest.json')?.content).toContain(
      'sdk.bst',
    );
  });

  test('lets a system do without the strata that are no longer needed', () => {
    const options = { systems: ['systems/t.morph'], rebase: { 'strata/core.morph': 'sdk.bst' } };
    const { project } = convert(options, {
      'systems/t.morph': 'name: t\nkind: system\narch: x86_64\nstrata:\n- morph: strata/tools.morph\n',
    });
    expect([...project.elements.keys()].filter((path) => path.startsWith('strata/'))).toEqual([
      'strata/tools.bst',
      'strata/tools/build-deps.bst',
      'strata/tools/strace.bst',
    ]);
  });

  test('has to be an element', () => {
    expect(convert({ rebase: { 'strata/core.morph': 'sdk' } }).said).toContain(
      'bad-option `sdk`, in the place of strata/core.morph, is not the name of an element',
    );
  });
});

test('servers of artifacts stand in project.conf', () => {
  for (const version of [1, 2] as const) {
    const { files } = convert({ artifactCaches: ['https://cache.example:11001'] }, {}, version);
    expect(files.get('project.conf')?.content).toContain('artifacts:\n- url: https://cache.example:11001\n');
  }
});

test('a server that builds stands in a configuration for people, for BuildStream 2 alone', () => {
  const options = { remoteExecution: 'https://build.example:50051' };
  const text = convert(options, {}, 2).files.get('buildstream.conf')?.content;
  expect(text).toContain('remote-execution:\n  execution-service:\n    url: https://build.example:50051\n');
  expect(convert(options, {}, 1).files.has('buildstream.conf')).toBe(false);
});

test('where a server builds, project.conf says which machine an architecture needs, as far as that has a name', () => {
  const options = { remoteExecution: 'https://build.example:50051' };
  const sandbox = (version: 1 | 2, given = {}) =>
    parse(convert(given, {}, version).files.get('project.conf')!.content as string).sandbox;
  const cases: Record<string, { 'build-arch': string }>[] = sandbox(2, options)['(?)'];
  const machines = Object.assign({}, ...cases);
  expect(machines['arch == "armv8l64"']).toEqual({ 'build-arch': 'aarch64' });
  expect(machines['arch == "armv7lhf"']).toEqual({ 'build-arch': 'aarch32' });
  expect(machines['arch == "x86_32"']).toEqual({ 'build-arch': 'x86-32' });
  expect(machines).not.toHaveProperty(['arch == "mips32b"']);
  expect(sandbox(2)).toBeUndefined();
  expect(sandbox(1, options)).toBeUndefined();
});

describe('the bootstrap', () => {
  const chunk = (name: string, more: string) =>
    `- {name: ${name}, repo: 'upstream:x', ref: ${SHA}, ${more}}\n`;
  const stage = 'build-mode: bootstrap, prefix: /tools, build-system: manual';
  const { project } = convert(
    { base: 'bootstrap', baseExtra: ['nano'] },
    {
      'strata/build-essential.morph': `name: build-essential\nkind: stratum\nchunks:\n${[
        chunk('stage1-gcc', stage),
        chunk(
          'stage2-glibc',
          `${stage}, build-depends: [stage1-gcc], install-commands: ['cp ld.so "$DESTDIR/lib64"']`,
        ),
        chunk('stage2-make', `${stage}, build-depends: [stage1-gcc, stage2-glibc]`),
        chunk('glibc', 'build-system: manual, build-depends: [stage2-glibc, stage2-make]'),
        chunk('make', 'build-system: manual, build-depends: [stage2-make, glibc]'),
      ].join('')}`,
    },
  );

  test('ends in a base of its last stage', () => {
    expect(project.element('base.bst').depends).toEqual([
      'base/glibc.bst',
      'base/make.bst',
      'base/ldconfig.bst',
    ]);
    expect([...project.staged('base/make.bst')].sort()).toEqual([
      'base/glibc.bst',
      'base/ldconfig.bst',
      'base/stage2-make.bst',
    ]);
  });

  test('begins with the sysroot, and passes nothing on that is not named', () => {
    expect([...project.staged('base/stage1-gcc.bst')]).toEqual(['base/sysroot.bst']);
    expect([...project.staged('base/stage2-make.bst')].sort()).toEqual([
      'base/stage1-gcc.bst',
      'base/stage2-glibc-beside-sysroot.bst',
      'base/sysroot.bst',
    ]);
    expect([...project.staged('base/glibc.bst')].sort()).toEqual([
      'base/ldconfig.bst',
      'base/stage2-glibc.bst',
      'base/stage2-make.bst',
    ]);
  });

  test('keeps the loader of the sysroot where both are staged', () => {
    expect(project.element('base/stage2-glibc-beside-sysroot.bst')).toMatchObject({
      kind: 'compose',
      'build-depends': ['base/stage2-glibc.bst'],
      config: { exclude: ['displacing'] },
    });
    expect(project.element('base/stage2-glibc.bst')).toMatchObject({
      variables: { prefix: '/tools', 'build-root': '/build' },
      environment: { PATH: '/tools/bin:/usr/bin:/bin:/usr/sbin:/sbin' },
    });
    expect(project.files.get('base/extra-packages')?.content).toMatch(/\nxz-utils\nnano\n$/);
  });
});
