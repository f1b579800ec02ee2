import { z } from 'zod';
import type { Schedule } from './schedule.js';

interface ConstantOptions {
  readonly value: number;
}

/** v(τ) = value. The same as writing the number. */
export const constantSchedule: Schedule<ConstantOptions> = {
  name: 'constant',
  summary: 'one value for the whole training',
  schema: z.strictObject({ value: z.number() }),
  driver: 'progress',
  compile:
    ({ value }) =>
    () =>
      value,
};
