import { z } from 'zod';
import { halvingBracket, halvings, integerPower } from './halving.js';
import type { FidelityPolicy } from './policy.js';

const schema = z.strictObject({
  eta: z.int().min(2).default(3).describe('one trial in eta goes on to the next rung'),
  minimum: z.int().min(1).default(1).describe('smallest fidelity, in evaluations'),
});

/**
 * Successive halving with s = s_max, …, 1, 0 cuts in turn, then from the start again: a hedge against short
 * trainings that mislead. The bracket with s cuts starts ⌈(s_max + 1) eta^s/(s + 1)⌉ trials.
 */
export const hyperband: FidelityPolicy<z.infer<typeof schema>> = {
  name: 'hyperband',
  summary: 'successive halving from aggressive to none, in turn',
  source: 'Li et al., JMLR 18 (2018), algorithm 1',
  schema,
  bracket: ({ options: { eta, minimum }, index, full }) => {
    const most = halvings(full, minimum, eta);
    const cuts = most - (index % (most + 1));
    return halvingBracket(ceilingOfRatio((most + 1) * integerPower(eta, cuts), cuts + 1), cuts, eta, full);
  },
};

/** ⌈a/b⌉ of positive integers without rounding the quotient. */
function ceilingOfRatio(a: number, b: number): number {
  const rest = a % b;
  return (a - rest) / b + (rest === 0 ? 0 : 1);
}
