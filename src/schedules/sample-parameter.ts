import { isSchedule, type ParameterSpec } from '../candidate/parameter-spec.js';
import type { Registry } from '../core/registry.js';
import { INITIAL_STATE, resolveSchedule } from './compile-parameter.js';
import type { AnySchedule, TrainingState } from './schedule.js';

/** Intervals of the grid on which schedules are sampled. */
export const SAMPLE_INTERVALS = 100;

/** Evaluations of a training that is longer than any, so that a schedule of state has come to its end. */
const LONG_STAGNATION = 10_000;

/** A training whose validation loss never improves after its first evaluation. */
export function stagnantState(evaluations: number): TrainingState {
  return { validationLosses: Array.from({ length: evaluations }, () => 1) };
}

/**
 * Values that a parameter takes, for range checks: the number itself, the entries of a list, or a schedule on a
 * grid of progress and at its breakpoints. A schedule driven by state is sampled over a training that stagnates
 * from the start, for 0 to 100 and for 10 000 evaluations.
 *
 * @param path where the specification stands in the candidate, for messages
 * @throws UserError `candidate` for an unknown schedule or options that do not fit
 */
export function sampleParameter(
  spec: ParameterSpec,
  registry: Registry<AnySchedule>,
  path = '',
): readonly number[] {
  if (typeof spec === 'number') return [spec];
  if (!isSchedule(spec)) return spec;
  const { schedule, options } = resolveSchedule(spec, registry, path);
  const value = schedule.compile(options);
  const grid = Array.from({ length: SAMPLE_INTERVALS + 1 }, (_, index) => index);
  if (schedule.driver === 'state') {
    return [...grid, LONG_STAGNATION].map((evaluations) =>
      value(Math.min(1, evaluations / SAMPLE_INTERVALS), stagnantState(evaluations)),
    );
  }
  const positions = [
    ...grid.map((index) => index / SAMPLE_INTERVALS),
    ...(schedule.breakpoints?.(options) ?? []),
  ];
  return positions.map((progress) => value(progress, INITIAL_STATE));
}
