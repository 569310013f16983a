import { describe, expect, test } from 'vitest';
import { codes, only } from './support.js';

describe('hosts', () => {
  test.each([
    ['systemctl restart a', '`systemctl restart` needs', 'enable the unit instead'],
    ['systemctl --now enable a', '`systemctl enable` needs', 'enable the unit instead'],
    ['systemctl --now', '`systemctl` needs', 'enable the unit instead'],
    ['service a restart', '`service a` needs', 'enable the unit instead'],
    ['docker build .', '`docker build` needs', ''],
    ['udevadm settle', '`udevadm settle` needs', ''],
    ['dd if=/dev/sda of=a', '`dd` uses /dev/sda, a disk', 'work on a file instead'],
    ['uname -a -r', '`uname` tells the kernel', 'take the release from the kernel'],
    ['uname --kernel-version', '`uname` tells the kernel', 'take the release from the kernel'],
  ])('%s', (text, message, hint) => {
    const { code, message: said, hint: advice } = only(text);
    expect(code).toBe('needs-host');
    expect(said).toContain(message);
    if (hint === '') expect(advice).toBeUndefined();
    else expect(advice).toContain(hint);
  });
  test.each([
    ...[
      'systemctl',
      'systemctl enable a',
      'systemctl --root=/a preset a',
      'service',
      'docker',
      'udevadm hwdb --update',
    ],
    ...['uname', 'uname -m', 'uname --machine', 'dd if=/dev/zero of=a', 'mkfs.ext4 a.img', 'udevadm'],
  ])('%s does not', (text) => expect(codes(text)).toEqual([]));
});
