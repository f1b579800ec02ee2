import { byNumber } from '../core/order.js';

/**
 * Mean smallest value of `count` draws without replacement: the unbiased estimate of the best of `count` trials (Tang
 * et al., ACL 2020). The i-th smallest of n is the best of the draw with probability C(n − i, m − 1) / C(n, m).
 * @param values +Infinity for a failure; the mean is infinite where all draws may fail
 * @param count in 1 … values.length
 */
export function expectedBest(values: readonly number[], count: number): number {
  const sorted = [...values].sort(byNumber);
  const size = sorted.length;
  let probability = count / size;
  const best = sorted[0]!;
  // All draws may fail. Not left to the sum: a probability may underflow to 0, and 0 · ∞ is no number.
  if (sorted[size - count] === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  // Above the best: equal values then give exactly that value.
  let above = 0;
  for (let index = 0; index <= size - count; index++) {
    above += probability * (sorted[index]! - best);
    probability *= (size - index - count) / (size - index - 1);
  }
  return best + above;
}
