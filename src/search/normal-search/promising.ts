import { isFailure, ranked } from '../ranking.js';
import type { Observation } from '../sampler.js';

/** γ of WS-CMA-ES: the part of the earlier trials that shows where it is promising. */
const PROMISING = 0.1;

/** The best tenth of earlier trials, at least one, best first; failures count to the number alone. */
export function promising(prior: readonly Observation[]): readonly Observation[] {
  const useful = prior.filter((one) => !isFailure(one));
  return best(useful, Math.max(1, Math.floor(PROMISING * prior.length)));
}

/** The best few, best first, ties by trial number. Where all trained alike the values say it all. */
function best(observations: readonly Observation[], count: number): readonly Observation[] {
  const first = observations[0]?.curve.length;
  const alike = observations.every(({ curve }) => curve.length === first);
  const order = alike
    ? [...observations].sort((a, b) => a.value - b.value || a.trial - b.trial)
    : ranked(observations);
  return order.slice(0, count);
}
