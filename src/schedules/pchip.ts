import { clampBetween } from './ramp.js';

/**
 * Monotone piecewise cubic Hermite interpolation through (x_k, y_k) (Fritsch & Carlson, SIAM J. Numer. Anal. 17,
 * 1980), with the slopes of Fritsch & Butland, SIAM J. Sci. Stat. Comput. 5, 1984, as PCHIM and SciPy's
 * PchipInterpolator have them: monotone where the data is, without overshoot, once continuously differentiable.
 * Left of the first and right of the last x the end value holds.
 *
 * @param x strictly increasing, at least 2
 * @param y as many
 */
export function pchip(x: readonly number[], y: readonly number[]): (at: number) => number {
  const slopes = pchipSlopes(x, y);
  const last = x.length - 1;
  return (at) => {
    if (at <= x[0]!) return y[0]!;
    if (at >= x[last]!) return y[last]!;
    const right = x.findIndex((knot) => knot > at);
    const left = right - 1;
    const width = x[right]! - x[left]!;
    const t = (at - x[left]!) / width;
    const s = 1 - t;
    const value =
      y[left]! * s * s * (1 + 2 * t) +
      y[right]! * t * t * (1 + 2 * s) +
      width * t * s * (slopes[left]! * s - slopes[right]! * t);
    // Each piece is monotone, so this only removes what rounding adds.
    return clampBetween(value, y[left]!, y[right]!);
  };
}

/** dy/dx at every knot. */
export function pchipSlopes(x: readonly number[], y: readonly number[]): readonly number[] {
  const pieces = x.length - 1;
  const h = Array.from({ length: pieces }, (_, k) => x[k + 1]! - x[k]!);
  const m = h.map((width, k) => (y[k + 1]! - y[k]!) / width);
  if (pieces === 1) return [m[0]!, m[0]!];
  return x.map((_, k) => {
    if (k === 0) return endSlope(h[0]!, h[1]!, m[0]!, m[1]!);
    if (k === pieces) return endSlope(h[k - 1]!, h[k - 2]!, m[k - 1]!, m[k - 2]!);
    return innerSlope(h[k - 1]!, h[k]!, m[k - 1]!, m[k]!);
  });
}

/** Weighted harmonic mean of the secants; 0 where they disagree in sign or one is flat. */
function innerSlope(h0: number, h1: number, m0: number, m1: number): number {
  if (Math.sign(m0) * Math.sign(m1) <= 0) return 0;
  const w0 = 2 * h1 + h0;
  const w1 = h1 + 2 * h0;
  return (w0 + w1) / (w0 / m0 + w1 / m1);
}

/** Three-point formula, cut so that the first piece keeps its shape (h0, m0: the piece at the end). */
function endSlope(h0: number, h1: number, m0: number, m1: number): number {
  const slope = ((2 * h0 + h1) * m0 - h0 * m1) / (h0 + h1);
  if (Math.sign(slope) !== Math.sign(m0)) return 0;
  if (Math.sign(m0) !== Math.sign(m1) && Math.abs(slope) > 3 * Math.abs(m0)) return 3 * m0;
  return slope;
}
