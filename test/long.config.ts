import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

const here = new URL('.', import.meta.url).pathname;
const tests = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.test\.ts$/.test(path),
);
const doAsk = (path: string) => readFileSync(join(here, path), 'utf8').includes('/support/effort.js');

/** Those of the tests that try more the longer they may take, with all that they have to try: `npm run test:long`. */
export default defineConfig({
  test: {
    ...base.test,
    include: tests.filter(doAsk).map((path) => `test/${path}`),
    env: { ...base.test?.env, TEST_EFFORT: 'whole' },
  },
});
