import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/slow/**'],
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['test/support/build.ts', 'test/support/temporary-folder.ts'],
    // Some tests run whole studies, and machines are shared: this ends what hangs, not what waits for its turn.
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
