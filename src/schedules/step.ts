import { z } from 'zod';
import type { Schedule } from './schedule.js';

interface StepOptions {
  /** One more than `at`. */
  readonly values: readonly number[];
  /** Strictly increasing, each in (0, 1]: values[i] holds before at[i], values[i + 1] from it on. */
  readonly at: readonly number[];
}

/** Piecewise constant: v(τ) = values[number of `at` that are ≤ τ]. */
export const stepSchedule: Schedule<StepOptions> = {
  name: 'step',
  summary: 'constant pieces that change at given fractions of the training',
  schema: z
    .strictObject({
      values: z.array(z.number()).min(2),
      at: z.array(z.number().gt(0).max(1)).min(1),
    })
    .refine(({ values, at }) => values.length === at.length + 1, {
      message: 'a step schedule needs one value more than positions in `at`',
      path: ['values'],
    })
    .refine(({ at }) => isStrictlyIncreasing(at), {
      message: 'positions must be strictly increasing',
      path: ['at'],
    }),
  driver: 'progress',
  compile:
    ({ values, at }) =>
    (progress) =>
      values[at.filter((position) => position <= progress).length]!,
  breakpoints: ({ at }) => at,
};

export function isStrictlyIncreasing(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value > values[index - 1]!);
}
