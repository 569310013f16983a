import { describe, expect, test } from 'vitest';
import { type Code, catalogue, verdictOf } from '../../src/index.js';
import { reportSchema } from '../../src/report/schema.js';
import { buildEssential, oneChunk, SHA } from '../support/definitions.js';
import { reportOn } from '../support/report.js';

const system = (strata: readonly string[], more = '') => `name: x
kind: system
arch: x86_64
strata:
${strata.map((path) => `- morph: ${path}\n`).join('')}${more}`;

const stratum = (name: string, below: readonly string[], chunks: string) => `name: ${name}
kind: stratum
build-depends:
${below.map((path) => `- morph: ${path}\n`).join('')}chunks:
${chunks}`;

const chunk = (name: string, more = '') =>
  `- {name: ${name}, repo: 'upstream:${name}', ref: ${SHA}${more}}\n`;

/** The verdicts on some elements of a report, by their path. */
const verdictsIn = ({ elements }: ReturnType<typeof reportOn>) =>
  Object.fromEntries(elements.map(({ path, verdict }) => [path, verdict]));

describe('the verdict', () => {
  const of = (...codes: Code[]) => verdictOf(codes.map((code) => ({ code, ...catalogue[code] })));

  test('is the worst that any diagnostic makes of an element', () => {
    expect(of()).toBe('exact');
    expect(of('root-owner')).toBe('exact');
    expect(of('root-owner', 'lost-mode')).toBe('approximate');
    expect(of('lost-mode', 'needs-git', 'root-owner')).toBe('manual');
    expect(of('unknown-selection')).toBe('manual');
  });

  test('is exact where a warning speaks of the definitions and the result is that of ybd', () => {
    expect(of('unpinned-ref', 'unknown-field', 'unknown-artifact')).toBe('exact');
    expect(of('base-part')).toBe('approximate');
  });

  test('on a deployment is that of what is said of it, wherever that lies, and of no other', () => {
    const files = {
      ...oneChunk('build-system: manual'),
      'systems/x.morph': system(['strata/s.morph'], 'configuration-extensions: [own]\n'),
      'systems/y.morph': system(['strata/s.morph']).replace('name: x', 'name: y'),
      'clusters/c.morph': `name: c
kind: cluster
systems:
- morph: systems/x.morph
  deploy: {own: {type: tar}, again: {type: tar}}
- morph: systems/y.morph
  deploy: {fine: {type: tar, INSTALL_FILES: unused}, upload: {type: kvm, location: kvm+ssh://host/x}}
  subsystems:
  - morph: systems/x.morph
    deploy: {boot: {type: initramfs, location: boot/i.gz}}
`,
    };
    const report = reportOn(files);
    const found = Object.entries(verdictsIn(report)).filter(([path]) => /^(?:clusters|systems)/.test(path));
    expect(Object.fromEntries(found)).toEqual({
      'clusters/c/again.bst': 'manual',
      'clusters/c/fine.bst': 'exact',
      'clusters/c/fine/boot.bst': 'manual',
      'clusters/c/own.bst': 'manual',
      'clusters/c/upload.bst': 'manual',
      'clusters/c/upload/boot.bst': 'manual',
      'systems/x.bst': 'exact',
      'systems/y.bst': 'exact',
    });
  });

  test('falls on what the diagnostic lies in, and on nothing else', () => {
    const files = {
      ...oneChunk('build-system: manual', 'name: c\nkind: chunk\ninstall-commands: [git describe]\n'),
      'strata/t.morph': stratum('t', ['strata/s.morph'], chunk('d', ', build-system: manual')),
      'systems/x.morph': system(['strata/s.morph', 'strata/t.morph']),
    };
    const report = reportOn(files);
    expect(verdictsIn(report)).toEqual({
      'strata/s.bst': 'exact',
      'strata/s/build-deps.bst': 'exact',
      'strata/s/c.bst': 'manual',
      'strata/t.bst': 'exact',
      'strata/t/build-deps.bst': 'exact',
      'strata/t/d.bst': 'exact',
      'systems/x.bst': 'exact',
    });
    expect(report.systems[0]).toMatchObject({
      verdict: 'manual',
      elements: { total: 7, exact: 6, approximate: 0, manual: 1, leftOut: 0 },
    });
    expect(report.strata.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['strata/build-essential', 'exact'],
      ['strata/s', 'manual'],
      ['strata/t', 'exact'],
    ]);
  });

  test('falls on the chunk in every stratum that lists a file', () => {
    const files = oneChunk(
      'build-system: manual',
      'name: c\nkind: chunk\ninstall-commands: [git describe]\n',
    );
    const listing = `- {name: again, morph: strata/s/c.morph, repo: 'upstream:c', ref: ${SHA}}\n`;
    const report = reportOn({
      ...files,
      'strata/u.morph': stratum('u', ['strata/build-essential.morph'], listing),
    });
    expect(verdictsIn(report)).toMatchObject({ 'strata/s/c.bst': 'manual', 'strata/u/again.bst': 'manual' });
    expect(report.diagnostics.find(({ code }) => code === 'needs-git')!.chunks).toEqual([
      'strata/s/c',
      'strata/u/again',
    ]);
  });

  test('falls on the entry of a stratum, not on its neighbours', () => {
    const chunks = `${chunk('a', ', build-system: manual')}- {name: b, build-system: manual}\n`;
    const report = reportOn({
      'strata/build-essential.morph': buildEssential,
      'strata/s.morph': stratum('s', ['strata/build-essential.morph'], chunks),
    });
    expect(verdictsIn(report)).toMatchObject({ 'strata/s/a.bst': 'exact', 'strata/s/b.bst': 'manual' });
  });

  test('falls on the chunks that are built by a build system of DEFAULTS', () => {
    const report = reportOn({
      ...oneChunk('build-system: odd'),
      DEFAULTS: 'build-systems:\n  odd:\n    build-commands: [git describe]\n',
      'strata/t.morph': stratum('t', ['strata/s.morph'], chunk('d', ', build-system: manual')),
    });
    expect(verdictsIn(report)).toMatchObject({ 'strata/s/c.bst': 'manual', 'strata/t/d.bst': 'exact' });
  });
});

describe('what has errors', () => {
  const files = {
    ...oneChunk('build-system: manual'),
    'strata/bad.morph': stratum('bad', ['strata/s.morph'], chunk('e', ', build-depends: [nobody]')),
    'systems/good.morph': system(['strata/s.morph']),
    'systems/bad.morph': system(['strata/s.morph', 'strata/bad.morph']),
  };

  test.each([true, false])('is left out with all that needs it (keepGoing: %s)', (keepGoing) => {
    const report = reportOn(files, { keepGoing });
    expect(report.status).toBe('partial');
    expect(report.systems.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['systems/bad', 'left-out'],
      ['systems/good', 'exact'],
    ]);
    expect(verdictsIn(report)).toMatchObject({
      'strata/bad/e.bst': 'left-out',
      'strata/bad.bst': 'left-out',
      'systems/bad.bst': 'left-out',
      'strata/s/c.bst': 'exact',
    });
    expect(report.diagnostics[0]).toMatchObject({ code: 'missing-chunk', step: 'blocking', id: 1 });
    expect(report.systems[0]!.work).toContain(1);
    expect(report.systems[1]!.work).not.toContain(1);
  });

  test('fails altogether where nothing can be left out', () => {
    expect(reportOn({ ...files, VERSION: 'version: [' }, { keepGoing: true }).status).toBe('failed');
    const nothing = reportOn({});
    expect(nothing).toMatchObject({ systems: [], strata: [], totals: { elements: { total: 0 } } });
    expect(reportSchema.safeParse(nothing).success).toBe(true);
  });
});

describe('the order of the work', () => {
  test('is: what blocks, the base, strata in build order, systems, deployment', () => {
    const needsGit = 'build-system: manual, install-commands: [git describe]';
    const report = reportOn({
      'strata/build-essential.morph': buildEssential.replace(
        'build-depends: [stage1]',
        "build-depends: [stage1], install-commands: ['chmod u+s x']",
      ),
      'strata/a.morph': stratum('a', ['strata/z.morph'], chunk('late', `, ${needsGit}`)),
      'strata/z.morph': stratum(
        'z',
        ['strata/build-essential.morph'],
        chunk('early', `, ${needsGit}`) +
          chunk(
            'accounts',
            ", build-system: manual, system-integration: {accounts-misc: {00-add: ['useradd me']}}",
          ) +
          '- {name: nowhere, build-system: manual}\n',
      ),
      'systems/x.morph': system(['strata/a.morph'], 'configuration-extensions: [extensions/fstab]\n'),
      'clusters/c.morph':
        'name: c\nkind: cluster\nsystems:\n- morph: systems/x.morph\n  deploy:\n    one: {type: extensions/tar, location: x}\n',
    });
    const order = report.diagnostics.map(({ step, code, chunks }) => [step, code, ...chunks].join(' '));
    const work = order.filter((each) => !each.startsWith('notes'));
    const codes = [
      'blocking source-servers',
      'blocking missing-repo strata/z/nowhere',
      'base base-replaced',
      'base lost-setuid strata/build-essential/gcc',
      'strata needs-git strata/z/early',
      'strata needs-git strata/a/late',
      'systems account strata/z/accounts',
    ];
    expect(work.filter((each) => codes.includes(each))).toHaveLength(codes.length);
    expect([...work].filter((each) => codes.includes(each)).map((each) => each.split(' ')[0])).toEqual(
      codes.map((each) => each.split(' ')[0]),
    );
    expect(work.indexOf(codes[4]!)).toBeLessThan(work.indexOf(codes[5]!));
    expect(report.diagnostics.map(({ id }) => id)).toEqual(report.diagnostics.map((_, index) => index + 1));
    expect(report.systems[0]!.work.map((id) => order[id - 1])).toEqual(work);
  });
});

test('a report quotes the command in question', () => {
  const report = reportOn(
    oneChunk('build-system: manual', 'name: c\nkind: chunk\ninstall-commands:\n- git describe > version\n'),
  );
  const found = report.diagnostics.find(({ code }) => code === 'needs-git')!;
  expect(found.place).toMatchObject({ file: 'strata/s/c.morph', line: 4 });
  expect(found.excerpt).toEqual(['- git describe > version']);
});

describe('what a diagnostic has to do with', () => {
  const files: Record<string, string> = {
    ...oneChunk(
      `build-system: manual
system-integration: {c-misc: {00-x: ['true']}}`,
    ),
    'strata/other.morph': stratum('other', ['strata/build-essential.morph'], chunk('o')),
    'systems/part.morph':
      'name: part\nkind: system\narch: x86_64\nstrata:\n- {morph: strata/s.morph, artifacts: [s-devel]}\n',
    'systems/whole.morph': system(['strata/s.morph']),
    'systems/other.morph': system(['strata/other.morph']),
    'strata/nobody.morph': 'name: nobody\nkind: chunk\n',
  };
  const systemsWith = (report: ReturnType<typeof reportOn>, code: string) => {
    const ids = report.diagnostics.flatMap((found) => (found.code === code ? [found.id] : []));
    expect(ids).not.toEqual([]);
    return report.systems.flatMap(({ path, work, notes }) =>
      [...work, ...notes].some((id) => ids.includes(id)) ? [path] : [],
    );
  };

  test('is the systems that hold what it lies in, or only those that it speaks of', () => {
    const report = reportOn(files);
    expect(systemsWith(report, 'unselected-integration')).toEqual(['systems/part']);
    expect(systemsWith(report, 'source-servers')).toHaveLength(3);
    expect(systemsWith(report, 'unused-definition')).toEqual([]);
    const git = {
      ...files,
      'strata/s.morph': files['strata/s.morph']!.replace(
        'system-integration',
        'build-commands: [git describe]\n  system-integration',
      ),
    };
    expect(systemsWith(reportOn(git), 'needs-git')).toEqual(['systems/part', 'systems/whole']);
  });

  test('is what is left out, where nothing can be made of a file', () => {
    const report = reportOn({ ...files, 'strata/other.morph': 'chunks: [' }, { keepGoing: true });
    expect(systemsWith(report, 'yaml-syntax')).toEqual(['systems/other']);
  });
});

test('a report quotes the beginning of endless lines', () => {
  const long = `git describe ${'x'.repeat(2000)}`;
  const report = reportOn(
    oneChunk('build-system: manual', `name: c\nkind: chunk\ninstall-commands: [${long}]\n`),
  );
  const { excerpt } = report.diagnostics.find(({ code }) => code === 'needs-git')!;
  expect(excerpt).toHaveLength(1);
  expect(excerpt[0]!.length).toBeLessThan(600);
});
