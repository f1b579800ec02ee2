import { defineConfig } from 'vitest/config';

/** The long tests: many studies each, minutes to hours. Run by `npm run test:slow`. */
export default defineConfig({
  test: {
    include: ['test/slow/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    globalSetup: ['test/support/build.ts', 'test/support/temporary-folder.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
  },
});
