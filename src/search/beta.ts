import type { Stream } from '../core/random.js';

/**
 * A draw from Gamma(shape, 1), shape ≥ 1: Marsaglia & Tsang, ACM Trans. Math. Softw. 26 (2000).
 * @throws RangeError on a smaller shape.
 */
export function drawGamma(shape: number, random: Stream): number {
  if (!(shape >= 1)) throw new RangeError(`the shape of this gamma draw is at least 1, not ${shape}`);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const cube = 1 + c * x;
    const u = random.uniform();
    if (cube <= 0) continue;
    const v = cube * cube * cube;
    if (Math.log(1 - u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A draw from Beta(a, b), a and b ≥ 1, as a ratio of gamma draws. */
export function drawBeta(a: number, b: number, random: Stream): number {
  const x = drawGamma(a, random);
  const y = drawGamma(b, random);
  return x / (x + y);
}
