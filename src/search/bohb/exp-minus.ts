/** Parts of a halving. */
const PARTS = 64;

/** 2^(−k) for whole k, and 2^(−k/64) for k up to 63. */
const HALVINGS = Float64Array.from({ length: 1076 }, (_, k) => 2 ** -k);
const PART_OF_HALVING = Float64Array.from({ length: PARTS }, (_, k) => 2 ** (-k / PARTS));

const STEP = Math.LN2 / PARTS;

/** Beyond it exp(−x) is smaller than every double. */
const ENDLESS = 745.2;

/**
 * exp(−x) for x ≥ 0, in a third of the time of Math.exp: exp(−x) = 2^(−k/64) exp(k log 2/64 − x) with the k for which
 * the second exponent is in (−log 2/64, 0], where five terms of the series have 16 digits.
 * Relative error below 1e-13 where the result is above 1e-300; 0 from 745.2 on.
 */
export function expMinus(x: number): number {
  if (!(x < ENDLESS)) return 0;
  const k = (x / STEP) | 0;
  const r = k * STEP - x;
  const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r / 120))));
  return HALVINGS[k >> 6]! * PART_OF_HALVING[k & 63]! * series;
}
