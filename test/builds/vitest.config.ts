import { defineConfig } from 'vitest/config';

/** What real BuildStream makes of projects: minutes instead of seconds, and not part of `npm test`. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/buildstream/**/*.test.ts', 'test/builds/**/*.build.ts'],
    env: { BASEROCK2BST_CACHE: '' },
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
