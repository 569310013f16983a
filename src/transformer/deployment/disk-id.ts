/**
 * The id of a disk, from the path of its deployment (by the 32-bit FNV-1a hash): so that two deployments can be disks
 * of one machine, and the same one is the same wherever it is built.
 *
 * @returns eight hexadecimal digits.
 */
export function diskId(path: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(path)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
