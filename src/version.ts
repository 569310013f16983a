import { readFileSync } from 'node:fs';

/** The version of this package. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** Tells this build of the package from every other one; undefined where it runs from its sources. */
export const build: string | undefined = undefined;
