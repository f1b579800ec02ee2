import { defineConfig } from 'vitest/config';

/**
 * The tests of all parts that compute with tensors, with the backend `tensorflow` in the place of wasm. Needs
 * @tensorflow/tfjs-node: scripts/build-tfjs-node.sh. From the root of the repository:
 * npx vitest run --config test/tensor/on-tensorflow/vitest.config.ts
 */
export default defineConfig({
  test: {
    include: ['test/{losses,models,train,engine,trial}/**/*.test.ts'],
    setupFiles: ['test/tensor/on-tensorflow/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['test/support/build.ts', 'test/support/temporary-folder.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
