import { z } from 'zod';
import type { StoppingRule } from './rule.js';

const schema = z.strictObject({
  steps: z.int().min(1).describe('training steps of all trials of the search together'),
});

/** Enough compute: counted in training steps, which are the same on every machine, where seconds are not. */
export const compute: StoppingRule<z.infer<typeof schema>> = {
  name: 'compute',
  summary: 'so many training steps are done',
  source: 'textbook',
  schema,
  budgetOnly: true,
  check: ({ options: { steps }, history }) => {
    const done = history.reduce((sum, trial) => sum + trial.steps, 0);
    return done >= steps ? `${done} training steps, ${steps} allowed` : undefined;
  },
};
