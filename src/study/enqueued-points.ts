import { stream } from '../core/random.js';
import { completePoint } from '../space/complete-point.js';
import type { Assignment, Space } from '../space/space.js';
import type { Experiment } from './experiment.js';

/**
 * The points that the search tries before its sampler proposes any, in this order: those of the file, completed, and
 * the best of an earlier study.
 */
export function enqueuedPoints({ search, seed }: Experiment, space: Space): readonly Assignment[] {
  const own = (search.enqueue ?? []).map((given, index) =>
    completePoint(space, given, stream(`study/${seed}/enqueue`, index)),
  );
  return [...own, ...(search.startFrom?.enqueue ?? [])];
}
