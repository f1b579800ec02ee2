import { z } from 'zod';
import type { StoppingRule } from './rule.js';

const schema = z.strictObject({
  count: z.int().min(1).describe('settled trials of the search, of any state'),
});

/** Enough trials: stops after the wave that reaches the count, which may lie below `search.trials`. */
export const trials: StoppingRule<z.infer<typeof schema>> = {
  name: 'trials',
  summary: 'so many trials are settled',
  source: 'textbook',
  schema,
  budgetOnly: true,
  check: ({ options: { count }, history }) =>
    history.length >= count ? `${history.length} trials, ${count} allowed` : undefined,
};
