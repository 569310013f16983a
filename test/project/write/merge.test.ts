import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasMarkers, merge } from '../../../src/project/write/merge.js';
import { tries } from '../../support/effort.js';
import { temporaryFolder } from './support.js';

/** One change of a list of lines: at which of them, what happens, and how many lines go or come. */
const change = fc.record({
  at: fc.nat(20),
  what: fc.constantFrom('insert', 'remove', 'replace'),
  count: fc.integer({ min: 1, max: 3 }),
});
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

/** Does changes; every new line is one of its own. */
function changed(lines: readonly string[], changes: readonly Change[], who: string): string[] {
  const result = [...lines];
  changes.forEach(({ at, what, count }, index) => {
    const fresh = Array.from({ length: count }, (_, n) => `${who} ${index}.${n}`);
    const place = result.length === 0 ? 0 : at % (result.length + 1);
    result.splice(place, what === 'insert' ? 0 : count, ...(what === 'remove' ? [] : fresh));
  });
  return result;
}

const text = (lines: readonly string[], isEnded = true) =>
  lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : '');
const linesOf = (content: string) => content.split('\n').filter((line) => line !== '');

/** Real files repeat lines; unique ones tell more about what became of them. */
const repeated = fc.array(fc.constantFrom('- make', '', 'config:', '- a.bst', '- b.bst'), { maxLength: 20 });
const unique = fc.nat(20).map((length) => Array.from({ length }, (_, n) => `base ${n}`));
const story = (base: fc.Arbitrary<string[]>) =>
  fc.tuple(
    base,
    fc.array(change, { minLength: 1, maxLength: 4 }),
    fc.array(change, { minLength: 1, maxLength: 4 }),
  );

describe('merging', () => {
  test('loses no line that the person wrote, unless the definitions are to win', () => {
    let conflicts = 0;
    fc.assert(
      fc.property(
        story(fc.oneof(repeated, unique)),
        fc.boolean(),
        fc.boolean(),
        ([base, byHand, inDefinitions], isEnded, staysEnded) => {
          const was = text(base);
          const ours = text(changed(base, byHand, 'by hand'), isEnded);
          const theirs = text(changed(base, inDefinitions, 'in the definitions'), staysEnded);
          const mine = linesOf(ours).filter((line) => line.startsWith('by hand'));
          const news = linesOf(theirs).filter((line) => line.startsWith('in the definitions'));
          const marked = merge(was, ours, theirs, 'markers');
          const kept = merge(was, ours, theirs, 'ours');
          if (marked.conflicts > 0) conflicts++;
          const markedLines = linesOf(marked.text);
          expect(markedLines.filter((line) => mine.includes(line))).toEqual(mine);
          expect(markedLines.filter((line) => news.includes(line))).toEqual(news);
          expect(linesOf(kept.text).filter((line) => mine.includes(line))).toEqual(mine);
          expect(hasMarkers(marked.text)).toBe(marked.conflicts > 0);
          const taken = linesOf(merge(was, ours, theirs, 'theirs').text);
          expect(taken.filter((line) => news.includes(line))).toEqual(news);
          if (marked.conflicts === 0) expect(taken).toEqual(markedLines);
        },
      ),
      { numRuns: tries(500, 2500) },
    );
    console.log(`${tries(500, 2500)} random merges, ${conflicts} with conflicts`);
    expect(conflicts).toBeGreaterThan(tries(50, 250));
    expect(conflicts).toBeLessThan(tries(450, 2250));
  });

  test('holds a line of the base exactly if both left it there', () => {
    fc.assert(
      fc.property(story(unique), ([base, byHand, inDefinitions]) => {
        const [ours, theirs] = [changed(base, byHand, 'a'), changed(base, inDefinitions, 'b')];
        const { text: merged, conflicts } = merge(text(base), text(ours), text(theirs), 'abort');
        fc.pre(conflicts === 0);
        const left = base.filter((line) => ours.includes(line) && theirs.includes(line));
        expect(linesOf(merged).filter((line) => base.includes(line))).toEqual(left);
      }),
      { numRuns: 500 },
    );
  });

  test('is what one side has, byte for byte, where the other one changed nothing, or the same', () => {
    const content = fc.tuple(repeated, fc.boolean()).map(([lines, isEnded]) => text(lines, isEnded));
    fc.assert(
      fc.property(content, content, (base, other) => {
        for (const [ours, theirs] of [
          [other, base],
          [base, other],
          [other, other],
        ] as const) {
          expect(merge(base, ours, theirs, 'abort')).toEqual({ text: other, conflicts: 0 });
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('agrees with git wherever git finds no conflict', () => {
    const folder = temporaryFolder(true);
    let clean = 0;
    const check = ([base, byHand, inDefinitions]: [string[], Change[], Change[]]) => {
      const [ours, theirs] = [changed(base, byHand, 'a'), changed(base, inDefinitions, 'b')];
      const contents = { ours: text(ours), base: text(base), theirs: text(theirs) };
      for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content);
      const git = spawnSync('git', ['merge-file', '-p', 'ours', 'base', 'theirs'], { cwd: folder });
      if (git.status !== 0) return;
      clean++;
      expect(merge(contents.base, contents.ours, contents.theirs, 'abort')).toEqual({
        text: git.stdout.toString(),
        conflicts: 0,
      });
    };
    fc.assert(fc.property(story(unique), check), { numRuns: tries(50, 150) });
    rmSync(folder, { recursive: true });
    expect(clean).toBeGreaterThan(tries(3, 10));
  });

  test('takes changes of neighbouring lines together, and what comes below a line with the line', () => {
    const base = 'sources:\n- kind: git\n  ref: a\n';
    const ours = 'sources:\n- kind: git\n  ref: a\n\nconfig: {}\n';
    expect(merge(base, ours, base.replace('ref: a', 'ref: b'), 'abort')).toEqual({
      text: 'sources:\n- kind: git\n  ref: b\n\nconfig: {}\n',
      conflicts: 0,
    });
    expect(merge('1\n2\n', 'one\n2\n', '1\ntwo\n', 'abort')).toEqual({ text: 'one\ntwo\n', conflicts: 0 });
  });

  test('does not run a line that lost its end into one that comes after it', () => {
    expect(merge('a\n', 'a', 'a\nb\n', 'abort')).toEqual({ text: 'a\nb', conflicts: 0 });
    expect(merge('a\n', 'mine', 'theirs\n', 'markers').text).toBe(
      '<<<<<<< changed by hand\nmine\n=======\ntheirs\n>>>>>>> changed in the definitions',
    );
  });
});
