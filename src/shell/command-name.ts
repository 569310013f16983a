/** Where programs are: what stands there is known by its name. */
const programFolder = /^(?:\$\{?PREFIX\}?)?\/?(?:usr\/)?(?:local\/)?s?bin\/([^/]+)$/;

/** `${CHOWN:-chown}`: what is run unless a variable says otherwise. */
const withDefault = /^\$\{\w+:?[-=]([^${}]+)\}$/;

/** A variable that holds `sudo` or the like, or nothing. */
const privilegeVariable = /^\$(?:\{\w*(?:SUDO|FAKEROOT)(?:[:=?+-][^{}]*)?\}|\w*(?:SUDO|FAKEROOT))$/i;

/**
 * The name under which a command is known, from its first word: without the folder if that is one for programs. A
 * program in any other place, such as `./install` or `$DESTDIR/bin/mount`, keeps its path, because it may be anything.
 */
export function commandName(word: string): string {
  const name = withDefault.exec(word)?.[1] ?? word;
  const [, inFolder] = /^[/$]/.test(name) ? (programFolder.exec(name) ?? []) : [];
  return inFolder ?? name;
}

/** True for a variable that stands before a command to run it with other rights, such as `$SUDO`. */
export function isPrivilegeVariable(word: string): boolean {
  return privilegeVariable.test(word);
}
