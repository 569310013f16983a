import { describe, expect, test } from 'vitest';
import { convert } from '../../src/index.js';
import { briefly, definitionsOf, SHA } from '../support/definitions.js';
import { chunk, found, stratum } from './support.js';

describe('circles', () => {
  const many = 5000;
  const entries = (first: string) =>
    Array.from({ length: many }, (_, i) => `- {name: c${i}, build-depends: [${i ? `c${i - 1}` : first}]}\n`);

  test('a chunk that depends on itself, and a stratum that does', () => {
    expect(found(chunk('  build-depends: [c]\n'))).toEqual([
      'dependency-cycle strata/s.morph:4:3 the dependencies go in a circle: `c` → `c`',
    ]);
    expect(found(stratum('build-depends:\n- morph: strata/s.morph\n'))).toEqual([
      'dependency-cycle strata/s.morph:4:10 the dependencies go in a circle: `strata/s` → `strata/s`',
    ]);
  });

  test('of three, with something before and after: just the circle is named', () => {
    const chunks = entry('a', 'b') + entry('b', 'c') + entry('c', 'd, e') + entry('d', 'b') + entry('e', '');
    expect(found(stratum(`chunks:\n${chunks}`))).toEqual([
      'dependency-cycle strata/s.morph:5:3 the dependencies go in a circle: `b` → `c` → `d` → `b`',
    ]);
    const of = (...needs: string[]) => `kind: stratum\nbuild-depends: [${needs.join(', ')}]\n`;
    expect(
      found({
        'strata/a.morph': of('strata/b.morph'),
        'strata/b.morph': of('strata/e.morph', 'strata/c.morph'),
        'strata/c.morph': of('strata/d.morph'),
        'strata/d.morph': of('strata/b.morph'),
        'strata/e.morph': of(),
      }),
    ).toEqual([
      'dependency-cycle strata/b.morph:2:33 the dependencies go in a circle: `strata/b` → `strata/c` → `strata/d` → `strata/b`',
    ]);
  });

  const entry = (name: string, needs: string) => `- {name: ${name}, build-depends: [${needs}]}\n`;

  test('each of several is reported, but of those that share a chunk just one', () => {
    const apart = entry('a', 'b') + entry('b', 'a') + entry('c', 'a, d') + entry('d', 'd');
    expect(found(stratum(`chunks:\n${apart}`))).toEqual([
      'dependency-cycle strata/s.morph:4:3 the dependencies go in a circle: `a` → `b` → `a`',
      'dependency-cycle strata/s.morph:7:3 the dependencies go in a circle: `d` → `d`',
    ]);
    const sharing = entry('a', 'b, c') + entry('b', 'a') + entry('c', 'a, c');
    expect(found(stratum(`chunks:\n${sharing}`))).toHaveLength(2);
    const everyOne = Array.from({ length: 300 }, (_, i) => `c${i}`);
    const dense = everyOne
      .map((name) => entry(name, everyOne.filter((each) => each !== name).join()))
      .join('');
    expect(found(stratum(`chunks:\n${dense}`))).toHaveLength(150);
  });

  test('of strata, each is left out with --keep-going, and what does not need it stays', () => {
    const of = (needs: string) =>
      `kind: stratum\nbuild-depends: [${needs}]\nchunks: [{name: x, build-system: manual, repo: upstream:x, ref: ${SHA}}]\n`;
    const system = (stratum: string) =>
      `kind: system\narch: x86_64\nstrata: [{morph: strata/${stratum}.morph}]\n`;
    const definitions = definitionsOf({
      'strata/a.morph': of('strata/b.morph'),
      'strata/b.morph': of('strata/a.morph'),
      'strata/c.morph': of('strata/d.morph'),
      'strata/d.morph': of('strata/c.morph'),
      'strata/e.morph': of(''),
      'systems/a.morph': system('a'),
      'systems/c.morph': system('c'),
      'systems/e.morph': system('e'),
    });
    expect(briefly(definitions.diagnostics)).toEqual([
      'dependency-cycle strata/a.morph:2:17 the dependencies go in a circle: `strata/a` → `strata/b` → `strata/a`',
      'dependency-cycle strata/c.morph:2:17 the dependencies go in a circle: `strata/c` → `strata/d` → `strata/c`',
    ]);
    const { project, isUsable } = convert(definitions, { keepGoing: true });
    expect(isUsable).toBe(true);
    const paths = project.elements.map(({ path }) => path);
    expect(paths).toEqual(['strata/e.bst', 'strata/e/x.bst', 'systems/e.bst']);
  });

  test('chains of thousands of chunks are no circle, and do not run out of stack', () => {
    expect(found(stratum(`chunks:\n${entries('').join('')}`))).toEqual([]);
    const [only] = found(stratum(`chunks:\n${entries(`c${many - 1}`).join('')}`));
    expect(only).toMatch(/^dependency-cycle .* `c0` → `c4999` → .* → `c1` → `c0`$/);
  });
});
