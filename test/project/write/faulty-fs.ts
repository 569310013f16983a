import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/** What happens at which change of the disk. Changes are counted from 1 in the order in which they are made. */
export interface Faults {
  /** How many changes there were. */
  count: number;
  /** `crash`: from this one on nothing reaches the disk. `once`: this one fails. `full`: from it on no space is left. `broken`: from it on all fail. */
  mode: 'none' | 'crash' | 'once' | 'full' | 'broken';
  at: number;
}

/** What a process does that was killed: nothing. It is no error of the file system, so nothing handles it. */
export class Crash extends Error {}

/**
 * Wraps the functions of `node:fs` that change the disk, so that they fail as told.
 *
 * @returns what brings the real ones back.
 */
export function makeFaulty(faults: Faults): () => void {
  const real = { ...fs };
  const systemError = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall });
  /** Counts a change; throws if it must not happen. `half` leaves half of it done. */
  const change = (syscall: string, needsSpace: boolean, half: () => void = () => {}) => {
    const number = ++faults.count;
    if (faults.mode === 'crash' && number >= faults.at) {
      if (number === faults.at) half();
      throw new Crash(`crash at change ${number}`);
    }
    if (faults.mode === 'once' ? number === faults.at : faults.mode === 'broken' && number >= faults.at) {
      half();
      throw systemError('EIO', syscall);
    }
    if (faults.mode === 'full' && number >= faults.at && needsSpace) {
      half();
      throw systemError('ENOSPC', syscall);
    }
  };
  const wrap = <A extends unknown[], R>(name: string, needsSpace: boolean, act: (...args: A) => R) => {
    return (...args: A): R => {
      change(name, needsSpace);
      return act(...args);
    };
  };
  const unlinkSync = wrap('unlink', false, real.unlinkSync);
  const rmdirSync = wrap('rmdir', false, real.rmdirSync);
  const rmSync = (path: string, options?: fs.RmOptions): void => {
    const entry = real.lstatSync(path, { throwIfNoEntry: false });
    if (!entry && options?.force) return;
    if (!entry?.isDirectory()) {
      unlinkSync(path);
      return;
    }
    for (const name of real.readdirSync(path)) rmSync(join(path, name), options);
    rmdirSync(path);
  };
  const writeFileSync = (file: string | number, content: string, options?: fs.WriteFileOptions): void => {
    change('write', true, () => real.writeFileSync(file, content.slice(0, content.length / 2), options));
    real.writeFileSync(file, content, options);
  };
  const openSync = (path: string, flags: string, mode?: number): number => {
    if (flags !== 'r') change('open', true);
    return real.openSync(path, flags, mode);
  };
  const fsync = (descriptor: number, done: (error: Error | null) => void): void => {
    try {
      change('fsync', false);
    } catch (error) {
      done(error as Error);
      return;
    }
    real.fsync(descriptor, done);
  };
  const wrapped = {
    unlinkSync,
    rmdirSync,
    rmSync,
    writeFileSync,
    openSync,
    fsync,
    fsyncSync: wrap('fsync', false, real.fsyncSync),
    mkdirSync: wrap('mkdir', true, real.mkdirSync),
    renameSync: wrap('rename', false, real.renameSync),
    symlinkSync: wrap('symlink', true, real.symlinkSync),
  };
  const put = (functions: object) => {
    Object.assign(fs, functions);
    syncBuiltinESMExports();
  };
  put(wrapped);
  return () =>
    put(Object.fromEntries(Object.keys(wrapped).map((name) => [name, real[name as keyof typeof real]])));
}
