import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    // Real BuildStream takes minutes to load real trees: `npm run test:bst`.
    exclude: ['test/buildstream/**'],
    maxWorkers: '100%',
    // With `npm run coverage`.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'json-summary'],
      reportOnFailure: true,
      thresholds: { lines: 95, branches: 90 },
    },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
