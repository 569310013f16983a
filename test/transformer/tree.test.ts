import { describe, expect, test } from 'vitest';
import { convert } from '../../src/index.js';
import { briefly, converted, definitionsOf, SHA } from '../support/definitions.js';

const stratum = (name: string, chunks: string) => ({
  [`strata/${name}.morph`]: `name: ${name}\nkind: stratum\nchunks:\n${chunks}`,
});
const chunk = (name: string, rest = '') =>
  `- name: ${name}\n  repo: upstream:${name}\n  ref: ${SHA}\n  build-system: manual\n${rest}`;
const system = (path: string, arch: string, strata: string[]) => ({
  [`${path}.morph`]: `name: ${path.split('/').pop()}\nkind: system\narch: ${arch}\nstrata:\n${strata
    .map((name) => `- morph: strata/${name}.morph\n`)
    .join('')}`,
});
const integration = (name: string) =>
  `  system-integration:\n    ${name}-misc:\n      00-${name}:\n      - run ${name}\n`;

describe('a tree', () => {
  test('whose chunks with integration need each other in a circle is reported, not followed for ever', () => {
    const { diagnostics } = converted({
      ...stratum(
        'a',
        chunk('x', `  build-depends: [y]\n${integration('x')}`) + chunk('y', '  build-depends: [x]\n'),
      ),
      ...system('systems/s', 'x86_64', ['a']),
    });
    expect(briefly(diagnostics)).toEqual([
      'dependency-cycle strata/a.morph:4:3 the dependencies go in a circle: `x` → `y` → `x`',
    ]);
  });

  test('of 15,000 chunks, each needing the one before, is converted', () => {
    const chunks = Array.from({ length: 15_000 }, (_, index) =>
      chunk(`c${index}`, index === 0 ? integration('c0') : `  build-depends: [c${index - 1}]\n`),
    );
    const definitions = definitionsOf({
      ...stratum('a', chunks.join('')),
      ...system('systems/s', 'x86_64', ['a']),
    });
    expect(convert(definitions).project.elements).toHaveLength(15_002);
  });

  test('of which one system is wanted says nothing of the others', () => {
    const { project, diagnostics, files } = converted(
      {
        ...stratum('a', chunk('x')),
        ...stratum('b', chunk('y').replace('upstream', 'baserock')),
        ...system('systems/one', 'armv7lhf', ['a']),
        ...system('systems/two', 'riscv', ['b']),
        ...system('systems/three', 'x86_64', ['b']),
      },
      { systems: ['systems/one.morph'] },
    );
    expect([...project.elements.keys()].filter((path) => path.startsWith('systems/'))).toEqual([
      'systems/one.bst',
    ]);
    expect(files.get('project.conf')?.content).toContain('    default: armv7lhf\n');
    expect(files.get('project.conf')?.content).not.toContain('riscv');
    expect(briefly(diagnostics)).toEqual([]);
    expect(diagnostics.find(({ code }) => code === 'source-servers')?.message).toBe(
      'repositories by alias: upstream 1',
    );
  });

  test('for whose servers the caller names others is not asked for these', () => {
    const files = stratum('a', chunk('x') + chunk('y').replace('upstream', 'baserock'));
    const serversOf = (aliases: Record<string, string>) =>
      converted({ ...files, ...system('systems/s', 'x86_64', ['a']) }, { aliases })
        .diagnostics.filter(({ code }) => code === 'source-servers')
        .map(({ message }) => message);
    expect(serversOf({})).toEqual(['repositories by alias: baserock 1, upstream 1']);
    expect(serversOf({ upstream: 'file:///mirror/' })).toEqual(['repositories by alias: baserock 1']);
    expect(serversOf({ upstream: 'file:///mirror/', baserock: 'file:///mirror/' })).toEqual([]);
  });

  test('whose system lists a stratum twice runs its integration once', () => {
    const { project } = converted(
      {
        ...stratum('a', chunk('x', integration('x'))),
        ...system('systems/s', 'x86_64', ['a', 'a']),
      },
      { integration: 'system' },
    );
    const part = project.element('systems/s/integration.bst');
    expect(part.depends).toEqual(['strata/a.bst']);
    expect(part.public?.bst?.['integration-commands']).toEqual(['run x']);
  });

  test.each([
    ['integration', { integration: 'system' }],
    ['manifest', { manifest: true }],
  ] as const)('with a system where the %s of another would be is refused', (part, options) => {
    const tree = {
      ...stratum('a', chunk('x', integration('x'))),
      ...system('systems/s', 'x86_64', ['a']),
      ...system(`systems/s/${part}`, 'x86_64', ['a']),
    };
    expect(briefly(converted(tree, options).diagnostics)).toEqual([
      `name-collision systems/s/${part}.morph:1:1 systems/s/${part}.bst would be the file of this and of systems/s.morph (line 1)`,
    ]);
    expect(briefly(converted(tree).diagnostics)).toEqual([]);
  });

  test.each<[Record<string, string>, string]>([
    [{ gone: 'cmake' }, '`gone` is given the build system `cmake`, but there is no such chunk'],
    [{ x: 'tup' }, '`x` is given the build system `tup`, which is not defined'],
    [{ x: 'cmake' }, '`x` is given the build system `cmake`, but declares manual in strata/a.morph (line 7)'],
  ])('is not given the build system %j', (buildSystems, message) => {
    const { diagnostics } = converted(stratum('a', chunk('x')), { buildSystems });
    expect(briefly(diagnostics)).toEqual([`bad-option ${message}`]);
  });
});

describe('sources', () => {
  const git = `- name: x\n  repo: git@example.org:group/x.git\n  ref: ${SHA.toUpperCase()}\n  build-system: manual\n  submodules:\n    s: {url: 'me@example.org:/s'}\n`;

  test('in the short form of ssh become URLs, which is reported; commits are in lower case', () => {
    const { project, diagnostics } = converted(stratum('a', git));
    expect(project.element('strata/a/x.bst').sources).toEqual([
      {
        kind: 'git',
        url: 'ssh://git@example.org/group/x.git',
        ref: SHA,
        submodules: { s: { url: 'ssh://me@example.org/s' } },
      },
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['rewritten-url', 'rewritten-url']);
  });

  test('are escaped for the version of BuildStream that expands variables in them', () => {
    const tree = stratum(
      'a',
      chunk('x', "  unpetrify-ref: 'v%{y}'\n").replace('upstream:x', "'upstream:%{x}'"),
    );
    const sources = (version: 1 | 2) =>
      converted(tree, {}, version).project.element('strata/a/x.bst').sources;
    expect(sources(1)).toEqual([{ kind: 'git', url: 'upstream:%{x}', track: 'v%{y}', ref: SHA }]);
    expect(sources(2)).toEqual([{ kind: 'git', url: 'upstream:%{pct}{x}', track: 'v%{pct}{y}', ref: SHA }]);
  });
});
