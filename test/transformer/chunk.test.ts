import { describe, expect, test } from 'vitest';
import { briefly, converted, oneChunk, SHA } from '../support/definitions.js';

const defaults = `build-systems:
  manual: {}
  tests:
    configure-commands: [configure]
    build-commands: [build]
    test-commands: [check]
    install-commands: [install]
    strip-commands: [strip]
`;

function element(entry: string, file?: string, extra: Record<string, string> = {}) {
  const { project, diagnostics } = converted({ ...oneChunk(entry, file), ...extra });
  return { element: project.element('strata/s/c.bst'), diagnostics: briefly(diagnostics) };
}

describe('a chunk', () => {
  test('is built on what its stratum is built on', () => {
    const { project } = converted(oneChunk('build-system: autotools'));
    expect(project.element('strata/s/c.bst')).toEqual({
      kind: 'autotools',
      'build-depends': ['strata/s/build-deps.bst'],
      sources: [{ kind: 'git', url: 'upstream:c', ref: SHA }],
    });
    expect(project.element('strata/s/build-deps.bst').depends).toEqual(['base.bst']);
    expect(project.element('strata/s.bst').depends).toEqual(['strata/s/c.bst']);
  });

  test.each<[string, string, Record<string, unknown> | undefined]>([
    ['nothing of its own', '', undefined],
    [
      'commands around those of the build system',
      'pre-configure-commands: [a]\npost-configure-commands: [b]',
      { 'configure-commands': { '(<)': ['a'], '(>)': ['b'] } },
    ],
    [
      'commands in place of them',
      'pre-configure-commands: [a]\nconfigure-commands: [b, c]\npost-configure-commands: [d]',
      { 'configure-commands': ['a', 'b', 'c', 'd'] },
    ],
    ['none, on purpose', 'strip-commands: []', { 'strip-commands': { '(=)': [] } }],
    [
      'commands between building and testing',
      'post-build-commands: [a]',
      { 'build-commands': ['build', 'a', 'check'] },
    ],
    ['commands after testing', 'post-test-commands: [a]', { 'build-commands': { '(>)': ['a'] } }],
    ['no tests', 'test-commands: []', { 'build-commands': ['build'] }],
    ['an empty list before, which changes nothing', 'pre-build-commands: []', undefined],
    [
      'a percent sign before a brace',
      'pre-strip-commands: ["echo %{x} %{ y} %{z"]',
      { 'strip-commands': { '(<)': ['echo %{pct}{x} %{ y} %{z'] } },
    ],
  ])('with %s', (_, commands, config) => {
    const file = `name: c\nkind: chunk\nbuild-system: tests\n${commands}\n`;
    expect(element('', file, { DEFAULTS: defaults }).element.config).toEqual(config);
  });

  test('with a prefix is found by itself and by what is built on it', () => {
    const files = oneChunk('prefix: /opt/c');
    files['strata/s.morph'] +=
      `- {name: d, repo: 'upstream:d', ref: ${SHA}, build-depends: [c]}\n- {name: e}\n`;
    files['strata/t.morph'] = `name: t
kind: stratum
build-depends: [{morph: strata/s.morph}]
chunks:
- {name: f, prefix: /}
`;
    const { project } = converted(files);
    expect(project.element('strata/s/c.bst').variables).toEqual({ prefix: '/opt/c' });
    const path = (name: string) => project.element(`strata/${name}.bst`).environment?.PATH;
    const usual = '/usr/bin:/bin:/usr/sbin:/sbin';
    expect(path('s/c')).toBe(`/opt/c/bin:${usual}`);
    expect(path('s/d')).toBe(`/opt/c/bin:${usual}`);
    expect(path('s/e')).toBeUndefined();
    expect(path('t/f')).toBe(`/bin:/opt/c/bin:${usual}`);
  });

  test('that builds alone, with a fixed number of jobs, or with nonsense', () => {
    expect(element('max-jobs: 1').element.variables).toEqual({ notparallel: true });
    expect(element('max-jobs: 3').element.environment).toEqual({ MAKEFLAGS: '-j3' });
    expect(element('build-system: manual\nmax-jobs: many').diagnostics).toEqual([
      'wrong-type strata/s.morph:10:13 `max-jobs` must be a number, not many',
    ]);
  });

  test('whose commands name the directories of ybd is built in them', () => {
    const { element: named } = element('build-commands: ["cd /c.build/src && make"]');
    expect(named.variables).toEqual({ 'build-root': '/c.build', 'install-root': '/c.inst' });
    expect(element('build-commands: ["cd /d.build"]').element.variables).toBeUndefined();
  });

  test('that is built from a branch is tracked, and pinned if its commit is known', () => {
    const files = oneChunk('');
    files['strata/s.morph'] = files['strata/s.morph']!.replace(SHA, 'master');
    const { project, diagnostics } = converted(files);
    expect(project.element('strata/s/c.bst').sources).toEqual([
      { kind: 'git', url: 'upstream:c', track: 'master' },
    ]);
    expect(briefly(diagnostics)).toContain(
      'unpinned-ref strata/s.morph:8:8 `c` is built from `master`, which is not a commit',
    );
    const pinned = converted(files, { refs: new Map([['upstream:c master', SHA]]) });
    expect(pinned.project.element('strata/s/c.bst').sources).toEqual([
      { kind: 'git', url: 'upstream:c', track: 'master', ref: SHA },
    ]);
    expect(briefly(pinned.diagnostics).join()).not.toContain('unpinned-ref');
  });

  test('can be built from another commit', () => {
    const other = SHA.replaceAll('0', 'f');
    for (const name of ['c', 'strata/s/c']) {
      const { project } = converted(oneChunk('unpetrify-ref: v1'), { chunkRefs: { [name]: other } });
      const track = { kind: 'git', url: 'upstream:c', track: 'v1', ref: other };
      expect(project.element('strata/s/c.bst').sources).toEqual([track]);
    }
    const { diagnostics } = converted(oneChunk(''), { chunkRefs: { d: other } });
    expect(briefly(diagnostics)).toContain(
      `bad-option \`d\` is given the ref \`${other}\`, but there is no such chunk`,
    );
  });

  test('without a build system is reported where ybd would look at its sources', () => {
    const { diagnostics } = element('install-commands: [x]');
    expect(diagnostics).toEqual([
      'unknown-build-system strata/s.morph:6:3 `c` names no build system, and has no commands to configure, build',
    ]);
    const own = 'configure-commands: []\nbuild-commands: []\ninstall-commands: [x]';
    expect(element(own).diagnostics).toEqual([
      'unknown-strip-commands strata/s.morph:6:3 `c` names no build system: whether ybd strips it depends on its sources',
    ]);
    expect(element('', undefined, { DEFAULTS: defaults }).diagnostics).toEqual([]);
    const told = converted(oneChunk(''), { buildSystems: { c: 'cmake' } });
    expect(told.project.element('strata/s/c.bst').kind).toBe('cmake');
    expect(briefly(told.diagnostics)).toEqual([]);
  });

  test('with a build system that nobody defines is an error', () => {
    expect(element('build-system: waf').diagnostics).toEqual([
      'undefined-build-system strata/s.morph:9:17 `c` is built with `waf`; defined are manual, autotools, python-distutils, cpan, cmake, qmake',
    ]);
  });

  test('keeps its integration commands verbatim, in order of their names, guarded or not', () => {
    const entry = `build-system: manual
system-integration:
  c-misc:
    01-b: ["second"]
    00-a:
    - |
      first
    - true
  c-bins:
    00-a: ["zeroth"]
    00-a-: ["dash"]`;
    const run = (integration: 'guarded' | 'everywhere' | 'system') => {
      const files = {
        ...oneChunk(entry),
        'systems/x.morph': 'name: x\nkind: system\narch: x86_64\nstrata:\n- morph: strata/s.morph\n',
      };
      const { project } = converted(files, { integration });
      return {
        chunk: project.element('strata/s/c.bst').public?.bst?.['integration-commands'],
        system: project.elements.get('systems/x/integration.bst')?.public?.bst?.['integration-commands'],
        depends: project.element('systems/x.bst')['build-depends'],
      };
    };
    const wanted = ['dash', 'zeroth', 'first\n', 'true', 'second'];
    expect(run('guarded')).toEqual({
      chunk: wanted.map((command) => `%{system-only}\n${command}`),
      system: undefined,
      depends: ['strata/s.bst', 'base/system-marker.bst'],
    });
    expect(run('everywhere').chunk).toEqual(wanted);
    expect(run('system')).toEqual({
      chunk: undefined,
      system: wanted,
      depends: ['strata/s.bst', 'systems/x/integration.bst', 'base/system-marker.bst'],
    });
  });
});
