/** The targets of a run, as heights above the minimum: 10^2 … 10^−8, 51 of them, evenly in the logarithm. */
export const TARGETS: readonly number[] = Array.from({ length: 51 }, (_, index) => 10 ** (2 - index / 5));

/**
 * When each target was reached first.
 * @param heights above the minimum, in the order of evaluation
 * @returns for each of {@link TARGETS} the number of the evaluation, from 1; Infinity where it never was
 */
export function hitTimes(heights: Iterable<number>, targets = TARGETS): number[] {
  const times: number[] = [];
  let evaluation = 0;
  for (const height of heights) {
    evaluation++;
    while (times.length < targets.length && height <= targets[times.length]!) times.push(evaluation);
    if (times.length === targets.length) break;
  }
  return [...times, ...new Array<number>(targets.length - times.length).fill(Infinity)];
}

/** Part of the times that are at most `evaluations`: the empirical distribution of runtimes. */
export function fractionReached(times: readonly number[], evaluations: number): number {
  return times.reduce((count, time) => count + Number(time <= evaluations), 0) / times.length;
}

/** Ten points a decade from 1 to `end`, which is the last one, to three digits. */
export function logPoints(end: number): number[] {
  const points: number[] = [];
  for (let step = 0; ; step++) {
    const point = Number((10 ** (step / 10)).toPrecision(3));
    if (point >= end) return [...points, end];
    points.push(point);
  }
}
