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
  if (decimals >= 0) return (value) => Number(value.toFixed(decimals)) + 0;
  const unit = 10 ** -decimals;
  return (value) => Math.round(value / unit) * unit + 0;
}

/** The nearest value in [low, high]. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
