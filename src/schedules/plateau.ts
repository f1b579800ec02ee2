import { z } from 'zod';
import { mix } from './ramp.js';
import type { Schedule } from './schedule.js';

interface PlateauOptions {
  readonly from: number;
  readonly to: number;
  /** Moves from `from` to `to`, each (to − from) / stages; ≥ 1, default 1. */
  readonly stages: number;
  /** Evaluations without improvement before a move; ≥ 1, default 2. */
  readonly patience: number;
  /** A validation loss improves when it is below the best so far by more than this; ≥ 0, default 0. */
  readonly tolerance: number;
}

/**
 * Driven by training state: starts at `from` and moves one stage towards `to` whenever the validation loss (plain
 * loss, at the end of each chunk) has not improved for `patience` evaluations; the count starts again after a
 * move, the best loss stays. Progress does not matter. A loss that is not a number is no improvement.
 */
export const plateauSchedule: Schedule<PlateauOptions> = {
  name: 'plateau',
  summary: 'moves in stages whenever the validation loss stops falling',
  schema: z.strictObject({
    from: z.number(),
    to: z.number(),
    stages: z.int().min(1).default(1),
    patience: z.int().min(1).default(2),
    tolerance: z.number().min(0).default(0),
  }),
  driver: 'state',
  compile: (options) => (_, state) =>
    mix(options.from, options.to, stagesReached(state.validationLosses, options) / options.stages),
};

function stagesReached(losses: readonly number[], { stages, patience, tolerance }: PlateauOptions): number {
  let best = Infinity;
  let waited = 0;
  let reached = 0;
  for (const loss of losses) {
    if (loss < best - tolerance) {
      best = loss;
      waited = 0;
    } else if (++waited === patience) {
      reached++;
      waited = 0;
    }
  }
  return Math.min(reached, stages);
}
