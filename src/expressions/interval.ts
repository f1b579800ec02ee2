/** All values that an expression may take. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const EVERYTHING: Interval = { low: -Infinity, high: Infinity };

/** 0 · ∞ is 0 here: the ends of an interval are limits of finite numbers. */
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

const hull = (values: readonly number[]): Interval => ({
  low: Math.min(...values),
  high: Math.max(...values),
});

export const addIntervals = (a: Interval, b: Interval): Interval => ({
  low: a.low + b.low,
  high: a.high + b.high,
});

export const negateInterval = ({ low, high }: Interval): Interval => ({ low: -high, high: -low });

export const multiplyIntervals = (a: Interval, b: Interval): Interval =>
  hull([times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)]);

/** Of |x|. */
export function magnitude({ low, high }: Interval): Interval {
  const ends = hull([Math.abs(low), Math.abs(high)]);
  return low <= 0 && high >= 0 ? { low: 0, high: ends.high } : ends;
}

/** Of a function that never falls. */
export const mapInterval = ({ low, high }: Interval, rising: (value: number) => number): Interval => ({
  low: rising(low),
  high: rising(high),
});
