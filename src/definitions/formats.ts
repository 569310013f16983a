/** What a version of the definitions format has, as far as it matters for reading. */
interface Format {
  /** There may be a DEFAULTS file, and stratum entries may name a build system. */
  readonly defaults: boolean;
  /** Stratum entries may override submodules. */
  readonly submodules: boolean;
}

const early: Format = { defaults: false, submodules: false };

/** The versions of the definitions format that VERSION can name (Baserock's "definitions format" document). */
const formats: ReadonlyMap<number, Format> = new Map([
  [0, early],
  [1, early],
  [2, early],
  [3, early],
  [4, early],
  [5, early],
  [6, early],
  [7, { defaults: true, submodules: false }],
  [8, { defaults: true, submodules: true }],
]);

/** The newest version of the definitions format. */
export const newestFormat = 8;

/** What the given version has; an unversioned tree is as version 0. Undefined for a version nobody defined. */
export function formatOf(version: number | undefined): Format | undefined {
  return formats.get(version ?? 0);
}
