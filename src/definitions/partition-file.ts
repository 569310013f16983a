import type { Place } from '../diagnostics/place.js';
import { isMapping } from './is-mapping.js';
import { YamlDocument } from './yaml-document.js';

/** One partition, as a file of `partitioning/` lists it. */
export interface Partition {
  readonly at: Place;
  readonly number: number;
  /** `100M`, or `fill` for what is left. */
  readonly size: string;
  /** Type as fdisk has it, without `0x`. */
  readonly type: string;
  readonly fileSystem: string;
  readonly mountPoint: string | undefined;
  readonly isBoot: boolean;
}

/** A file of the system that is written to the disk as it is. */
export interface RawFile {
  readonly path: string;
  /** Number of the partition; undefined for the disk. */
  readonly partition: number | undefined;
  /** In bytes from the beginning of that; undefined: right after the file before. */
  readonly offset: number | undefined;
}

/** What PARTITION_FILE names (writeexts, "partitioning"). */
export interface PartitionFile {
  readonly table: 'mbr' | 'gpt';
  /** The first sector of the first partition. */
  readonly startOffset: number;
  /** In the order on the disk. */
  readonly partitions: readonly Partition[];
  readonly rawFiles: readonly RawFile[];
}

/** Something in a partition file that cannot be used. */
interface Fault {
  readonly at: Place;
  readonly message: string;
}

type Fields = Record<string, unknown>;

const SECTOR = 512;

/** Reads a partition file: YAML with `partition_table_format`, `start_offset`, `partitions` and `raw_files`. */
export function readPartitionFile(
  path: string,
  text: string,
): { readonly file: PartitionFile | undefined; readonly faults: readonly Fault[] } {
  const document = new YamlDocument(path, text);
  const faults: Fault[] = document.faults.map(({ message, place }) => ({ at: place, message }));
  const value = document.value as Fields | undefined;
  if (document.isBroken || !isMapping(value)) {
    return {
      file: undefined,
      faults: faults.length > 0 ? faults : [{ at: document.place, message: `${path} lists no partitions` }],
    };
  }
  const table = String(value.partition_table_format ?? 'gpt').toLowerCase();
  if (table !== 'mbr' && table !== 'gpt') {
    const message = `there is no partition table \`${table}\`: mbr or gpt`;
    return {
      file: undefined,
      faults: [...faults, { at: document.placeOf(value, 'partition_table_format'), message }],
    };
  }
  const given = mappings(value.partitions);
  const taken = new Set(given.map(({ number }) => number).filter((number) => typeof number === 'number'));
  let next = 1;
  const partitions: Partition[] = [];
  const rawFiles: RawFile[] = [];
  for (const [index, fields] of given.entries()) {
    while (taken.has(next)) next++;
    const number = typeof fields.number === 'number' ? fields.number : next++;
    const at = document.placeOf(value.partitions as object, index);
    const size = document.textOf(fields, 'size') ?? '';
    if (!/^(?:fill|\d+[bkKMGT]?)$/.test(size)) {
      faults.push({
        at,
        message: `partition ${number} has no size that makes sense: a number with K, M, G or T, or fill`,
      });
      continue;
    }
    partitions.push({
      at,
      number,
      size,
      type: (document.textOf(fields, 'fdisk_type') ?? '0x81').replace(/^0x0*(?=.)/, ''),
      fileSystem: document.textOf(fields, 'filesystem') ?? 'none',
      mountPoint: document.textOf(fields, 'mountpoint'),
      isBoot: fields.boot === true || String(fields.boot) === 'yes',
    });
    rawFiles.push(...rawFilesOf(document, fields.raw_files, number));
  }
  if (!partitions.some(({ mountPoint }) => mountPoint === '/')) {
    faults.push({ at: document.place, message: `${path} has no partition for /` });
  }
  rawFiles.push(...rawFilesOf(document, value.raw_files, undefined));
  const startOffset = Number(value.start_offset ?? 2048);
  const isUsable = faults.length === 0 && Number.isInteger(startOffset);
  return { file: isUsable ? { table, startOffset, partitions, rawFiles } : undefined, faults };
}

function rawFilesOf(document: YamlDocument, list: unknown, partition: number | undefined): RawFile[] {
  return mappings(list).flatMap((fields) => {
    const path = document.textOf(fields, 'file');
    if (path === undefined) return [];
    const sectors = Number(fields.offset_sectors);
    const bytes = Number(fields.offset_bytes);
    const offset = Number.isInteger(sectors) ? sectors * SECTOR : Number.isInteger(bytes) ? bytes : undefined;
    return [{ path, partition, offset }];
  });
}

function mappings(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter(isMapping) : [];
}
