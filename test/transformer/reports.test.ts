import { describe, expect, test } from 'vitest';
import type { ConvertOptions } from '../../src/index.js';
import { briefly, buildEssential, converted, oneChunk, SHA } from '../support/definitions.js';
import { convertTree, deploying, tree } from './deployment/support.js';

const chunk = (name: string, more = '') =>
  `- {name: ${name}, repo: 'upstream:${name}', ref: ${SHA}${more}}\n`;
const stratum = (name: string, chunks: string, below: readonly string[] = []) =>
  `name: ${name}\nkind: stratum\n${
    below.length > 0
      ? `build-depends:\n${below.map((each) => `- morph: strata/${each}.morph\n`).join('')}`
      : ''
  }chunks:\n${chunks}`;
const system = (strata: readonly string[], arch = 'x86_64') =>
  `kind: system\narch: ${arch}\nstrata:\n${strata.map((each) => `- morph: strata/${each}.morph\n`).join('')}`;
const said = (code: string, files: Readonly<Record<string, string>>, options: ConvertOptions = {}) =>
  briefly(converted(files, options).diagnostics).filter((line) => line.startsWith(`${code} `));

describe('chunks of one name', () => {
  const strata = {
    'strata/b.morph': stratum('b', chunk('same') + chunk('other')),
    'strata/a.morph': stratum('a', chunk('same')),
  };

  test('in a system are reported once, whatever the order of the strata and however many systems', () => {
    const files = {
      ...strata,
      'systems/x.morph': system(['b', 'a']),
      'systems/y.morph': system(['b', 'a']),
      'systems/z.morph': system(['a', 'b']),
    };
    expect(said('same-name-chunks', files)).toEqual([
      'same-name-chunks strata/a.morph:4:3 there is a `same` in strata/a and in strata/b, staged together',
    ]);
  });

  test('are reported of each pair and name', () => {
    const files = {
      'strata/a.morph': stratum('a', chunk('one') + chunk('two')),
      'strata/b.morph': stratum('b', chunk('one') + chunk('two')),
      'strata/c.morph': stratum('c', chunk('one')),
      'systems/x.morph': system(['a', 'b', 'c']),
    };
    expect(said('same-name-chunks', files).map((line) => line.replace(/^\S+ \S+ /, ''))).toEqual([
      'there is a `one` in strata/b and in strata/a, staged together',
      'there is a `two` in strata/b and in strata/a, staged together',
      'there is a `one` in strata/c and in strata/a, staged together',
    ]);
  });

  test('that are never staged together are not reported', () => {
    expect(said('same-name-chunks', { ...strata, 'systems/x.morph': system(['a']) })).toEqual([]);
  });

  test('in a build are reported', () => {
    const files = { ...strata, 'strata/b.morph': stratum('b', chunk('same'), ['a']) };
    expect(said('same-name-chunks', files)).toHaveLength(1);
  });
});

describe('integration commands in another order', () => {
  const script = (name: string) => `, system-integration: {misc: {${name}: ['run ${name}']}}`;
  const files = {
    'strata/a.morph': stratum('a', chunk('a', script('10-late'))),
    'strata/b.morph': stratum('b', chunk('b', script('05-early'))),
    'strata/c.morph': stratum('c', chunk('c', script('10-later'))),
    'systems/x.morph': system(['a', 'b', 'c']),
  };

  test('are reported, but not of scripts of one number', () => {
    const found = said('integration-order', files);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^integration-order strata\/a\.morph:4:\d+ `misc\/10-late|10-late/);
    expect(found[0]).toMatch(/runs before `.*05-early.*` under BuildStream in x$/);
  });

  test('of several systems are told once', () => {
    const [found, ...more] = said('integration-order', { ...files, 'systems/y.morph': system(['a', 'b']) });
    expect(more).toEqual([]);
    expect(found).toMatch(/under BuildStream in 2 systems, such as x$/);
  });

  test('are none where a stratum needs the other, or the order is that of the names', () => {
    const needing = { ...files, 'strata/a.morph': stratum('a', chunk('a', script('10-late')), ['b']) };
    expect(said('integration-order', needing)).toEqual([]);
    const inOrder = {
      ...files,
      'strata/a.morph': stratum('a', chunk('a', script('05-early'))),
      'strata/b.morph': stratum('b', chunk('b', script('10-late'))),
    };
    expect(said('integration-order', inOrder)).toEqual([]);
    expect(said('integration-order', files, { integration: 'system' })).toEqual([]);
  });

  test('within a stratum follow what its chunks need', () => {
    const within = (more: string) => ({
      'strata/a.morph': stratum('a', chunk('z', script('10-late')) + chunk('y', script('05-early') + more)),
      'systems/x.morph': system(['a']),
    });
    expect(said('integration-order', within(', build-depends: [z]'))).toHaveLength(1);
    expect(said('integration-order', within(''))).toEqual([]);
  });
});

describe('architectures', () => {
  const files = {
    'strata/a.morph': stratum('a', chunk('a')),
    'systems/x.morph': system(['a']),
    'systems/y.morph': system(['a'], 'armv7lhf'),
    'systems/z.morph': system(['a'], 'armv7lhf'),
    'systems/p.morph': system(['a'], 'ppc64'),
  };

  test('of other machines are told with how many systems are for them', () => {
    const found = said('foreign-arch', files, { builder: 'x86_64' });
    expect(found.map((line) => line.replace(/^\S+ \S+ /, ''))).toEqual([
      '1 system is for ppc64, and this machine is x86_64',
      '2 systems are for armv7lhf, and this machine is x86_64',
    ]);
    expect(said('foreign-arch', files)).toEqual([]);
  });
});

describe('options', () => {
  const files = oneChunk('build-system: manual');
  const refused = (options: ConvertOptions) => said('bad-option', files, options);

  test('that name chunks have to name some that there are, alone or with their stratum', () => {
    for (const name of ['c', 'strata/s/c']) {
      expect(refused({ chunkRefs: { [name]: SHA } })).toEqual([]);
      expect(refused({ sources: { [name]: { kind: 'git', url: 'upstream:other', ref: SHA } } })).toEqual([]);
    }
    for (const name of ['d', 's/c', 'strata/s/d']) {
      expect(refused({ chunkRefs: { [name]: 'abc' } })).toEqual([
        `bad-option \`${name}\` is given the ref \`abc\`, but there is no such chunk`,
      ]);
      expect(
        refused({ sources: { [name]: { kind: 'tar', url: 'https://example.com/a.tar', ref: 'a' } } }),
      ).toEqual([`bad-option \`${name}\` is given another source, but there is no such chunk`]);
    }
  });

  test.each(['a b', '1a', 'a:', 'a/', ''])('an alias cannot be %j', (alias) => {
    expect(refused({ aliases: { [alias]: 'https://example.com/' } })).toEqual([
      `bad-option \`${alias}\` cannot be an alias`,
    ]);
  });

  test.each(['a b', '1a', 'a.b', 'ab!', '-a'])('a project cannot be called %j', (name) => {
    expect(refused({ name })).toEqual([`bad-option \`${name}\` cannot be the name of a project`]);
  });

  test('that put a sysroot elsewhere say what to do', () => {
    for (const place of ['/root', '../root', 'a/../../b']) {
      const { diagnostics } = converted(files, { sysroot: { kind: 'local', place } });
      const found = diagnostics.filter(({ code }) => code === 'bad-option');
      expect(found).toMatchObject([
        { hint: 'name a folder of the project, such as files/sysroot, and put it there' },
      ]);
    }
    expect(refused({ sysroot: { kind: 'local', place: 'files/root..' } })).toEqual([]);
  });
});

describe('sources', () => {
  const source = (files: Record<string, string>, options: ConvertOptions = {}) => {
    const result = converted(files, options);
    return {
      source: result.project.element('strata/s/c.bst').sources?.[0],
      said: briefly(result.diagnostics).filter((line) => line.startsWith('unpinned-ref ')),
    };
  };
  const withRef = (ref: string) => {
    const files = oneChunk('build-system: manual');
    files['strata/s.morph'] = files['strata/s.morph']!.replace(`ref: ${SHA}`, ref);
    return files;
  };

  test('of a branch say that `unpetrify-ref` is not used, if it is another one', () => {
    const unused = source(withRef('ref: master\n  unpetrify-ref: v1.0'));
    expect(unused.source).toMatchObject({ track: 'master' });
    expect(unused.said).toEqual([
      'unpinned-ref strata/s.morph:8:8 `c` is built from `master`, which is not a commit; its `unpetrify-ref` is not used',
    ]);
    expect(source(withRef('ref: master\n  unpetrify-ref: master')).said[0]).toMatch(/which is not a commit$/);
    expect(source(withRef('unpetrify-ref: v1.0')).source).toMatchObject({ track: 'v1.0' });
  });

  test('of another place keep the commit, unless another one is named', () => {
    const files = withRef(`ref: ${SHA}\n  unpetrify-ref: v1.0`);
    const url = 'https://example.com/c';
    expect(source(files, { sources: { c: { kind: 'git', url } } })).toEqual({
      source: { kind: 'git', url, track: 'v1.0', ref: SHA },
      said: [],
    });
    const other = 'F'.repeat(40);
    expect(source(files, { sources: { c: { kind: 'git', url, ref: other } } }).source).toMatchObject({
      ref: other.toLowerCase(),
    });
    const branch = source(files, { sources: { c: { kind: 'git', url, ref: 'main' } } });
    expect(branch.source).toEqual({ kind: 'git', url, track: 'main' });
    expect(branch.said).toEqual([
      'unpinned-ref strata/s.morph:7:9 `c` is built from `main`, which is not a commit',
    ]);
    const tracked = source(files, { sources: { c: { kind: 'git', url, ref: other, track: 'next' } } });
    expect(tracked.source).toMatchObject({ track: 'next' });
    const tar = { kind: 'tar', url: 'https://example.com/c.tar', ref: 'a'.repeat(64) } as const;
    expect(source(files, { sources: { c: tar } }).source).toEqual(tar);
  });
});

describe('names of deployments', () => {
  test.each(['con/x', '.git', 'a\\nb'])('%j is refused, or written in another way', (name) => {
    const { diagnostics } = convertTree(
      tree(deploying('type: tar', JSON.stringify(name).replace('\\\\n', '\\n'))),
    );
    const found = diagnostics.filter(({ code }) => code === 'bad-name' || code === 'changed-name');
    expect(found.length).toBeGreaterThan(0);
    for (const { message } of found)
      expect(message).toMatch(/deployment cannot have the name|the element of/);
  });
});

describe('devices and modes of a chunk with its own folder', () => {
  const modesOf = (rest: string) => {
    const files = tree(deploying('type: tar'));
    files['strata/s.morph'] = files['strata/s.morph']!.replace(/install-commands: .*/, rest);
    return convertTree(files).files.get('files/clusters/c/d/deployment/modes')?.content ?? '';
  };
  const commands = (...all: string[]) => `install-commands: ${JSON.stringify(all)}`;

  test.each([
    ['chmod 4755 /linux.inst/bin/su', '?4755 0 0 /bin/su'],
    ['chmod 4755 /linux.inst//bin//su/', '?4755 0 0 /bin/su'],
    ['install --mode 600 a "$DESTDIR/etc/a"', '?600 0 0 /etc/a'],
    ['mkdir -p -vm 700 "$DESTDIR/a"', '?700 0 0 /a'],
  ])('%s', (command, line) => expect(modesOf(commands(command))).toContain(`\n${line}\n`));

  test.each([
    'chmod 4755 /other.inst/bin/su',
    'chmod 4755 bin/linux.inst/',
    'chmod 4755',
    'chmod 4755 /linuxXinst/a',
  ])('%s: not known', (command) => expect(modesOf(commands(command))).not.toContain('4755'));

  test.each([
    ['"0600"', '600'],
    ['"0o600"', '600'],
    ['"0060"', '060'],
    ['"1777"', '1777'],
  ])('a device with the permissions %s', (permissions, mode) => {
    const device = `{type: c, filename: ./dev/x, major: 5, minor: 1, uid: 0, gid: 5, permissions: ${permissions}}`;
    expect(modesOf(`devices:\n  - ${device}`)).toContain(`\n${mode} 0 5 c 5 1 /dev/x\n`);
  });
});

describe('manifests', () => {
  test('are files of systems, which list their chunks', () => {
    const files = {
      'strata/build-essential.morph': buildEssential,
      'strata/a.morph': `name: a\nkind: stratum\nbuild-depends:\n- morph: strata/build-essential.morph\nchunks:\n${chunk('a')}- {name: n}\n`,
      'systems/x.morph': system(['build-essential', 'a']),
    };
    const { project, files: rendered } = converted(files, { manifest: true });
    const part = 'systems/x/manifest.bst';
    expect(project.element(part).kind).toBe('import');
    expect(project.element('systems/x.bst')['build-depends']).toContain(part);
    const { content } = rendered.get('files/manifests/systems/x/baserock/manifest.json')!;
    expect(JSON.parse(content)).toEqual({
      system: 'x',
      arch: 'x86_64',
      contents: [
        { element: 'base.bst' },
        { element: 'strata/a/a.bst', repo: 'upstream:a', ref: SHA },
        { element: 'strata/a/n.bst' },
      ],
    });
  });
});
