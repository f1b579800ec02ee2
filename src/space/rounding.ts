/**
 * Decoded values are rounded to about ten digits. So a value survives encode and decode exactly, reads well in
 * files, and does not depend on the last bits of a platform's exp and log.
 */

/** Ten significant digits. */
export function roundDigits(value: number): number {
  return Number(value.toPrecision(10)) + 0;
}

/** A rounding for values of a range: to a power of ten that is about 1e-10 of its width. */
export function rounderFor(low: number, high: number): (value: number) => number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  // A narrow range far from 0 has fewer digits to give.
  const scale = Math.max(high - low, size * 1e-3);
  if (scale === 0) return (value) => value;
  const decimals = 10 - Math.ceil(Math.log10(scale));
  if (decimals > 100) return roundDigits;
  // + 0 turns −0 into 0.
  if (decimals > EXACT_POWERS) return (value) => Number(value.toFixed(decimals)) + 0;
  if (decimals >= 0) return fixedRounder(decimals);
  const unit = 10 ** -decimals;
  return (value) => Math.round(value / unit) * unit + 0;
}

/** Powers of ten up to this one are doubles. */
const EXACT_POWERS = 22;

/** Up to here a double has a bit for the half between two whole numbers. */
const MOST = 2 ** 51;

/**
 * The number that `toFixed` writes, without the text: a whole number over a power of ten, both exact, rounds as the
 * decimal does. A product that is not rounded to a tie is on its right side, because a tie is a double; where it is one
 * the text is written after all.
 */
function fixedRounder(decimals: number): (value: number) => number {
  const power = Number(`1e${decimals}`);
  return (value) => {
    const scaled = value * power;
    const whole = Math.round(scaled);
    const isClear = Math.abs(scaled - whole) !== 0.5 && Math.abs(whole) < MOST;
    return (isClear ? whole / power : Number(value.toFixed(decimals))) + 0;
  };
}

/** The nearest value in [low, high]. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
