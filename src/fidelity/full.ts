import { z } from 'zod';
import type { FidelityPolicy } from './policy.js';

const schema = z.strictObject({});

/** Every trial trains to the end. */
export const full: FidelityPolicy<z.infer<typeof schema>> = {
  name: 'full',
  summary: 'every trial trains to the end',
  source: 'textbook',
  schema,
  bracket: (request) => ({ rungs: [{ trials: request.waveSize, fidelity: request.full }] }),
};
