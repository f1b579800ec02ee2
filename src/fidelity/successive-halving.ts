import { z } from 'zod';
import { halvingBracket, halvings, integerPower } from './halving.js';
import type { FidelityPolicy } from './policy.js';
import { shrinkBracket } from './shrink-bracket.js';

const schema = z.strictObject({
  /** One trial in `eta` goes on to the next rung. */
  eta: z.int().min(2).default(3),
  /** Smallest fidelity, in evaluations. The first rung has at least this much. */
  minimum: z.int().min(1).default(1),
  /** Trials of a bracket; eta^cuts where absent, so that one of them trains to the end. Fewer make fewer rungs. */
  trials: z.int().min(1).optional(),
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
