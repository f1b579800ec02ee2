import { vi } from 'vitest';
import type * as door from '../../../src/tensor/index.js';

vi.mock('../../../src/tensor/index.js', async (importOriginal) => {
  const original = await importOriginal<typeof door>();
  return {
    ...original,
    useBackend: (choice: door.BackendChoice) =>
      original.useBackend(choice === 'wasm' ? 'tensorflow' : choice),
  };
});
