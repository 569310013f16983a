import { readPartitionFile } from '../../definitions/partition-file.js';
import type { Context } from '../context.js';
import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';
import { textOf } from './tree-files.js';

/** File systems that an image can have; the others of Baserock become ext4. */
const fileSystems: ReadonlyMap<string, string> = new Map([
  ['none', 'none'],
  ['vfat', 'vfat'],
  ['ext4', 'ext4'],
  ['swap', 'swap'],
  ['btrfs', 'ext4'],
  ['ext2', 'ext4'],
  ['ext3', 'ext4'],
]);

/**
 * The partitions that PARTITION_FILE lists, as variables of the disk image.
 *
 * @param hasSyslinux the boot loader needs a vfat file system for /boot.
 * @returns undefined without such a file, or, after a report, for one that is not there or makes no sense.
 */
export function partitionsOf(
  { name, variables }: PlannedDeployment,
  hasSyslinux: boolean,
  scope: Scope,
  { definitions }: Context,
): Map<string, string> | undefined {
  const variable = variables.get('PARTITION_FILE');
  if (!variable) return undefined;
  const path = variable.text.replace(/^(?:\.\/)+/, '');
  const text = textOf(definitions.tree.get(path));
  if (text === undefined) {
    const message = `\`${name}\` is partitioned by ${path}, which is not there`;
    scope.manual('missing-file', variable.at, path, message);
    return undefined;
  }
  const { file, faults } = readPartitionFile(path, text);
  for (const { at, message } of faults) scope.manual('partitioning', at, path, message);
  if (!file) return undefined;
  const lines = file.partitions.map((partition) => {
    const fileSystem = fileSystems.get(partition.fileSystem) ?? 'none';
    if (fileSystem !== partition.fileSystem) {
      const message = `${path} asks for ${partition.fileSystem}, and the image gets ${fileSystem}`;
      scope.once('partitioning', partition.at, message);
    }
    const words = [partition.number, partition.size, partition.type, fileSystem, partition.mountPoint ?? '-'];
    return `${words.join(' ')} ${partition.isBoot ? 'boot' : '-'}`;
  });
  if (hasSyslinux && !file.partitions.some(({ mountPoint }) => mountPoint === '/boot')) {
    const numbers = file.partitions.map(({ number }) => number);
    const number = Array.from({ length: numbers.length + 1 }, (_, i) => i + 1).find(
      (n) => !numbers.includes(n),
    )!;
    lines.unshift(`${number} %{boot-size} c vfat /boot boot`);
    for (const [index, line] of lines.entries()) if (index > 0) lines[index] = line.replace(/ boot$/, ' -');
    scope.once(
      'partitioning',
      variable.at,
      `${path} has no partition for /boot, which the boot loader needs: the image gets one`,
    );
  }
  return new Map([
    ['partition-table', file.table],
    ['first-sector', String(file.startOffset)],
    ['partitions', `${lines.join('\n')}\n`],
    ...(file.rawFiles.length > 0
      ? [
          [
            'raw-files',
            `${file.rawFiles.map((raw) => `${raw.path} ${raw.partition ?? '-'} ${raw.offset ?? '-'}`).join('\n')}\n`,
          ] as const,
        ]
      : []),
  ]);
}
