/** The newest version of the definitions format that VERSION can name (Baserock's "definitions format" document). */
export const newestFormat = 8;

/** The version since which there may be a DEFAULTS file. */
export const defaultsSince = 7;

/** Fields of stratum entries that older versions have not, and the version since which there are such. */
export const fieldsSince: ReadonlyMap<string, number> = new Map([
  ['build-system', 7],
  ['submodules', 8],
]);
