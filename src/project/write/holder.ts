import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from './failure.js';

/** A process, told from a later one of the same number by its start and by the start of its machine. */
export interface Holder {
  readonly pid: number;
  readonly start: string;
  readonly boot: string;
  readonly host: string;
}

let ownText: string | undefined;

/** The text that stands for the running process as the holder of a lock. */
export function describeOwn(): string {
  ownText ??= ['baserock2bst', process.pid, startOf('self') ?? '', bootOf(), hostname()].join(':');
  return ownText;
}

/** Reads the text of a lock; undefined if it is none of ours. */
export function parseHolder(text: string): Holder | undefined {
  const [tool, pid, start, boot, ...host] = text.split(':');
  if (tool !== 'baserock2bst' || start === undefined || boot === undefined) return undefined;
  return { pid: Number(pid), start, boot, host: host.join(':') };
}

/** False only if the process that a text stands for is gone for certain; one on another machine cannot be asked. */
export function isRunning(text: string): boolean {
  const holder = parseHolder(text);
  if (!holder || holder.host !== hostname()) return true;
  if (holder.boot !== bootOf()) return false;
  return isProcess(holder.pid, holder.start);
}

/** True if there is a process of that number and, where it is given and the system tells, of that start. */
export function isProcess(pid: number, start?: string): boolean {
  if (startOf('self') !== undefined) {
    const found = startOf(pid);
    return found !== undefined && (start === undefined || start === found);
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** When a process started, in ticks of the machine; undefined for none, a dead one, and outside Linux. */
function startOf(pid: number | 'self'): string | undefined {
  const text = read(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return ['Z', 'X', ''].includes(fields[0]!) ? undefined : fields[19];
}

function bootOf(): string {
  return read('/proc/sys/kernel/random/boot_id').trim();
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
