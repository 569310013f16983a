import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { importModule } from '../config/import-module.js';
import { type CachePlace, putEntry, takeEntry } from './cache.js';

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
 * V8 looks at the length of the code alone and would crash on a damaged file, so the key has a checksum of the one, and
 * the entry one of its own.
 *
 * @param path the module, in ASCII: a function body of `exports`, `require`, `module`, and `__import` in place of
 *   `import()`, for which V8 has no place in what it keeps.
 * @param place where it is kept; nowhere without one.
 * @param command the command that is run.
 */
export function loadProgram(path: string, place: CachePlace | undefined, command = 'none'): Loaded {
  const file = readFileSync(path);
  const named = /^[a-z]{1,20}$/.test(command) ? command : 'none';
  // The path is what V8 shows in stack traces; its own tag is of its version, its flags and the processor.
  const parts = [crc32(path, crc32(file)).toString(16), cachedDataVersionTag().toString(16), named];
  const key = [place?.build, ...parts].join('-');
  const kept = place && checked(takeEntry(place, key, 'program'));
  const code = `(function (exports, require, module, __import) {${file.toString('latin1')}\n})`;
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

/** What follows a checksum, if it is still what was written. */
function checked(content: Buffer | undefined): Buffer | undefined {
  if (content === undefined || content.length < 4) return undefined;
  const data = content.subarray(4);
  return content.readUInt32BE() === crc32(data) ? data : undefined;
}
