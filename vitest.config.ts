import { defineConfig } from 'vitest/config';

/** Folders whose tests hold no state in their process: no backend, no environment, no module hooks. */
const STATELESS = `test/{${[
  ...['architecture', 'candidate', 'core', 'curriculum', 'data', 'export', 'expressions', 'fidelity'],
  ...['importance', 'journal', 'metrics', 'schedules', 'scripts', 'search', 'space', 'statistics'],
  'stopping',
].join(',')}}/**/*.test.ts`;

const options = {
  pool: 'forks',
  // Some tests run whole studies, and machines are shared: this ends what hangs, not what waits for its turn.
  testTimeout: 180_000,
  hookTimeout: 120_000,
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: ['test/support/build.ts', 'test/support/temporary-folder.ts'],
    // Run in the order of their names, so that no processor waits for one long file at the end.
    projects: [
      {
        test: {
          ...options,
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: ['test/slow/**', STATELESS],
        },
      },
      // In two processes for all files, which saves each file 0.4 s of start and imports.
      { test: { ...options, name: 'together', include: [STATELESS], isolate: false } },
    ],
  },
});
