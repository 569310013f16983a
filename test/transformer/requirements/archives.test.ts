import { describe, expect, test } from 'vitest';
import { codes, only } from './support.js';

describe('archives', () => {
  test.each([
    'tar xf a',
    'tar -x -f a',
    'tar --get --file a',
    'tar --extract -f a',
    'bsdtar -xf a',
    'tar -xzvf a -C b',
  ])('%s restores owners', (text) => expect(only(text).code).toBe('archive-owners'));
  test.each([
    ...[
      'tar cf a b',
      'tar xof a',
      'tar xf a --no-same-owner',
      'tar xf -',
      'tar -x',
      'tar tf a',
      'tar --list --file=x',
    ],
    ...['tar --exclude=x -cf a b', 'tar -c x -f a', 'tar --file=a --get-nothing', 'tar cf x/y x'],
  ])('%s does not', (text) => expect(codes(text)).toEqual([]));
});
