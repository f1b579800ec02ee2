/** The value of a trial at the end of a rung, to be minimised; not finite where it failed. */
export interface RungResult {
  readonly trial: number;
  readonly value: number;
}

/**
 * The trials that go on to the next rung: the `count` smallest values, best first, ties by trial number. Does not
 * depend on the order of the results. A failed trial (NaN, ±Infinity) never goes on, so there may be fewer.
 */
export function survivors(results: readonly RungResult[], count: number): number[] {
  return results
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value || a.trial - b.trial)
    .slice(0, Math.max(0, count))
    .map(({ trial }) => trial);
}
