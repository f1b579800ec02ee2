/** From one fidelity to another, in evaluations. */
export interface Segment {
  readonly from: number;
  readonly fidelity: number;
}

/** Number of segments of a training that is cut every `interval` evaluations. */
export const segmentCount = (interval: number, full: number): number => Math.ceil(full / interval);

/** Segment `index` of trainings one after the other; the last one of a training may be shorter. */
export function segmentAt(index: number, interval: number, full: number): Segment {
  const from = (index % segmentCount(interval, full)) * interval;
  return { from, fidelity: Math.min(full, from + interval) };
}
