import { z } from 'zod';
import { smallest } from '../core/extremes.js';
import { numberText } from '../statistics/number-text.js';
import { expectedBest } from './expected-best.js';
import type { StoppingRequest, StoppingRule } from './rule.js';

const schema = z.strictObject({
  tolerance: z
    .number()
    .positive()
    .describe('improvement of the best score not worth the rest of the budget, in units of the metric'),
  minimum: z
    .int()
    .min(4)
    .default(20)
    .describe('trials before the rule has an opinion; waves where trials are stopped early'),
});

/**
 * Stops when the rest of the budget is expected to improve the best score by less than the tolerance: the expected
 * regret of stopping now.
 *
 * The estimate is an upper bound without any model. Let M_n be the best of n exchangeable trials with distribution
 * function F. Then E[M_n − M_(n+1)] = ∫ F (1 − F)^n falls with n, so the gain of each trial to come is at most the mean
 * gain of those between any m < n and n, and E[M_n − M_(n+k)] ≤ k (E[M_m] − E[M_n]) / (n − m). With m = ⌊n/2⌋ both
 * means have unbiased estimates from the n trials (see expectedBest), that of M_n being the best itself. Trials of
 * a random search are exchangeable; a sampler that learns may still do better than the bound says.
 */
export const expectedRegret: StoppingRule<z.infer<typeof schema>> = {
  name: 'expected-regret',
  summary: 'the rest of the budget is expected to gain less than a tolerance',
  source:
    'own bound from order statistics; estimate: Tang et al., ACL 2020; the idea of a regret to stop by: Makarova et al., AutoML 2022',
  schema,
  check: (request) => {
    const { tolerance, minimum } = request.options;
    const { values, left } = unitsOf(request);
    if (values.length < minimum) return undefined;
    const bound = regretBound(values, left);
    if (!(bound <= tolerance)) return undefined;
    const rest = request.left === 1 ? 'the last trial is' : `the ${request.left} trials left are`;
    return `${rest} expected to gain at most ${numberText(bound, 3)}, the tolerance is ${numberText(tolerance)}`;
  },
};

/**
 * What the draws are: trials; or, where some were stopped early and their values say nothing beside those of the
 * others, waves with the best of their fully trained trials.
 */
function unitsOf({ history, left }: StoppingRequest<unknown>): {
  readonly values: number[];
  readonly left: number;
} {
  if (history.every(({ complete, value }) => complete || value === Number.POSITIVE_INFINITY)) {
    return { values: history.map(({ value }) => value), left };
  }
  const waves = new Map<number, number>();
  for (const { wave, complete, value } of history) {
    const best = waves.get(wave) ?? Number.POSITIVE_INFINITY;
    waves.set(wave, complete ? Math.min(best, value) : best);
  }
  return { values: [...waves.values()], left: Math.ceil((left * waves.size) / history.length) };
}

/**
 * Upper bound of the expected improvement by `more` further draws, in units of the values; Infinity where so many draws
 * failed that nothing can be said.
 */
export function regretBound(values: readonly number[], more: number): number {
  const half = Math.floor(values.length / 2);
  const best = smallest(values);
  if (half < 1 || best === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return (more * (expectedBest(values, half) - best)) / (values.length - half);
}
