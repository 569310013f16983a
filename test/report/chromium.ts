import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'vitest';

/** What starts the browser so that it asks nobody anything. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of Chromium, by the names that distributions give it; undefined where there is none. */
export const chromium: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
  .find((path) => existsSync(path));

/** Tests that need a browser: skipped with a word where there is none, but a failure in CI. */
export function describeChromium(name: string, tests: () => void): void {
  if (chromium !== undefined) describe(name, tests);
  else if (process.env.CI) test(name, () => Promise.reject(new Error('chromium not found')));
  else describe.skip(`${name} (skipped: chromium not found)`, tests);
}
