import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { importModule } from '../config/import-module.js';
import { type CachePlace, entryPath, noteUse, putEntry } from './cache.js';

/** A program that was loaded. */
export interface Loaded {
  readonly exports: unknown;
  /** Keeps what was compiled so far for the next run, unless this one had it. */
  readonly keep: () => void;
}

/**
 * Loads a CommonJS module with what V8 made of it in an earlier run, as Python does by its `.pyc` files: compiling takes
 * a sixth of a conversion's time. V8 compiles a function when it is first called, so each command has its own.
 *
 * V8 refuses what another version of it made, or with other flags, and then compiles anew. It looks no closer: a
 * damaged file would crash it, so there is a checksum.
 *
 * @param path the module, in ASCII: a function body of `exports`, `require`, `module`, and `__import` in place of
 *   `import()`, for which V8 has no place in what it keeps.
 * @param place where it is kept; nowhere without one.
 * @param command the command that is run.
 */
export function loadProgram(path: string, place: CachePlace | undefined, command = 'none'): Loaded {
  const named = /^[a-z]{1,20}$/.test(command) ? command : 'none';
  const key = `${place?.build}-${process.version}-${process.arch}-${named}`;
  const kept = place && readKept(entryPath(place.folder, key, 'program'));
  const code = `(function (exports, require, module, __import) {${readFileSync(path, 'latin1')}\n})`;
  const script = new Script(code, { filename: path, ...(kept ? { cachedData: kept } : {}) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, importModule);
  const isKept = kept !== undefined && script.cachedDataRejected === false;
  return {
    exports: module.exports,
    keep: () => {
      if (!place || isKept) return;
      const data = script.createCachedData();
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32BE(crc32(data));
      putEntry(place, key, 'program', Buffer.concat([checksum, data]));
    },
  };
}

/** What this user kept in a file, if it is still what was written there: it is run, so nobody else's will do. */
function readKept(path: string): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const { uid, mode } = fstatSync(descriptor);
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0) return undefined;
    const content = readFileSync(descriptor);
    const data = content.subarray(4);
    if (content.readUInt32BE() !== crc32(data)) return undefined;
    noteUse(path);
    return data;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
