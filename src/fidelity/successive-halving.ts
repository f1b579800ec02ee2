import { z } from 'zod';
import { halvingBracket, halvings, integerPower } from './halving.js';
import type { FidelityPolicy } from './policy.js';
import { shrinkBracket } from './shrink-bracket.js';

const schema = z.strictObject({
  eta: z.int().min(2).default(3).describe('one trial in eta goes on to the next rung'),
  minimum: z
    .int()
    .min(1)
    .default(1)
    .describe('smallest fidelity, in evaluations; the first rung has at least this much'),
  trials: z
    .int()
    .min(1)
    .optional()
    .describe('trials of a bracket, fewer make fewer rungs; default: so many that one trains to the end'),
});

/** The same bracket again and again: many trials start, the best of each rung train eta times as long. */
export const successiveHalving: FidelityPolicy<z.infer<typeof schema>> = {
  name: 'successive-halving',
  summary: 'stops all but the best 1/eta of the trials at each rung',
  source: 'Jamieson & Talwalkar, AISTATS 2016',
  schema,
  bracket: ({ options: { eta, minimum, trials }, full }) => {
    const cuts = halvings(full, minimum, eta);
    const whole = integerPower(eta, cuts);
    const size = trials ?? whole;
    return shrinkBracket(halvingBracket(Math.max(size, whole), cuts, eta, full), size);
  },
};
