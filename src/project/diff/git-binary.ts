import { deflateSync } from 'node:zlib';

/** The digits of git's base 85, in order. */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

/** How many bytes a line holds. */
const LINE = 52;

/** A content as a literal of a binary patch (git's `diff.c`, `emit_binary_diff_body`): compressed, in base 85. */
export function literal(content: Uint8Array): string[] {
  const compressed = deflateSync(content, { level: 9 });
  const lines = [`literal ${content.length}`];
  for (let start = 0; start < compressed.length; start += LINE) {
    const line = compressed.subarray(start, start + LINE);
    lines.push(`${lengthOf(line.length)}${base85(line)}`);
  }
  return lines;
}

/** A to Z for 1 to 26 bytes, a to z for more. */
function lengthOf(length: number): string {
  return String.fromCharCode(length <= 26 ? 64 + length : 70 + length);
}

function base85(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 4) {
    let number = 0;
    for (let i = 0; i < 4; i++) number = number * 256 + (bytes[start + i] ?? 0);
    let group = '';
    for (let i = 0; i < 5; i++) {
      group = digits[number % 85] + group;
      number = Math.floor(number / 85);
    }
    text += group;
  }
  return text;
}
