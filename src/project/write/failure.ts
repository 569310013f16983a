import type { Report } from '../../diagnostics/diagnostic.js';

/** The code of an error of the file system, such as `ENOENT`; empty for every other error. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && 'syscall' in (error as Error) ? code : '';
}

/** Tidies up: what the file system does not let go of is for the next run, and no failure of this one. */
export function attempt(tidy: () => void): void {
  try {
    tidy();
  } catch (error) {
    if (errorCode(error) === '') throw error;
  }
}

/** Something that keeps a project from being written and has to be told to the person, with what to do. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** A change of a project was begun and could be neither completed nor undone; the cause is what stopped it. */
export class Unfinished extends Error {
  constructor(cause: unknown) {
    super('unfinished', { cause });
  }
}

const space = 'make room on the disk, or choose a folder on another one';
const permission = 'change the permissions, or choose another folder';

/** What an error of the file system means, and what to do about it. */
const reasons: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ['there is no space left on the disk', space],
  EDQUOT: ['the quota of the disk is used up', space],
  EACCES: ['permission is denied', permission],
  EPERM: ['the operation is not permitted', permission],
  EROFS: ['the file system is read-only', 'choose a folder on another file system'],
  ENOTDIR: ['something on the way to it is not a folder', 'choose another folder'],
  ENOENT: ['it vanished while the project was being written', 'do not move or remove it meanwhile'],
  ENOTEMPTY: ['it appeared while the project was being written', 'have one program at a time write to it'],
  EEXIST: ['it appeared while the project was being written', 'have one program at a time write to it'],
  ENAMETOOLONG: ['a name is too long for the file system', 'choose a shorter path, or rename the definition'],
  EXDEV: ['a folder in it is on another file system', 'unmount it, or choose another folder'],
  EBUSY: ['it is in use as a mount point', 'choose another folder'],
  EMFILE: ['too many files are open', 'raise the limit (`ulimit -n`)'],
};

/**
 * Reports an error of the file system or a refusal as a diagnostic, in the words of the person who meets it.
 *
 * @throws every other error: it is a fault of the program.
 */
export function reportFailure(error: unknown, directory: string, report: Report): void {
  if (error instanceof Refusal) {
    report('bad-output', undefined, error.message, error.hint);
  } else if (error instanceof Unfinished) {
    const [reason] = explain(error.cause);
    report(
      'bad-output',
      undefined,
      `${directory} is left unfinished: ${reason}`,
      'remove the cause, then run `baserock2bst recover` or any other command: it makes it the old or the new project',
    );
  } else {
    const [reason, hint] = explain(error);
    report('bad-output', undefined, `${directory} cannot be written: ${reason}`, hint);
  }
}

function explain(error: unknown): readonly [reason: string, hint: string | undefined] {
  const code = errorCode(error);
  if (code === '') throw error;
  return reasons[code] ?? [(error as Error).message, undefined];
}
