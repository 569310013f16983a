import type { PlannedDeployment } from './plan.js';
import type { Scope } from './scope.js';

/** Names of variables that hold what nobody else should know. A key whose value is a path is a file of the tree. */
const secretName = /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY/;

/** A user and a password in a URL. */
const secretUrl = /:\/\/[^/\s:@]+:[^/\s@]+@/;

/** Beginnings of private keys, and lines of shadow files with a hash in them. */
const privateKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/;
const passwordHash = /^[\w-]+:\$\w+\$[^:]+:\d*:/m;

/**
 * Reports variables whose values look like secrets: they are about to be written into the project.
 *
 * @param written the names of the variables that are.
 */
export function reportSecrets(
  { name, variables }: PlannedDeployment,
  written: readonly string[],
  scope: Scope,
): void {
  const found = [...variables].filter(
    ([key, { value, text }]) =>
      written.includes(key) &&
      typeof value !== 'boolean' &&
      value !== null &&
      text !== '' &&
      ((secretName.test(key) && !/PUB(?:LIC)?_?KEY/.test(key)) || secretUrl.test(text) || looksSecret(text)),
  );
  if (found.length === 0) return;
  const names = found.map(([key]) => key).join(', ');
  const message = `the values of these variables of \`${name}\` look like secrets, and are about to be part of the project: ${names}`;
  scope.once('secret-value', found[0]![1].at, message);
}

/** True for a text with a private key or a password in it. */
export function looksSecret(text: string): boolean {
  const hasKey = text.includes('PRIVATE KEY') && privateKey.test(text);
  return hasKey || (text.includes(':$') && passwordHash.test(text));
}

/** A text for a message, without the password of a URL. */
export function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/\s:@]+):[^/\s@]+@/g, '$1:…@');
}
