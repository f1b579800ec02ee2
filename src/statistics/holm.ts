import { byNumber } from '../core/order.js';

/**
 * Adjusted p-values of Holm's step-down procedure (Holm, Scandinavian Journal of Statistics 1979), in the order of
 * the input: rejecting where the adjusted value is at most α keeps the chance of any false claim among all of them
 * at α or less, whatever the dependence between the tests.
 * p̃_(i) = max over j ≤ i of min(1, (k − j + 1) · p_(j)), with p_(1) ≤ … ≤ p_(k).
 * @throws RangeError on a value outside [0, 1].
 */
export function holm(pValues: readonly number[]): number[] {
  for (const value of pValues) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`a p-value must be in [0, 1], not ${value}`);
  }
  const order = pValues.map((_, index) => index).sort((a, b) => byNumber(pValues[a]!, pValues[b]!));
  const adjusted = new Array<number>(pValues.length);
  let reached = 0;
  order.forEach((index, place) => {
    reached = Math.max(reached, Math.min(1, (pValues.length - place) * pValues[index]!));
    adjusted[index] = reached;
  });
  return adjusted;
}
