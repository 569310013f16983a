import type { Chunk, Stratum } from '../definitions/model.js';
import { reachable } from './walk.js';

/** The places of the sysroot's loader, libraries and configuration. */
export const displaced: readonly string[] = ['/etc', '/etc/**', '/lib', '/lib/**', '/lib64', '/lib64/**'];

const installsThere = /\$\{?DESTDIR\}?"?\/+(?:etc|lib|lib64)(?![\w.-])/;

/**
 * What ybd stages for a chunk of the stratum: what it names, in the order in which it does, and what these are built
 * on, as long as all of it has the chunk's own build mode (ybd: `install_dependencies`). So the tools of one stage do
 * not bring those of the one before it.
 */
export function stagedFor(chunk: Chunk): Chunk[] {
  const isAlike = ({ bootstrap }: Chunk) => bootstrap === chunk.bootstrap;
  const further = reachable(chunk, (each) => (isAlike(each) ? each.buildDepends.filter(isAlike) : []));
  return [...new Set([...chunk.buildDepends, ...further])];
}

/**
 * True for a chunk of the first stages whose files would displace those of the sysroot where it is staged beside it: the
 * C library, with its loader and configuration. There a copy without them is staged.
 */
export function displaces(chunk: Chunk, { chunks }: Stratum): boolean {
  return (
    chunk.bootstrap &&
    [...chunk.commands.values()].flat().some(({ text }) => installsThere.test(text)) &&
    chunks.some((other) => other.bootstrap && stagedFor(other).includes(chunk))
  );
}
