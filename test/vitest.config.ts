import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const hasCorpora = existsSync(new URL('../../shared/corpus', import.meta.url));

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    // Real BuildStream takes minutes to load real trees: `npm run test:bst`.
    exclude: ['test/buildstream/**'],
    // Nothing of the user's is used or changed.
    env: { BASEROCK2BST_CACHE: '' },
    maxWorkers: '100%',
    // Files share what they load: the modules, and the corpora with what is made of them.
    isolate: false,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'json-summary'],
      reportOnFailure: true,
      // Without the real trees a part of the tests is skipped.
      ...(hasCorpora ? { thresholds: { lines: 95, branches: 90 } } : {}),
    },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
