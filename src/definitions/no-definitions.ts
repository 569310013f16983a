import { lstatSync, statSync } from 'node:fs';

/** What is named in the place of a folder of definitions, and what to do instead. */
interface Mistaken {
  readonly message: string;
  /** The advice of the catalogue where there is none. */
  readonly hint?: string;
}

/** What git takes for a repository elsewhere: a URL, or `user@host:path`. */
const REPOSITORY = /^(?:[a-z][a-z+.-]*:\/\/|[^/@\s]+@[^/:\s]+:)/i;

/** Says why what was named as the root of definitions is none, though it could have been meant so. */
export function notDefinitions(named: string, reasonOf: (error: unknown) => string): Mistaken {
  try {
    statSync(named);
  } catch (error) {
    if (REPOSITORY.test(named)) {
      return {
        message: `${named} is a repository, not a folder`,
        hint: `clone it (\`git clone ${named}\`), and name the folder of the clone`,
      };
    }
    if (isThere(named)) return { message: `${named} cannot be read: ${reasonOf(error)}` };
    return { message: `there is no folder ${named}` };
  }
  if (/\.(?:morph|def)$/.test(named)) {
    return {
      message: `${named} is one definition, not the folder that holds all of them`,
      hint: 'name the root folder, and with --system what of it is wanted',
    };
  }
  return { message: `${named} is not a folder` };
}

/** Whether there is something at a path that leads nowhere, or on the way to what may not be looked at. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
