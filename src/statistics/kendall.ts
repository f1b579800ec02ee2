import { byNumber } from '../core/order.js';

/**
 * Kendall's τ_b, corrected for ties (Kendall, Biometrika 1945), in [−1, 1]. NaN for fewer than two pairs or where
 * one side is constant. O(n²): meant for the tens of candidates of a selection stage.
 * @throws RangeError on lists of different length.
 */
export function kendall(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length) {
    throw new RangeError(`a correlation needs pairs, not ${x.length} and ${y.length} values`);
  }
  let balance = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const signX = Math.sign(byNumber(x[i]!, x[j]!));
      const signY = Math.sign(byNumber(y[i]!, y[j]!));
      balance += signX * signY;
      untiedX += Math.abs(signX);
      untiedY += Math.abs(signY);
    }
  }
  return balance / Math.sqrt(untiedX * untiedY);
}
