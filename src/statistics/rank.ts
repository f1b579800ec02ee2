import { byNumber } from '../core/order.js';
import { mean } from './summary.js';

/**
 * Ranks from 1, ascending; equal values share the mean of their ranks. NaN counts as the largest value, and
 * several NaN as equal.
 */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => byNumber(values[a]!, values[b]!));
  const result = new Array<number>(values.length);
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && byNumber(values[order[first]!]!, values[order[last + 1]!]!) === 0)
      last++;
    for (let place = first; place <= last; place++) result[order[place]!] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return result;
}

/**
 * Spearman's ρ: the Pearson correlation of the ranks, in [−1, 1]. NaN for fewer than two pairs or where one side
 * is constant.
 * @throws RangeError on lists of different length.
 */
export function spearman(x: readonly number[], y: readonly number[]): number {
  requirePairs(x, y);
  const rankX = ranks(x);
  const rankY = ranks(y);
  const centre = mean(rankX);
  let cross = 0;
  let squareX = 0;
  let squareY = 0;
  for (let index = 0; index < rankX.length; index++) {
    const a = rankX[index]! - centre;
    const b = rankY[index]! - centre;
    cross += a * b;
    squareX += a * a;
    squareY += b * b;
  }
  // One square root for each side: where both are equal the quotient is exactly ±1.
  return Math.max(-1, Math.min(1, cross / (Math.sqrt(squareX) * Math.sqrt(squareY))));
}

/**
 * Kendall's τ_b, corrected for ties (Kendall, Biometrika 1945), in [−1, 1]. NaN for fewer than two pairs or where
 * one side is constant. O(n²): meant for the tens of candidates of a selection stage.
 * @throws RangeError on lists of different length.
 */
export function kendall(x: readonly number[], y: readonly number[]): number {
  requirePairs(x, y);
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

function requirePairs(x: readonly number[], y: readonly number[]): void {
  if (x.length !== y.length) {
    throw new RangeError(`a correlation needs pairs, not ${x.length} and ${y.length} values`);
  }
}
