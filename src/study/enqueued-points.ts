import { stream } from '../core/random.js';
import { completePoint } from '../space/complete-point.js';
import type { Assignment, Space } from '../space/space.js';
import type { Experiment } from './experiment.js';

/** The points that the search tries before its sampler proposes any, in this order: those of the file, completed. */
export function enqueuedPoints({ search, seed }: Experiment, space: Space): readonly Assignment[] {
  return (search.enqueue ?? []).map((given, index) =>
    completePoint(space, given, stream(`study/${seed}/enqueue`, index)),
  );
}
