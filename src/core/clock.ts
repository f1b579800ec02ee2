/** Wall time. Only progress bars, time limits and timings.csv may look at it: never a result. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
