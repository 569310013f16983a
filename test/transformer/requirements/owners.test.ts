import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findInvocations } from '../../../src/shell/invocations.js';
import { mayHoldWords } from '../../../src/shell/quotes.js';
import { owners } from '../../../src/transformer/requirements/owners.js';
import { codes, only, shellTexts } from './support.js';

describe('owners', () => {
  test.each([
    ['chown a b', 'chown', 'a', 'a -'],
    ['chown a:b c', 'chown', 'a:b', 'a b'],
    ['chown :b c', 'chown', 'b', '- b'],
    ['chown a: c', 'chown', 'a', 'a -'],
    ['chgrp b c', 'chgrp', 'b', '- b'],
    ['chown --from=x a c', 'chown', 'a', 'a -'],
    ['chown --from x a c', 'chown', 'a', 'a -'],
    ['install -o a -g b c d', 'install', 'a:b', 'a b'],
    ['install --owner=a c d', 'install', 'a', 'a -'],
    ['install --group b c d', 'install', 'b', '- b'],
    ['install -S .o --suffix .p -o a c d', 'install', 'a', 'a -'],
  ])('%s', (text, name, shown, line) => {
    expect(only(text)).toMatchObject({
      code: 'needs-root',
      message: `\`${name}\` gives files to \`${shown}\`, which the sandbox refuses`,
      hint: expect.stringContaining(`(a line \`Z <path> - ${line}\` in`),
    });
  });

  test('that only the shell knows may be root, and those of another file are unknown', () => {
    expect(only('chown "$OWNER" a').message).toBe(
      '`chown` gives files to `$OWNER`, which the sandbox refuses unless that is root',
    );
    expect(codes('chown --reference=a b')).toEqual([]);
    expect(codes('chown --reference a b')).toEqual([]);
    expect(codes('chown')).toEqual([]);
    expect(codes('install -m 644 -S o a b')).toEqual([]);
    expect(only('chown +0:root a').code).toBe('root-owner');
  });
});

const situation = { stage: 'build', hasRepository: false } as const;

test('what is seen to give no owner has no command that does, whatever the words and quotes', () => {
  const text = shellTexts('chown chgrp install -o -g -Do -oa --owner --group= -R a:b -');
  let given = 0;
  fc.assert(
    fc.property(
      text,
      fc.constantFrom('chown ', 'install -o', 'sh -c "install ', 'install '),
      (rest, start) => {
        const commands = findInvocations(start + rest).filter(({ name }) => owners.names.includes(name));
        if (!commands.some((command) => owners.check(command, situation).length > 0)) return;
        given += 1;
        expect(
          mayHoldWords(start + rest, (each) => owners.sign!.test(each)),
          start + rest,
        ).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
  expect(given).toBeGreaterThan(100);
});
