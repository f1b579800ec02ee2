import type { TrainingSetup } from './trial.js';

/** Steps of one chunk: the unit of fidelity. */
export const chunkSteps = (setup: TrainingSetup): number => setup.steps / setup.evaluations;

/**
 * Progress τ of a step of the whole training, counted from 0: 0 at the first and 1 at the last. Never of a rung,
 * so that a trial that goes on does what it would have done at once.
 */
export const progressAt = (setup: TrainingSetup, step: number): number =>
  setup.steps > 1 ? step / (setup.steps - 1) : 0;
