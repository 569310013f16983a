import { createHash } from 'node:crypto';

/**
 * The id of a disk, from the path of its deployment: so that two deployments can be disks of one machine, and the
 * same one is the same wherever it is built.
 *
 * @returns eight hexadecimal digits.
 */
export function diskId(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 8);
}
